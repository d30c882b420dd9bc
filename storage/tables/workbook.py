"""Which workbooks were made, for whom."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import Field

from storage.tables.base import Row, refers, unique
from storage.types import UTCDateTime


class ExportLog(Row, table=True):
    """One workbook that was written. Without a person it was whoever runs the program; without a team, all theirs."""

    __tablename__ = "export_log"
    __table_args__ = (
        refers("person_id", "person"),
        refers("team_id", "team"),
        sa.Index("ix_export_log_exported", "workspace_id", "exported_at"),
    )

    person_id: int | None = None
    team_id: int | None = None
    period: str
    since: datetime = Field(sa_type=UTCDateTime)
    until: datetime = Field(sa_type=UTCDateTime)
    as_of: datetime = Field(sa_type=UTCDateTime)
    raw: bool
    """Whether the records went along, or the figures alone."""
    rows: int
    exported_at: datetime = Field(sa_type=UTCDateTime)


class MonthlyWorkbook(Row, table=True):
    """The workbook of a month was sent to a manager: the unique row is the claim, so that it comes once."""

    __tablename__ = "monthly_workbook"
    __table_args__ = (refers("person_id", "person"), unique("person_id", "month"))

    person_id: int
    month: date
    """Its first day."""
    sent_at: datetime = Field(sa_type=UTCDateTime)
