"""Questions about who coaches whom, what people have said about it, which proposals wait, and which pairs go on."""

from collections.abc import Collection, Sequence
from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import col, select

from bot.core.enums import CALLED_OFF, PairingStatus
from storage.books import Books
from storage.tables import GoOn, Leave, Membership, OutboxMessage, Pairing, PairWish, Person, WishKind


def between(books: Books, first: date, last: date, *, learner_id: int | None = None) -> Sequence[Pairing]:
    """Pairs of the weeks from `first` to `last`, Mondays and both included, of all or of one; oldest first."""
    learner = sa.true() if learner_id is None else col(Pairing.learner_id) == learner_id
    return books.session.exec(
        select(Pairing)
        .where(Pairing.workspace_id == books.workspace_id, col(Pairing.week).between(first, last), learner)
        .order_by(col(Pairing.week), col(Pairing.id))
    ).all()


def by_id(books: Books, pairing_id: int) -> Pairing | None:
    return books.session.exec(
        select(Pairing).where(Pairing.workspace_id == books.workspace_id, Pairing.id == pairing_id)
    ).first()


def claim(books: Books, pairing_id: int) -> Pairing | None:
    """The pair, held by this transaction, so that two answers to it come one after the other."""
    return books.session.exec(
        select(Pairing)
        .where(Pairing.workspace_id == books.workspace_id, Pairing.id == pairing_id)
        .with_for_update()
    ).first()


def broken(books: Books, monday: date, today: date) -> Sequence[Pairing]:
    """Pairs of the week that cannot go on: one has left the roster; or nobody answered, and one wants no more of it."""
    wanted = sa.exists().where(
        col(Person.workspace_id) == Pairing.workspace_id,
        sa.or_(
            sa.and_(col(Person.id) == Pairing.coach_id, ~col(Person.willing)),
            sa.and_(col(Person.id) == Pairing.learner_id, ~col(Person.wants_coaching)),
        ),
    )
    return books.session.exec(
        select(Pairing)
        .where(
            Pairing.workspace_id == books.workspace_id,
            Pairing.week == monday,
            col(Pairing.status).not_in(CALLED_OFF),
            ~_is_ended(),
            sa.or_(
                ~_is_here(Pairing.coach_id, today),
                ~_is_here(Pairing.learner_id, today),
                sa.and_(col(Pairing.status) == PairingStatus.PROPOSED, wanted),
            ),
        )
        .order_by(col(Pairing.id))
    ).all()


def is_ended(books: Books, row: Pairing) -> bool:
    """Whether the pair was called off in its week, by either side or by one who left."""
    found = select(Pairing.id).where(
        Pairing.workspace_id == books.workspace_id, Pairing.id == row.id, _is_ended()
    )
    return books.session.exec(found).first() is not None


def declines(books: Books, learner_id: int, week: date) -> int:
    """How many of the learner's pairs of that week were declined, by either side."""
    return books.session.exec(
        select(sa.func.count())
        .select_from(PairWish)
        .where(
            PairWish.workspace_id == books.workspace_id,
            PairWish.kind == WishKind.DECLINED,
            PairWish.learner_id == learner_id,
            PairWish.week == week,
        )
    ).one()


def noes_until(books: Books, moment: datetime) -> Sequence[Pairing]:
    """Pairs to which somebody's no could be taken back until then, oldest first."""
    return books.session.exec(
        select(Pairing)
        .where(Pairing.workspace_id == books.workspace_id, col(Pairing.no_stands_at) <= moment)
        .order_by(col(Pairing.no_stands_at), col(Pairing.id))
    ).all()


def of_learner(books: Books, learner_id: int, week: date) -> Pairing | None:
    return books.session.exec(
        select(Pairing).where(
            Pairing.workspace_id == books.workspace_id, Pairing.learner_id == learner_id, Pairing.week == week
        )
    ).first()


def taken(books: Books, coach_id: int, week: date) -> int:
    """How many learners the coach has that week, without those who declined."""
    return books.session.exec(
        select(sa.func.count())
        .select_from(Pairing)
        .where(
            Pairing.workspace_id == books.workspace_id,
            Pairing.coach_id == coach_id,
            Pairing.week == week,
            col(Pairing.status).not_in(CALLED_OFF),
        )
    ).one()


def wishes(books: Books, *, since: date, until: date) -> Sequence[PairWish]:
    """Wishes that hold always, or speak of a week from `since` to `until`, both included; oldest first."""
    week = col(PairWish.week)
    return books.session.exec(
        select(PairWish)
        .where(
            PairWish.workspace_id == books.workspace_id, sa.or_(week.is_(None), week.between(since, until))
        )
        .order_by(col(PairWish.id))
    ).all()


def leave_between(books: Books, first: date, last: date) -> Sequence[Leave]:
    """Everybody's leave that touches the days from `first` to `last`."""
    return books.session.exec(
        select(Leave).where(
            Leave.workspace_id == books.workspace_id,
            col(Leave.first_day) <= last,
            col(Leave.last_day) >= first,
        )
    ).all()


def lock_people(books: Books, ids: Collection[int]) -> Sequence[Person]:
    """The people, held in the order of their ids, so that two plans do not give one coach's slot away twice."""
    return books.session.exec(
        select(Person)
        .where(Person.workspace_id == books.workspace_id, col(Person.id).in_(ids))
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


def _is_ended() -> sa.ColumnElement[bool]:
    return sa.exists().where(
        col(PairWish.workspace_id) == Pairing.workspace_id,
        col(PairWish.kind) == WishKind.DECLINED,
        col(PairWish.coach_id) == Pairing.coach_id,
        col(PairWish.learner_id) == Pairing.learner_id,
        col(PairWish.week) == Pairing.week,
    )


def unanswered(books: Books, until: datetime) -> Sequence[Pairing]:
    """Proposals of up to that moment that nobody answered, oldest first."""
    return books.session.exec(
        select(Pairing)
        .where(
            Pairing.workspace_id == books.workspace_id,
            Pairing.status == PairingStatus.PROPOSED,
            col(Pairing.proposed_at) <= until,
        )
        .order_by(col(Pairing.proposed_at), col(Pairing.id))
    ).all()


def said_since(books: Books, person_id: int, text: str, since: datetime) -> bool:
    """Whether a person was told these very words since then, alone or among others."""
    return bool(
        books.session.scalar(
            sa.select(
                sa.exists().where(
                    col(OutboxMessage.workspace_id) == books.workspace_id,
                    col(OutboxMessage.person_id) == person_id,
                    col(OutboxMessage.created_at) >= since,
                    col(OutboxMessage.text).contains(text, autoescape=True),
                )
            )
        )
    )


def renewed(books: Books, *, since: date, until: date) -> dict[tuple[int, int], date]:
    """By coach and learner who both said so, the latest Monday in the span, ends included, from which they go on."""
    rows = books.session.exec(
        select(GoOn)
        .where(
            GoOn.workspace_id == books.workspace_id,
            col(GoOn.week).between(since, until),
            col(GoOn.coach_says).is_(True),
            col(GoOn.learner_says).is_(True),
        )
        .order_by(col(GoOn.week))
    )
    return {(row.coach_id, row.learner_id): row.week for row in rows}


def claim_choice(books: Books, choice_id: int) -> GoOn | None:
    """The choice, held by this transaction, so that two answers come one after the other."""
    return books.session.exec(
        select(GoOn).where(GoOn.workspace_id == books.workspace_id, GoOn.id == choice_id).with_for_update()
    ).first()


def choice_of_couple(books: Books, coach_id: int, learner_id: int, week: date) -> GoOn | None:
    return books.session.exec(
        select(GoOn).where(
            GoOn.workspace_id == books.workspace_id,
            GoOn.coach_id == coach_id,
            GoOn.learner_id == learner_id,
            GoOn.week == week,
        )
    ).first()
