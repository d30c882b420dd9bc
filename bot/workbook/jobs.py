"""The month's workbook, to each manager."""

from datetime import datetime

from bot.blocks.reader import reader
from bot.coaching.services.pay import months
from bot.core.enums import OutboxKind
from bot.core.errors import NotFound
from bot.delivery import outbox
from bot.delivery.outbox import File, Message
from bot.slack.tools import Tools
from bot.workbook import views as export_views
from bot.workbook.services import export as exports
from bot.workbook.services import monthly
from bot.workbook.services.monthly import Due


def send_monthly_workbooks(tools: Tools) -> None:
    """Each manager's workbook of the month that ended; written with no transaction open, then claimed and put."""
    now = tools.clock()
    with tools.db.reading(tools.workspace_id, now) as books:
        due = monthly.workbooks_due(books)
    for one in due:
        message = _workbook(tools, one, now)
        with tools.db.writing(tools.workspace_id, now) as books:
            if monthly.claim(books, one) and message is not None:
                outbox.put(books, message)


def _workbook(tools: Tools, due: Due, now: datetime) -> Message | None:
    """None where there was nobody to show."""
    try:
        body, report = exports.written(
            tools.db,
            tools.workspace_id,
            due.viewer,
            period=due.period,
            team_id=None,
            as_of=now,
            now=now,
            unasked=True,
        )
    except NotFound:
        return None
    with tools.db.reading(tools.workspace_id, now) as books:
        earned = months.of_teams(books, due.viewer.managed_team_ids, due.month)
    text = export_views.monthly(due.month, report.reps, earned, reader(due.manager.locale, due.manager.zone))
    return Message(OutboxKind.FILE, text, person_id=due.manager.id, file=File(exports.NAME, body))
