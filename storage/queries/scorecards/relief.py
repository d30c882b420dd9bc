"""Questions about what of coaching lowers its coaches' targets."""

from collections.abc import Collection, Sequence
from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import col, select

from storage.books import Books
from storage.tables import CoachingSession, PayMonth


def with_commitment(
    books: Books, coaches: Collection[int], first: date, last: date
) -> Sequence[CoachingSession]:
    """Sessions that end in one, held by these coaches from the first to the last day, both included."""
    return books.session.exec(
        select(CoachingSession).where(
            CoachingSession.workspace_id == books.workspace_id,
            col(CoachingSession.coach_id).in_(coaches),
            col(CoachingSession.held_on).between(first, last),
            sa.func.trim(CoachingSession.commitment) != "",
        )
    ).all()


def refused(books: Books, coaches: Collection[int], as_of: datetime) -> set[tuple[int, date]]:
    """Coach and month (its first day) of what a manager had said no to by then."""
    rows = books.session.execute(
        sa.select(col(PayMonth.coach_id), col(PayMonth.month)).where(
            col(PayMonth.workspace_id) == books.workspace_id,
            col(PayMonth.coach_id).in_(coaches),
            col(PayMonth.approved).is_(False),
            col(PayMonth.decided_at) <= as_of,
        )
    )
    return {(row[0], row[1]) for row in rows}
