"""The Home tab's sections for admins about what comes from outside: calls, and a CRM's deals."""

from datetime import datetime

from slack_sdk.models.blocks import Block

from bot.call_logs import LOGS
from bot.domain import access
from bot.domain.access import Action as Act
from bot.services import agents, outside, people, silence
from bot.services.members import Member
from bot.views import agents as agent_views
from bot.views import outside as views
from bot.views.reader import reader
from storage.database import Session


def strangers(session: Session, workspace_id: int, person: Member, now: datetime) -> list[Block]:
    """Calls of people nobody has named."""
    if not _is_admin(session, workspace_id, person, now):
        return []
    found = agents.unnamed(session, workspace_id, limit=agent_views.MOST_IN_HOME)
    n = agents.count_unnamed(session, workspace_id) if found else 0
    return agent_views.in_home(found, n, reader(person.locale, person.zone))


def gaps(session: Session, workspace_id: int, person: Member, now: datetime) -> list[Block]:
    """Calls that may not have been heard."""
    if not _is_admin(session, workspace_id, person, now):
        return []
    return views.gaps(silence.told(session, workspace_id), LOGS, reader(person.locale, person.zone))


def crm(session: Session, workspace_id: int, person: Member, now: datetime) -> list[Block]:
    """Pulls that broke off, and rows that were refused."""
    if not _is_admin(session, workspace_id, person, now):
        return []
    return views.crm(
        list(outside.crm_troubles(session, workspace_id)), list(outside.crm_refusals(session, workspace_id))
    )


def _is_admin(session: Session, workspace_id: int, person: Member, now: datetime) -> bool:
    return access.may(people.viewer(session, workspace_id, person.id, now=now), Act.SEE_DEAD_LETTERS)
