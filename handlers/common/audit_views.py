"""A look at somebody else's numbers is written down before they are shown."""

from bot.core.enums import AuditAct
from bot.people.services import audit_log
from bot.people.services.members import Member
from bot.people.services.teams import Floor
from handlers.common.asker import Scene
from storage.database import Database


def saw(db: Database, here: Scene, rep: Member, what: str) -> None:
    """One's own are nobody else's business."""
    if rep.id == here.member.id:
        return
    with db.writing(here.workspace_id, here.now) as books:
        audit_log.note(books, here.member.id, AuditAct.SAW_CARD, whom_id=rep.id, what=what)


def saw_team(db: Database, here: Scene, floor: Floor, what: str) -> None:
    with db.writing(here.workspace_id, here.now) as books:
        audit_log.note(books, here.member.id, AuditAct.SAW_CARD, team_id=floor.id, what=what)
