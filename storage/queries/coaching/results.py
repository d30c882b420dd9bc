"""Questions about what came of coaching: what was counted of pairs and of lots drawn for places, what a month earned,
and what was said of it.
"""

from collections.abc import Collection, Sequence
from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import col, select

from bot.core.coaching_enums import Helped
from bot.core.enums import CALLED_OFF
from storage.books import Books
from storage.tables import (
    CoachingSession,
    GoOn,
    LotTicket,
    Membership,
    Pairing,
    PairResult,
    PayMonth,
    Person,
    Team,
)

Key = tuple[int, int, date, int]
"""Coach, learner, the first Monday, and after how many weeks."""


def counted(books: Books, began: Collection[date]) -> set[Key]:
    """The results that are known of pairs that began on one of these Mondays."""
    rows = books.session.execute(
        sa.select(
            col(PairResult.coach_id),
            col(PairResult.learner_id),
            col(PairResult.began),
            col(PairResult.weeks),
        ).where(col(PairResult.workspace_id) == books.workspace_id, col(PairResult.began).in_(began))
    )
    return {(row[0], row[1], row[2], row[3]) for row in rows}


def untold(books: Books, since: datetime, *, held: bool = False) -> Sequence[PairResult]:
    """Counted since then, of which one of the two has not heard yet; the oldest first.

    `held`: by this transaction, so that whoever tells of them next sees what was told.
    """
    found = (
        select(PairResult)
        .where(
            PairResult.workspace_id == books.workspace_id,
            col(PairResult.counted_at) >= since,
            sa.or_(col(PairResult.coach_told_at).is_(None), col(PairResult.learner_told_at).is_(None)),
        )
        .order_by(col(PairResult.began), col(PairResult.id))
    )
    return books.session.exec(found.with_for_update() if held else found).all()


def since(books: Books, day: date, *, people: Collection[int] | None = None) -> Sequence[PairResult]:
    """Of pairs that began on that day or later: of all, or of pairs in which one of these people is; latest first."""
    theirs = (
        sa.true()
        if people is None
        else sa.or_(col(PairResult.coach_id).in_(people), col(PairResult.learner_id).in_(people))
    )
    return books.session.exec(
        select(PairResult)
        .where(PairResult.workspace_id == books.workspace_id, col(PairResult.began) >= day, theirs)
        .order_by(col(PairResult.began).desc(), col(PairResult.weeks).desc(), col(PairResult.id))
    ).all()


def have_met(books: Books, coach_id: int, learner_id: int, first: date, beyond: date) -> bool:
    """Whether the two held a session from the first day on and before the other."""
    held = sa.exists().where(
        col(CoachingSession.workspace_id) == books.workspace_id,
        col(CoachingSession.coach_id) == coach_id,
        col(CoachingSession.learner_id) == learner_id,
        col(CoachingSession.held_on) >= first,
        col(CoachingSession.held_on) < beyond,
    )
    return bool(books.session.scalar(sa.select(held)))


def helped(books: Books, coach_id: int, learner_id: int, first: date, last: date) -> Helped | None:
    """What the learner said last of what helped, of the questions put to the two for weeks in the span."""
    asked = books.session.exec(
        select(GoOn)
        .where(
            GoOn.workspace_id == books.workspace_id,
            GoOn.coach_id == coach_id,
            GoOn.learner_id == learner_id,
            col(GoOn.week).between(first, last),
            col(GoOn.helped).is_not(None),
        )
        .order_by(col(GoOn.week).desc())
    ).first()
    return asked.helped if asked else None


def coaches(books: Books, first: date, last: date) -> Sequence[int]:
    """Who held a session as coach from the first to the last day, both included; without the forgotten."""
    return books.session.exec(
        select(CoachingSession.coach_id)
        .join(
            Person,
            sa.and_(
                col(Person.workspace_id) == CoachingSession.workspace_id,
                col(Person.id) == CoachingSession.coach_id,
            ),
        )
        .where(
            CoachingSession.workspace_id == books.workspace_id,
            col(CoachingSession.held_on).between(first, last),
            col(Person.is_former).is_(False),
        )
        .distinct()
        .order_by(col(CoachingSession.coach_id))
    ).all()


def spells(
    books: Books, people: Collection[int], first: date, last: date
) -> Sequence[tuple[int, int, str, date | None]]:
    """Person, team, its name and the last day there, of each membership that touches the days."""
    rows = books.session.execute(
        sa.select(col(Membership.person_id), col(Team.id), col(Team.name), col(Membership.ended_on))
        .join(
            Team,
            sa.and_(
                col(Team.workspace_id) == col(Membership.workspace_id),
                col(Team.id) == col(Membership.team_id),
            ),
        )
        .where(
            col(Membership.workspace_id) == books.workspace_id,
            col(Membership.person_id).in_(people),
            col(Membership.started_on) <= last,
            sa.or_(col(Membership.ended_on).is_(None), col(Membership.ended_on) >= first),
        )
        .order_by(col(Team.name), col(Membership.id))
    )
    return [(row[0], row[1], row[2], row[3]) for row in rows]


def of_month(books: Books, coaches: Collection[int], month: date) -> dict[int, PayMonth]:
    """By coach, what has been put to somebody."""
    rows = books.session.exec(
        select(PayMonth).where(
            PayMonth.workspace_id == books.workspace_id,
            PayMonth.month == month,
            col(PayMonth.coach_id).in_(coaches),
        )
    )
    return {row.coach_id: row for row in rows}


def claim(books: Books, pay_id: int) -> PayMonth | None:
    """Held by this transaction, so that two decisions come one after the other."""
    return books.session.exec(
        select(PayMonth)
        .where(PayMonth.workspace_id == books.workspace_id, PayMonth.id == pay_id)
        .with_for_update()
    ).first()


def waiting(books: Books, team_id: int, *, since: date, week: date) -> Sequence[int]:
    """Learners without a place in a draw since then who have had no pair after it; the longest waiting first."""
    had_a_pair = sa.exists().where(
        col(Pairing.workspace_id) == LotTicket.workspace_id,
        col(Pairing.learner_id) == LotTicket.learner_id,
        col(Pairing.week) >= LotTicket.week,
        col(Pairing.week) < week,
        col(Pairing.status).not_in(CALLED_OFF),
    )
    rows = books.session.exec(
        select(LotTicket.learner_id)
        .where(
            LotTicket.workspace_id == books.workspace_id,
            LotTicket.team_id == team_id,
            col(LotTicket.week) >= since,
            col(LotTicket.week) < week,
            col(LotTicket.has_place).is_(False),
            ~had_a_pair,
        )
        .order_by(col(LotTicket.week), col(LotTicket.place))
    )
    return list(dict.fromkeys(rows))


def tickets(books: Books, before: date) -> Sequence[LotTicket]:
    """Of all draws before a day, oldest first."""
    return books.session.exec(
        select(LotTicket)
        .where(LotTicket.workspace_id == books.workspace_id, col(LotTicket.week) < before)
        .order_by(col(LotTicket.week), col(LotTicket.place), col(LotTicket.id))
    ).all()
