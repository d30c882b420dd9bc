"""For admins: what is off in this workspace because the app was granted less than it needs."""

from datetime import datetime

from slack_sdk.models.blocks import Block

from bot.domain import access, scopes
from bot.domain.access import Action as Act
from bot.services import people, workspaces
from bot.services.members import Member
from bot.views import limits as views
from storage.database import Session


def off(session: Session, workspace_id: int, person: Member, now: datetime) -> list[Block]:
    if not access.may(people.viewer(session, workspace_id, person.id, now=now), Act.SEE_DEAD_LETTERS):
        return []
    return views.off(scopes.missing(workspaces.scopes(session, workspace_id)))
