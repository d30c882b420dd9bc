"""A workspace's own limits about coaching."""

from sqlmodel import Session, select

from storage.tables import CoachingRules


def of(session: Session, workspace_id: int) -> CoachingRules:
    """What was set, else the defaults; a row that is not stored yet is stored by adding it."""
    found = session.exec(select(CoachingRules).where(CoachingRules.workspace_id == workspace_id)).first()
    return found or CoachingRules(workspace_id=workspace_id)
