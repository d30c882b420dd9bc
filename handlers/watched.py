"""A look at somebody else's numbers is written down before they are shown."""

from bot.services import audit
from bot.services.floors import Floor
from bot.services.members import Member
from bot.words import AuditAct
from handlers.scene import Scene
from storage.database import Database


def saw(db: Database, here: Scene, rep: Member, what: str) -> None:
    """One's own are nobody else's business."""
    if rep.id == here.member.id:
        return
    with db.begin() as session:
        audit.note(
            session,
            here.workspace_id,
            here.member.id,
            AuditAct.SAW_CARD,
            now=here.now,
            whom_id=rep.id,
            what=what,
        )


def saw_team(db: Database, here: Scene, floor: Floor, what: str) -> None:
    with db.begin() as session:
        audit.note(
            session,
            here.workspace_id,
            here.member.id,
            AuditAct.SAW_CARD,
            now=here.now,
            team_id=floor.id,
            what=what,
        )
