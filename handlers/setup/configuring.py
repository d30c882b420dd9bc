"""What every form for admins has in common."""

from bot.core.enums import AuditAct
from bot.people.domain import access
from bot.people.domain.access import Right
from bot.people.services import audit_log
from handlers.common.asker import Scene, scene
from storage.books import Books


def admin(books: Books, slack_user: str) -> Scene:
    """Raises NotAllowed for anybody else."""
    here = scene(books, slack_user)
    access.require(here.viewer, Right.CONFIGURE)
    return here


def note(here: Scene, what: str, *, team_id: int | None = None, whom_id: int | None = None) -> None:
    """Somebody changed a setting, or what a person is."""
    audit_log.note(here.books, here.member.id, AuditAct.SET, team_id=team_id, whom_id=whom_id, what=what)
