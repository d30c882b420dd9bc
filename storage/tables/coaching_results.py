"""What came of coaching: the results of pairs, and what a manager says of a month's credit."""

from datetime import date, datetime
from decimal import Decimal

import sqlalchemy as sa
from sqlmodel import Field

from bot.core.coaching_enums import PaidBy
from bot.core.enums import Metric
from storage.tables.base import Row, check, owned, refers, unique
from storage.types import Money, UTCDateTime, known_as


class PairResult(Row, table=True):
    """A learner's figure before and since a pair's first week (`began`, a Monday), as it was counted then."""

    __tablename__ = "pair_result"
    __table_args__ = (
        refers("coach_id", "person"),
        refers("learner_id", "person"),
        unique("coach_id", "learner_id", "began", "weeks"),
        check("two_people", "coach_id <> learner_id"),
        sa.Index("ix_pair_result_learner", "workspace_id", "learner_id", "began"),
        sa.Index("ix_pair_result_counted", "workspace_id", "counted_at"),
    )

    coach_id: int
    learner_id: int
    metric: Metric = Field(sa_type=known_as(Metric))
    began: date
    weeks: int
    """How many weeks from `began` on are looked at."""
    before: float | None = None
    before_of: float | None = None
    """What the figure rests on, where that is counted."""
    after: float | None = None
    after_of: float | None = None
    others: int = 0
    """Reps of the role without a coach in these weeks."""
    without: float | None = None
    """What these came to from the same start; None where nothing tells."""
    above: float | None = None
    """The probability that the learner came further than that."""
    counted_at: datetime = Field(sa_type=UTCDateTime)
    coach_told_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    learner_told_at: datetime | None = Field(default=None, sa_type=UTCDateTime)


class PayMonth(Row, table=True):
    """A coach's credit of a month as it is put to who leads them; once decided, the credit it was decided on."""

    __tablename__ = "pay_month"
    __table_args__ = (
        owned(),
        refers("coach_id", "person"),
        refers("decided_by_id", "person"),
        unique("coach_id", "month"),
        sa.Index("ix_pay_month_month", "workspace_id", "month"),
        sa.Index("ix_pay_month_by", "workspace_id", "decided_by_id"),
    )

    coach_id: int
    month: date
    """Its first day."""
    approved: bool | None = None
    """None: not decided yet."""
    reason: str = ""
    """Why not."""
    paid_by: PaidBy = Field(default=PaidBy.MONEY, sa_type=known_as(PaidBy))
    sessions: int = 0
    minutes: int = 0
    """Credited."""
    rate: Decimal = Field(default=Decimal(0), sa_type=Money)
    currency: str = ""
    decided_by_id: int | None = None
    """None: somebody who has been forgotten since."""
    decided_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
