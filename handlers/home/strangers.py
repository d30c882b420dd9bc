"""The Home tab's section for admins: calls of people that nobody has named."""

from datetime import datetime

from slack_sdk.models.blocks import Block

from bot.domain import access
from bot.domain.access import Action as Act
from bot.services import agents, people
from bot.services.members import Member
from bot.views import agents as views
from bot.views.reader import reader
from storage.database import Session


def strangers(session: Session, workspace_id: int, person: Member, now: datetime) -> list[Block]:
    if not access.may(people.viewer(session, workspace_id, person.id, now=now), Act.SEE_DEAD_LETTERS):
        return []
    found = agents.unnamed(session, workspace_id, limit=views.MOST_IN_HOME)
    n = agents.count_unnamed(session, workspace_id) if found else 0
    return views.in_home(found, n, reader(person.locale, person.zone))
