"""What every form for admins has in common."""

from datetime import datetime

from bot.domain import access
from bot.domain.access import Action as Act
from bot.services import audit
from bot.words import AuditAct
from handlers.scene import Scene, scene
from storage.database import Session


def admin(session: Session, workspace_id: int, slack_user: str, now: datetime) -> Scene:
    """Raises NotAllowed for anybody else."""
    here = scene(session, workspace_id, slack_user, now)
    access.require(here.viewer, Act.CONFIGURE)
    return here


def note(here: Scene, what: str, *, team_id: int | None = None, whom_id: int | None = None) -> None:
    """Somebody changed a setting, or what a person is."""
    audit.note(
        here.session,
        here.workspace_id,
        here.member.id,
        AuditAct.SET,
        now=here.now,
        team_id=team_id,
        whom_id=whom_id,
        what=what,
    )
