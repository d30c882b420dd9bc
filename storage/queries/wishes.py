"""Questions about what people have said about being paired."""

from collections.abc import Collection, Sequence
from datetime import date

import sqlalchemy as sa
from sqlmodel import Session, col, select

from storage.tables import PairWish, WishKind


def by_id(session: Session, workspace_id: int, wish_id: int) -> PairWish | None:
    return session.exec(
        select(PairWish).where(PairWish.workspace_id == workspace_id, PairWish.id == wish_id)
    ).first()


def of_managers(
    session: Session, workspace_id: int, learners: Collection[int], week: date
) -> Sequence[PairWish]:
    """Pins of the week and blocks, of these learners; oldest first."""
    return session.exec(
        select(PairWish)
        .where(
            PairWish.workspace_id == workspace_id,
            col(PairWish.kind).in_((WishKind.PIN, WishKind.BLOCK)),
            col(PairWish.learner_id).in_(learners),
            sa.or_(col(PairWish.week).is_(None), col(PairWish.week) == week),
        )
        .order_by(col(PairWish.id))
    ).all()


def pins_of_coach(session: Session, workspace_id: int, coach_id: int, week: date) -> Sequence[PairWish]:
    """Oldest first."""
    return session.exec(
        select(PairWish)
        .where(
            PairWish.workspace_id == workspace_id,
            PairWish.kind == WishKind.PIN,
            PairWish.coach_id == coach_id,
            PairWish.week == week,
        )
        .order_by(col(PairWish.id))
    ).all()


def exclusions_of(session: Session, workspace_id: int, person_id: int) -> Sequence[PairWish]:
    """What the person has said themselves, oldest first."""
    return session.exec(
        select(PairWish)
        .where(
            PairWish.workspace_id == workspace_id,
            PairWish.kind == WishKind.EXCLUSION,
            PairWish.said_by_id == person_id,
        )
        .order_by(col(PairWish.id))
    ).all()
