"""Questions about what people have said about being paired."""

from collections.abc import Collection, Sequence
from datetime import date

import sqlalchemy as sa
from sqlmodel import col, select

from storage.books import Books
from storage.tables import PairWish, WishKind


def by_id(books: Books, wish_id: int) -> PairWish | None:
    return books.session.exec(
        select(PairWish).where(PairWish.workspace_id == books.workspace_id, PairWish.id == wish_id)
    ).first()


def of_managers(books: Books, learners: Collection[int], week: date) -> Sequence[PairWish]:
    """Pins of the week and blocks, of these learners; oldest first."""
    return books.session.exec(
        select(PairWish)
        .where(
            PairWish.workspace_id == books.workspace_id,
            col(PairWish.kind).in_((WishKind.PIN, WishKind.BLOCK)),
            col(PairWish.learner_id).in_(learners),
            sa.or_(col(PairWish.week).is_(None), col(PairWish.week) == week),
        )
        .order_by(col(PairWish.id))
    ).all()


def pins_of_coach(books: Books, coach_id: int, week: date) -> Sequence[PairWish]:
    """Oldest first."""
    return books.session.exec(
        select(PairWish)
        .where(
            PairWish.workspace_id == books.workspace_id,
            PairWish.kind == WishKind.PIN,
            PairWish.coach_id == coach_id,
            PairWish.week == week,
        )
        .order_by(col(PairWish.id))
    ).all()


def exclusions_of(books: Books, person_id: int) -> Sequence[PairWish]:
    """What the person has said themselves, oldest first."""
    return books.session.exec(
        select(PairWish)
        .where(
            PairWish.workspace_id == books.workspace_id,
            PairWish.kind == WishKind.EXCLUSION,
            PairWish.said_by_id == person_id,
        )
        .order_by(col(PairWish.id))
    ).all()
