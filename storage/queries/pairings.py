"""Questions about who coaches whom, and what people have said about it."""

from collections.abc import Collection, Sequence
from datetime import date

import sqlalchemy as sa
from sqlmodel import Session, col, select

from bot.words import PairingStatus
from storage.tables import Leave, Membership, Pairing, PairWish, Person, WishKind


def between(
    session: Session, workspace_id: int, first: date, last: date, *, learner_id: int | None = None
) -> Sequence[Pairing]:
    """Pairs of the weeks from `first` to `last`, Mondays and both included, of all or of one; oldest first."""
    learner = sa.true() if learner_id is None else col(Pairing.learner_id) == learner_id
    return session.exec(
        select(Pairing)
        .where(Pairing.workspace_id == workspace_id, col(Pairing.week).between(first, last), learner)
        .order_by(col(Pairing.week), col(Pairing.id))
    ).all()


def by_id(session: Session, workspace_id: int, pairing_id: int) -> Pairing | None:
    return session.exec(
        select(Pairing).where(Pairing.workspace_id == workspace_id, Pairing.id == pairing_id)
    ).first()


def claim(session: Session, workspace_id: int, pairing_id: int) -> Pairing | None:
    """The pair, held by this transaction, so that two answers to it come one after the other."""
    return session.exec(
        select(Pairing)
        .where(Pairing.workspace_id == workspace_id, Pairing.id == pairing_id)
        .with_for_update()
    ).first()


def without_somebody(
    session: Session, workspace_id: int, first: date, last: date, today: date
) -> Sequence[Pairing]:
    """Pairs of these weeks that have yet to meet, of which one has no place on the roster today."""
    return session.exec(
        select(Pairing)
        .where(
            Pairing.workspace_id == workspace_id,
            col(Pairing.week).between(first, last),
            col(Pairing.status).in_((PairingStatus.PROPOSED, PairingStatus.ACCEPTED)),
            sa.or_(~_is_here(Pairing.coach_id, today), ~_is_here(Pairing.learner_id, today)),
        )
        .order_by(col(Pairing.id))
    ).all()


def declines(session: Session, workspace_id: int, learner_id: int, week: date) -> int:
    """How many of the learner's pairs of that week were declined, by either side."""
    return session.exec(
        select(sa.func.count())
        .select_from(PairWish)
        .where(
            PairWish.workspace_id == workspace_id,
            PairWish.kind == WishKind.DECLINED,
            PairWish.learner_id == learner_id,
            PairWish.week == week,
        )
    ).one()


def of_learner(session: Session, workspace_id: int, learner_id: int, week: date) -> Pairing | None:
    return session.exec(
        select(Pairing).where(
            Pairing.workspace_id == workspace_id, Pairing.learner_id == learner_id, Pairing.week == week
        )
    ).first()


def taken(session: Session, workspace_id: int, coach_id: int, week: date) -> int:
    """How many learners the coach has that week, without those who declined."""
    return session.exec(
        select(sa.func.count())
        .select_from(Pairing)
        .where(
            Pairing.workspace_id == workspace_id,
            Pairing.coach_id == coach_id,
            Pairing.week == week,
            Pairing.status != PairingStatus.DECLINED,
        )
    ).one()


def wishes(session: Session, workspace_id: int, *, since: date, until: date) -> Sequence[PairWish]:
    """Wishes that hold always, or speak of a week from `since` to `until`, both included; oldest first."""
    week = col(PairWish.week)
    return session.exec(
        select(PairWish)
        .where(PairWish.workspace_id == workspace_id, sa.or_(week.is_(None), week.between(since, until)))
        .order_by(col(PairWish.id))
    ).all()


def leave_between(session: Session, workspace_id: int, first: date, last: date) -> Sequence[Leave]:
    """Everybody's leave that touches the days from `first` to `last`."""
    return session.exec(
        select(Leave).where(
            Leave.workspace_id == workspace_id, col(Leave.first_day) <= last, col(Leave.last_day) >= first
        )
    ).all()


def lock_people(session: Session, workspace_id: int, ids: Collection[int]) -> Sequence[Person]:
    """The people, held in the order of their ids, so that two plans do not give one coach's slot away twice."""
    return session.exec(
        select(Person)
        .where(Person.workspace_id == workspace_id, col(Person.id).in_(ids))
        .order_by(col(Person.id))
        .with_for_update()
    ).all()


def _is_here(person_id: int, today: date) -> sa.ColumnElement[bool]:
    return sa.exists().where(
        col(Membership.workspace_id) == Pairing.workspace_id,
        col(Membership.person_id) == person_id,
        col(Membership.started_on) <= today,
        sa.or_(col(Membership.ended_on).is_(None), col(Membership.ended_on) >= today),
    )
