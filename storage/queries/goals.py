"""Questions about targets and weights: what is in force on a day."""

from collections.abc import Sequence
from datetime import date
from functools import cache

import sqlalchemy as sa
from sqlmodel import Session, col, select

from bot.words import Metric, Role
from storage.tables import Target, Weight, WeightSet


def targets(
    session: Session, workspace_id: int, role: Role, person_id: int | None, day: date
) -> Sequence[Target]:
    """Of the role and of the person, up to the day, those that came first first."""
    given = {"workspace_id": workspace_id, "role": role, "person_id": person_id, "day": day}
    return session.scalars(_targets(), given).all()


def weight_set(session: Session, workspace_id: int, set_id: int) -> WeightSet | None:
    return session.exec(
        select(WeightSet).where(WeightSet.workspace_id == workspace_id, WeightSet.id == set_id)
    ).first()


def latest_set(session: Session, workspace_id: int, role: Role, day: date) -> WeightSet | None:
    """The weights in force on the day; None: nobody has changed them by then."""
    return session.scalars(
        _latest_set(), {"workspace_id": workspace_id, "role": role, "day": day}
    ).one_or_none()


def shares(session: Session, workspace_id: int, set_id: int) -> dict[Metric, float]:
    rows = session.exec(
        select(Weight)
        .where(Weight.workspace_id == workspace_id, Weight.weight_set_id == set_id)
        .order_by(col(Weight.id))
    )
    return {row.metric: row.share for row in rows}


@cache
def _targets() -> sa.Select[Target]:
    """Built once, as the next: every card asks."""
    person = sa.bindparam("person_id", type_=sa.Integer)
    return (
        sa.select(Target)
        .where(
            col(Target.workspace_id) == sa.bindparam("workspace_id"),
            col(Target.role) == sa.bindparam("role"),
            sa.or_(col(Target.person_id).is_(None), col(Target.person_id) == person),
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
