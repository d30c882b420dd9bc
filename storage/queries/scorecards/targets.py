"""Questions about what is to be reached: targets, weights, goals in money and of teams, and what of coaching lowers
them.
"""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import cache

import sqlalchemy as sa
from sqlmodel import col, select

from bot.core.enums import Metric, Role
from storage.books import Books
from storage.tables import CoachingSession, PayMonth, Quota, Target, TeamGoal, Weight, WeightSet


def targets(
    books: Books, role: Role, day: date, *, team_id: int | None, person_id: int | None
) -> Sequence[Target]:
    """Of the role, of the role in the team and of the person, up to the day, those that came first first."""
    given = {
        "workspace_id": books.workspace_id,
        "role": role,
        "team_id": team_id,
        "person_id": person_id,
        "day": day,
    }
    return books.session.scalars(_targets(), given).all()


def weight_set(books: Books, set_id: int) -> WeightSet | None:
    return books.session.exec(
        select(WeightSet).where(WeightSet.workspace_id == books.workspace_id, WeightSet.id == set_id)
    ).first()


def weight_sets(books: Books) -> Sequence[WeightSet]:
    """Those that count or counted, of every role; the latest first."""
    return books.session.scalars(_weight_sets(), {"workspace_id": books.workspace_id}).all()


def shares(books: Books, set_id: int) -> dict[Metric, float]:
    rows = books.session.exec(
        select(Weight)
        .where(Weight.workspace_id == books.workspace_id, Weight.weight_set_id == set_id)
        .order_by(col(Weight.id))
    )
    return {row.metric: row.share for row in rows}


@cache
def _targets() -> sa.Select[Target]:
    """Built once, as the next: every card asks."""
    person = sa.bindparam("person_id", type_=sa.Integer)
    team = sa.bindparam("team_id", type_=sa.Integer)
    return (
        sa.select(Target)
        .where(
            col(Target.workspace_id) == sa.bindparam("workspace_id"),
            col(Target.role) == sa.bindparam("role"),
            sa.or_(col(Target.person_id).is_(None), col(Target.person_id) == person),
            sa.or_(col(Target.team_id).is_(None), col(Target.team_id) == team),
            col(Target.from_day) <= sa.bindparam("day"),
        )
        .order_by(col(Target.from_day), col(Target.id))
    )


@cache
def _weight_sets() -> sa.Select[WeightSet]:
    return (
        sa.select(WeightSet)
        .where(
            col(WeightSet.workspace_id) == sa.bindparam("workspace_id"), col(WeightSet.from_day).is_not(None)
        )
        .order_by(col(WeightSet.from_day).desc(), col(WeightSet.id).desc())
    )


def of_period(books: Books, team_id: int, period: str) -> TeamGoal | None:
    return books.session.exec(
        select(TeamGoal).where(
            TeamGoal.workspace_id == books.workspace_id,
            TeamGoal.team_id == team_id,
            TeamGoal.period == period,
        )
    ).first()


def of(books: Books, role: Role, people: Collection[int]) -> Sequence[Quota]:
    """Those of the role in any team, and those of these people."""
    return books.session.exec(
        select(Quota)
        .where(
            Quota.workspace_id == books.workspace_id,
            sa.or_(col(Quota.role) == role, col(Quota.person_id).in_(people)),
        )
        .order_by(col(Quota.period), col(Quota.id))
    ).all()


def of_whose(books: Books, whose: Collection[str]) -> Sequence[Quota]:
    """By how their owners are written down."""
    return books.session.exec(
        select(Quota).where(Quota.workspace_id == books.workspace_id, col(Quota.whose).in_(whose))
    ).all()


def put(
    books: Books,
    whose: str,
    period: str,
    *,
    person_id: int | None,
    role: Role | None,
    team_id: int | None,
    amount: Decimal,
    currency: str,
) -> bool:
    """Sets the goal; tells whether anything changed."""
    known = next((one for one in of_whose(books, [whose]) if one.period == period), None)
    if known is None:
        known = Quota(
            workspace_id=books.workspace_id,
            whose=whose,
            person_id=person_id,
            role=role,
            team_id=team_id,
            period=period,
            amount=amount,
        )
    elif (known.amount, known.currency) == (amount, currency):
        return False
    known.amount, known.currency = amount, currency
    books.session.add(known)
    return True


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
