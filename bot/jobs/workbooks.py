"""The month's workbook, to each manager."""

from datetime import datetime

from bot import outbox
from bot.errors import NotFound
from bot.jobs.tools import Tools
from bot.outbox import File, Message
from bot.services import credits, exports, monthly
from bot.services.monthly import Due
from bot.views import export as export_views
from bot.views.reader import reader
from bot.words import OutboxKind


def send_monthly_workbooks(tools: Tools) -> None:
    """Each manager's workbook of the month that ended; written with no transaction open, then claimed and put."""
    now = tools.clock()
    with tools.db.read() as session:
        due = monthly.due(session, tools.workspace_id, now=now)
    for one in due:
        message = _workbook(tools, one, now)
        with tools.db.begin() as session:
            if monthly.claim(session, tools.workspace_id, one, now=now) and message is not None:
                outbox.put(session, tools.workspace_id, message, now=now)


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
        )
    except NotFound:
        return None
    with tools.db.read() as session:
        earned = credits.of_teams(session, tools.workspace_id, due.viewer.managed_team_ids, due.period)
    text = export_views.monthly(due.month, report.reps, earned, reader(due.manager.locale, due.manager.zone))
    return Message(OutboxKind.FILE, text, person_id=due.manager.id, file=File(exports.NAME, body))
