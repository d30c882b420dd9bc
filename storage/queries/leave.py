"""Questions about days off."""

from sqlmodel import Session, select

from storage.tables import Leave


def by_id(session: Session, workspace_id: int, leave_id: int) -> Leave | None:
    return session.exec(select(Leave).where(Leave.workspace_id == workspace_id, Leave.id == leave_id)).first()
