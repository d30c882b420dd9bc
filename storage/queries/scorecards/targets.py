"""Questions about targets and weights: what is in force on a day."""

from collections.abc import Sequence
from datetime import date
from functools import cache

import sqlalchemy as sa
from sqlmodel import col, select

from bot.core.enums import Metric, Role
from storage.books import Books
from storage.tables import Target, Weight, WeightSet


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


def latest_set(books: Books, role: Role, day: date) -> WeightSet | None:
    """The weights in force on the day; None: nobody has changed them by then."""
    return books.session.scalars(
        _latest_set(), {"workspace_id": books.workspace_id, "role": role, "day": day}
    ).one_or_none()


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
def _latest_set() -> sa.Select[WeightSet]:
    return (
        sa.select(WeightSet)
        .where(
            col(WeightSet.workspace_id) == sa.bindparam("workspace_id"),
            col(WeightSet.role) == sa.bindparam("role"),
            col(WeightSet.from_day) <= sa.bindparam("day"),
        )
        .order_by(col(WeightSet.from_day).desc(), col(WeightSet.id).desc())
        .limit(1)
    )
