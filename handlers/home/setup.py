"""The Home tab's section for admins: how far the set-up is."""

from datetime import datetime

from slack_sdk.models.blocks import Block

from bot.domain import access
from bot.domain.access import Action as Act
from bot.services import people, setup
from bot.services.members import Member
from bot.views import setup as views
from storage.database import Session


def steps(session: Session, workspace_id: int, person: Member, now: datetime) -> list[Block]:
    """Begin, where nobody has; then the steps, for admins."""
    if not setup.has_admin(session, workspace_id):
        return views.begin()
    if not access.may(people.viewer(session, workspace_id, person.id, now=now), Act.CONFIGURE):
        return []
    return views.steps(setup.progress(session, workspace_id, now=now))
