"""Which digest was told to which team."""

from datetime import date, datetime

from sqlmodel import Field

from storage.tables.base import Row, refers, unique
from storage.types import UTCDateTime


class SilentFeed(Row, table=True):
    """A kind of record that a team lives on stopped coming; the unique row is the claim, so that it is told once."""

    __tablename__ = "silent_feed"
    __table_args__ = (refers("team_id", "team"), unique("team_id", "feed", "last_on"))

    team_id: int
    feed: str
    """A `Feed`."""
    last_on: date
    """The day of the last record before the silence."""
    told_at: datetime = Field(sa_type=UTCDateTime)


class Digest(Row, table=True):
    """The digest of one team and week: the unique row is the claim, so that it is posted once."""

    __tablename__ = "digest"
    __table_args__ = (
        refers("team_id", "team"),
        refers("message_id", "outbox_message", weak=True),
        unique("team_id", "week"),
    )

    team_id: int
    week: date
    claimed_at: datetime = Field(sa_type=UTCDateTime)
    message_id: int | None = None
    skipped: str = ""
    """Why nothing was posted, in a sentence; blank when it was."""
