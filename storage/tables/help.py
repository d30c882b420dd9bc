"""Help during a call: what was asked, and who was asked in turn."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field

from storage.tables.base import Row, owned, refers, unique
from storage.types import UTCDateTime


class HelpRequest(Row, table=True):
    """A rep on the phone asks for somebody strong on a topic; while `next_at` stands, teammates are asked in turn."""

    __tablename__ = "help_request"
    __table_args__ = (
        owned(),
        refers("asker_id", "person"),
        refers("helper_id", "person"),
        sa.Index("ix_help_request_due", "next_at"),
        sa.Index("ix_help_request_asker", "workspace_id", "asker_id", "asked_at"),
    )

    asker_id: int
    topic: str
    asked_at: datetime = Field(sa_type=UTCDateTime)
    next_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    """When the next teammate is asked; None once somebody helps or nobody is left."""
    helper_id: int | None = None


class HelpAsk(Row, table=True):
    """One teammate who was asked; nobody is asked twice in an hour."""

    __tablename__ = "help_ask"
    __table_args__ = (
        refers("request_id", "help_request"),
        refers("person_id", "person"),
        refers("message_id", "outbox_message", weak=True),
        unique("request_id", "person_id"),
        sa.Index("ix_help_ask_person", "workspace_id", "person_id", "asked_at"),
    )

    request_id: int
    person_id: int
    asked_at: datetime = Field(sa_type=UTCDateTime)
    message_id: int | None = None
