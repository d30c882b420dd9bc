"""The Home tab's sections about setting up: the way to begin, and how far it is."""

from datetime import datetime

from slack_sdk.models.blocks import Block

from bot.domain import access
from bot.domain.access import Action as Act
from bot.services import people, setup
from bot.services.members import Member
from bot.views import setup as views
from storage.database import Session


def steps(session: Session, workspace_id: int, person: Member, now: datetime) -> list[Block]:
    """For admins, while there is something to do; `/scorecard setup` shows them always."""
    if not access.may(people.viewer(session, workspace_id, person.id, now=now), Act.CONFIGURE):
        return []
    progress = setup.progress(session, workspace_id, now=now)
    return [] if all(progress.done.values()) else views.steps(progress)


def begin(session: Session, workspace_id: int, _person: Member, _now: datetime) -> list[Block]:
    """Where nobody has begun."""
    return [] if setup.has_admin(session, workspace_id) else views.begin()
