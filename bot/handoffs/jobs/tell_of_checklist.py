"""SDRs and managers hear what changed in the checklist that their leads are judged by."""

from bot.blocks.reader import reader
from bot.core.enums import OutboxKind
from bot.core.i18n import gettext as _
from bot.delivery import outbox
from bot.delivery.outbox import Message
from bot.handoffs.services import criteria
from bot.handoffs.views import criteria as views
from bot.people.services import teams
from bot.slack.tools import Tools


def tell_of_checklist(tools: Tools) -> None:
    now = tools.clock()
    with tools.db.reading(tools.workspace_id, now) as books:
        if not criteria.is_any_untold(books):
            return
    with tools.db.writing(tools.workspace_id, now) as books:
        names = {team.id: team.name for team in teams.every(books)} | {None: _("every team")}
        for person, change in criteria.take_changes(books):
            text = views.told(change, lambda one: names[one.team_id], reader(person.locale, person.zone))
            outbox.put(books, Message(OutboxKind.NOTICE, text, person_id=person.id))
