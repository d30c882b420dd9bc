"""Targets, weights, disputed figures, and the counts of each rep and week."""

from datetime import date, datetime
from decimal import Decimal

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from bot.core.enums import DisputeStatus, Metric, Role
from storage.tables.base import Row, check, found_by, owned, refers, unique
from storage.types import Money, UTCDateTime, known_as, one_of


class Target(Row, table=True):
    """From a day on, until a later row of the same metric and of whom it holds for.

    It holds for one person, for the role in one team, or, without either, for the role in every team.
    """

    __tablename__ = "target"
    __table_args__ = (
        refers("person_id", "person"),
        refers("team_id", "team"),
        check("value", "value >= 0"),
        check("one_of_two", "person_id IS NULL OR team_id IS NULL"),
        sa.Index("ix_target_role", "workspace_id", "role", "person_id", "from_day"),
    )

    role: Role = Field(sa_type=one_of(Role))
    person_id: int | None = None
    team_id: int | None = None
    metric: Metric = Field(sa_type=known_as(Metric))
    value: float | None = None
    """In the metric's own unit, totals per month. None: no target of one's own from that day on."""
    from_day: date


class Quota(Row, table=True):
    """A goal in money for one month or quarter: of one rep, or of each rep of a role, in one team or in every."""

    __tablename__ = "quota"
    __table_args__ = (
        refers("person_id", "person"),
        refers("team_id", "team"),
        unique("whose", "period"),
        check("one_of_two", "(person_id IS NULL) <> (role IS NULL)"),
        check("amount", "amount >= 0"),
        check("team_has_role", "team_id IS NULL OR role IS NOT NULL"),
        found_by("quota", "person_id"),
        found_by("quota", "team_id"),
    )

    whose: str
    """`AE`, `team:3:AE` or `person:12`: the key, because a blank reference would not keep two rows apart."""
    person_id: int | None = None
    role: Role | None = Field(default=None, sa_type=one_of(Role))
    team_id: int | None = None
    period: str
    """`2026-10` or `2026-Q4`; a quarter's days are those of each team's own fiscal year."""
    amount: Decimal = Field(sa_type=Money)
    currency: str = ""
    """Blank: the workspace's."""


class TeamGoal(Row, table=True):
    """What a team wants to reach together in a quarter: one goal, and never a rep's."""

    __tablename__ = "team_goal"
    __table_args__ = (
        refers("team_id", "team"),
        unique("team_id", "period"),
        check("share", "value > 0 AND value <= 1"),
    )

    team_id: int
    period: str
    """`2026-Q4`, of the team's own fiscal year."""
    metric: Metric = Field(sa_type=known_as(Metric))
    value: float
    """The share to be reached."""
    set_at: datetime = Field(sa_type=UTCDateTime)


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
    metric: Metric = Field(sa_type=known_as(Metric))
    share: float


class Dispute(Row, table=True):
    """A rep's objection to one figure: of a metric, over the days from the first to the last, both included."""

    __tablename__ = "dispute"
    __table_args__ = (
        owned(),
        refers("person_id", "person"),
        check("order", "last_day >= first_day"),
        check("answered", "(status = 'open') = (answered_at IS NULL)"),
        sa.Index("ix_dispute_status", "workspace_id", "status", "person_id"),
    )

    person_id: int
    metric: Metric = Field(sa_type=known_as(Metric))
    first_day: date
    last_day: date
    text: str
    said_at: datetime = Field(sa_type=UTCDateTime)
    status: DisputeStatus = Field(default=DisputeStatus.OPEN, sa_type=one_of(DisputeStatus))
    answer: str = ""
    answered_at: datetime | None = Field(default=None, sa_type=UTCDateTime)


class RepWeek(Row, table=True):
    """The counts of one rep in the ISO week that begins on `week`, by the days of the rep's `RepZone`.

    The columns are the names of the aggregates in `storage.queries`. A week without facts has no row.
    """

    __tablename__ = "rep_week"
    __table_args__ = (refers("person_id", "person"), unique("week", "person_id"))

    person_id: int
    week: date
    known_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    """The last moment at which a fact changed what the week's calls, leads and deals count for; None: no such fact."""
    calls: int = 0
    talk_seconds: int = 0
    debriefs: int = 0
    advanced: int = 0
    timeline_yes: int = 0
    timeline_no: int = 0
    authority_yes: int = 0
    authority_no: int = 0
    prompted: int = 0
    prompted_debriefed: int = 0
    commitments_due: int = 0
    commitments_kept: int = 0
    passed: int = 0
    decided: int = 0
    qualified: int = 0
    decisions: int = 0
    teaching_decisions: int = 0
    won: int = 0
    lost: int = 0
    closed_from_accepted: int = 0
    won_from_accepted: int = 0


class RepZone(Row, table=True):
    """The zone by whose days all of a rep's weeks are counted."""

    __tablename__ = "rep_zone"
    __table_args__ = (refers("person_id", "person"), unique("person_id"))

    person_id: int
    zone: str


class RepTouched(SQLModel, table=True):
    """A day, in UTC, on which triggers saw a rep's facts change: its weeks are counted anew before the commit.

    It refers to nobody, because it is also written while a person or a workspace is being erased.
    """

    __tablename__ = "rep_touched"
    __table_args__ = (sa.Index("ix_rep_touched", "workspace_id", "person_id", "day"),)

    id: int = Field(default=None, primary_key=True)
    workspace_id: int
    person_id: int
    day: date
