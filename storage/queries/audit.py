"""Questions about who did what."""

from collections.abc import Sequence

from sqlmodel import Session, col, select

from bot.words import AuditAct
from storage.tables import AuditEntry


def newest(session: Session, workspace_id: int, limit: int) -> Sequence[AuditEntry]:
    """Newest first."""
    return session.exec(
        select(AuditEntry)
        .where(AuditEntry.workspace_id == workspace_id)
        .order_by(col(AuditEntry.id).desc())
        .limit(limit)
    ).all()


def changes(
    session: Session, workspace_id: int, what: str, team_id: int | None, *, after: int = 0
) -> Sequence[AuditEntry]:
    """Of one setting, after the entry of that number, oldest first."""
    return session.exec(
        select(AuditEntry)
        .where(
            AuditEntry.workspace_id == workspace_id,
            AuditEntry.act == AuditAct.SET,
            AuditEntry.what == what,
            AuditEntry.team_id == team_id,
            col(AuditEntry.id) > after,
        )
        .order_by(col(AuditEntry.id))
    ).all()
