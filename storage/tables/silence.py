"""When nobody listened, and when a source said less than usual."""

from datetime import datetime

from sqlmodel import Field

from storage.tables.base import Row, check, unique
from storage.types import UTCDateTime


class Pulse(Row, table=True):
    """The bot was running at `beaten_at`: what lies between two beats, it may have missed."""

    __tablename__ = "pulse"
    __table_args__ = (unique(),)

    beaten_at: datetime = Field(sa_type=UTCDateTime)


class CallGap(Row, table=True):
    """A time in which a source told of fewer calls than it usually does."""

    __tablename__ = "call_gap"
    __table_args__ = (unique("source", "since"), check("order", "until > since"))

    source: str
    since: datetime = Field(sa_type=UTCDateTime)
    until: datetime = Field(sa_type=UTCDateTime)
    was_down: bool = False
    """The bot did not run; else it did, and the source was silent."""
    usual: int
    """Calls in the same hours of the weeks before, their mean."""
    heard: int
