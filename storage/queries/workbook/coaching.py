"""The pairs and sessions of some people, as a workbook lists them."""

from collections.abc import Collection, Sequence
from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import col, select

from storage.books import Books
from storage.tables import CoachingSession, Pairing


def pairs(
    books: Books, people: Collection[int], first: date, last: date, *, as_of: datetime
) -> Sequence[Pairing]:
    """Pairs with one of them on either side, of the weeks that begin from `first` to `last`, oldest first."""
    return books.session.exec(
        select(Pairing)
        .where(
            Pairing.workspace_id == books.workspace_id,
            sa.or_(col(Pairing.coach_id).in_(people), col(Pairing.learner_id).in_(people)),
            col(Pairing.week).between(first, last),
            col(Pairing.proposed_at) <= as_of,
        )
        .order_by(col(Pairing.week), col(Pairing.id))
    ).all()


def sessions(books: Books, people: Collection[int], first: date, last: date) -> Sequence[CoachingSession]:
    """Sessions with one of them on either side, held by `last` and held or due since `first`, oldest first."""
    return books.session.exec(
        select(CoachingSession)
        .where(
            CoachingSession.workspace_id == books.workspace_id,
            sa.or_(col(CoachingSession.coach_id).in_(people), col(CoachingSession.learner_id).in_(people)),
            col(CoachingSession.held_on) <= last,
            sa.or_(col(CoachingSession.held_on) >= first, col(CoachingSession.due_on) >= first),
        )
        .order_by(col(CoachingSession.held_on), col(CoachingSession.id))
    ).all()
