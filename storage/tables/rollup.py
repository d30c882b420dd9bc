"""What each rep did in each week, counted once for all who look at a whole role; see docs/decisions/006."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from storage.tables.base import Row, refers, unique
from storage.types import UTCDateTime


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
