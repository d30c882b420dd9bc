"""Whose calls they are: how each source calls a rep, and the calls of those nobody has named yet."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field

from bot.words import Direction
from storage.tables.base import Row, check, owned, refers, unique
from storage.types import UTCDateTime, one_of


class CallAgent(Row, table=True):
    """Somebody as a source knows them. Without a person nobody has said yet who that is."""

    __tablename__ = "call_agent"
    __table_args__ = (
        owned(),
        refers("person_id", "person"),
        unique("source", "account", "agent"),
        check("either_mapped_or_not_ours", "person_id IS NULL OR NOT not_ours"),
        sa.Index("ix_call_agent_person", "workspace_id", "person_id"),
    )

    source: str
    account: str = ""
    """Blank: whatever account of the source."""
    agent: str
    """The source's own key (an extension, a number, a user id); an email where it tells no key."""
    name: str = ""
    """As the source calls them."""
    person_id: int | None = None
    learned: bool = False
    """Taken from a call that told the key together with the email of a rep, not said by a person."""
    not_ours: bool = False
    """Somebody has said that these calls are nobody's."""


class StrayCall(Row, table=True):
    """A call of an agent without a person, as its source told it; it becomes a call once the agent is mapped."""

    __tablename__ = "stray_call"
    __table_args__ = (
        refers("agent_id", "call_agent"),
        unique("agent_id", "account", "call_key", "is_hint"),
        sa.Index("ix_stray_call_heard", "workspace_id", "heard_at"),
    )

    agent_id: int
    account: str = ""
    call_key: str
    started_at: datetime = Field(sa_type=UTCDateTime)
    ended_at: datetime = Field(sa_type=UTCDateTime)
    talk_seconds: int | None = None
    direction: Direction | None = Field(default=None, sa_type=one_of(Direction))
    contact: str = ""
    company: str = ""
    disposition: str = ""
    is_hint: bool = False
    heard_at: datetime = Field(sa_type=UTCDateTime)
