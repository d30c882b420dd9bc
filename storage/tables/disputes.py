"""What reps say is wrong with their figures, and what they were answered."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import Field

from bot.words import DisputeStatus, Metric
from storage.tables.base import Row, check, owned, refers
from storage.types import UTCDateTime, one_of


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
    metric: Metric = Field(sa_type=one_of(Metric))
    first_day: date
    last_day: date
    text: str
    said_at: datetime = Field(sa_type=UTCDateTime)
    status: DisputeStatus = Field(default=DisputeStatus.OPEN, sa_type=one_of(DisputeStatus))
    answer: str = ""
    answered_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
