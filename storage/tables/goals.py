"""What reps should reach, and what a role's score is made of. Rows are added, never changed: they are the history."""

from datetime import date

import sqlalchemy as sa
from sqlmodel import Field

from bot.words import Metric, Role
from storage.tables.base import Row, check, owned, refers, unique
from storage.types import one_of


class Target(Row, table=True):
    """From a day on, until a later row of the same metric. Without a person it holds for all of the role."""

    __tablename__ = "target"
    __table_args__ = (
        refers("person_id", "person"),
        check("value", "value >= 0"),
        sa.Index("ix_target_role", "workspace_id", "role", "person_id", "from_day"),
    )

    role: Role = Field(sa_type=one_of(Role))
    person_id: int | None = None
    metric: Metric = Field(sa_type=one_of(Metric))
    value: float | None = None
    """In the metric's own unit, totals per month. None: no target of one's own from that day on."""
    from_day: date


class WeightSet(Row, table=True):
    """The weights of one role's score together. Without a day they are proposed, and do not count yet."""

    __tablename__ = "weight_set"
    __table_args__ = (owned(), sa.Index("ix_weight_set_role", "workspace_id", "role", "from_day"))

    role: Role = Field(sa_type=one_of(Role))
    from_day: date | None = None


class Weight(Row, table=True):
    """A metric's share of the score; a metric without a row has none."""

    __tablename__ = "weight"
    __table_args__ = (
        refers("weight_set_id", "weight_set"),
        unique("weight_set_id", "metric"),
        check("share", "share > 0 AND share <= 1"),
    )

    weight_set_id: int
    metric: Metric = Field(sa_type=one_of(Metric))
    share: float
