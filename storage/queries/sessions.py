"""Questions about coaching sessions that were held."""

from collections.abc import Sequence
from datetime import date

from sqlmodel import Session, col, select

from storage.tables import CoachingSession


def by_key(session: Session, workspace_id: int, session_key: str) -> CoachingSession | None:
    return session.exec(
        select(CoachingSession).where(
            CoachingSession.workspace_id == workspace_id, CoachingSession.session_key == session_key
        )
    ).first()


def ratings(session: Session, workspace_id: int, *, since: date, until: date) -> Sequence[tuple[int, int]]:
    """Coach and rating, 1 to 5, of each rated session held from `since` to `until`, both included."""
    rows = session.exec(
        select(CoachingSession.coach_id, CoachingSession.rating).where(
            CoachingSession.workspace_id == workspace_id,
            col(CoachingSession.rating).is_not(None),
            col(CoachingSession.held_on).between(since, until),
        )
    )
    return [(coach, rating) for coach, rating in rows if rating is not None]
