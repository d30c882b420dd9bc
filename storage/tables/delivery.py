"""The two roads: events that came in, messages that go out, and pauses that Slack asked for."""

from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field

from bot.core.enums import OutboxKind
from storage.tables.base import Row, check, found_by, owned, refers, unique
from storage.types import UTCDateTime, one_of


class InboxState(StrEnum):
    """PARKED: understood, but not doable as it stands (a rep nobody knows): mended by a person, then replayed."""

    WAITING = "waiting"
    DONE = "done"
    PARKED = "parked"
    DEAD = "dead"


class InboxEvent(Row, table=True):
    """One delivery, stored before it is acknowledged; the unique key makes a second delivery a no-op."""

    __tablename__ = "inbox_event"
    __table_args__ = (
        owned(),
        unique("source", "event_key"),
        sa.Index("ix_inbox_event_due", "state", "next_at"),
        sa.Index("ix_inbox_event_lane", "workspace_id", "name", "state", "id"),
    )

    source: str
    """`slack`, or `calls/` and the name of a call source."""
    name: str
    """What it is routed by: a Slack event's type, or the source. Events of one name are worked one after another."""
    event_key: str
    body: dict[str, Any] = Field(sa_type=sa.JSON)
    request_id: str
    received_at: datetime = Field(sa_type=UTCDateTime)
    state: InboxState = Field(default=InboxState.WAITING, sa_type=one_of(InboxState))
    next_at: datetime = Field(sa_type=UTCDateTime)
    attempts: int = 0
    done_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    error: str = ""


class OutboxState(StrEnum):
    """SENDING past its lease: nobody knows whether it arrived, so Slack is asked. UNKNOWN: it could not be asked."""

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    UNKNOWN = "unknown"
    DEAD = "dead"


class OutboxMessage(Row, table=True):
    """A message to Slack, written in the same transaction as the state it speaks of."""

    __tablename__ = "outbox_message"
    __table_args__ = (
        owned(),
        refers("person_id", "person"),
        refers("updates_id", "outbox_message"),
        refers("thread_id", "outbox_message"),
        unique("key"),
        found_by("outbox_message", "updates_id"),
        found_by("outbox_message", "thread_id"),
        check("has_a_place", "person_id IS NOT NULL OR channel IS NOT NULL"),
        sa.Index("ix_outbox_message_due", "state", "next_at"),
        sa.Index("ix_outbox_message_conversation", "workspace_id", "conversation", "state", "id"),
        sa.Index("ix_outbox_message_spoken", "workspace_id", "conversation", "sent_at"),
    )

    key: str
    """Random and opaque: it travels in the message's metadata, so that Slack can be asked for it."""
    kind: OutboxKind = Field(sa_type=one_of(OutboxKind))
    method: str
    """The Web API method that says it: Slack's limits are per method."""
    conversation: str
    """Messages of one conversation go out in the order they were written."""
    person_id: int | None = None
    """Goes to this person's DM; else `channel` says where."""
    channel: str | None = None
    ts: str | None = None
    thread_id: int | None = None
    """The earlier message in whose thread this one goes."""
    updates_id: int | None = None
    """The earlier message that this one replaces in place."""
    text: str
    blocks: list[dict[str, Any]] = Field(default_factory=list, sa_type=sa.JSON)
    file_name: str | None = None
    file_body: bytes | None = None
    file_id: str | None = None
    """Set once Slack has taken the file's bytes, so that a second try does not upload them again."""
    chart: dict[str, Any] | None = Field(default=None, sa_type=sa.JSON)
    """What the sender draws, to be shown in the message's image block."""
    request_id: str = ""
    created_at: datetime = Field(sa_type=UTCDateTime)
    state: OutboxState = Field(default=OutboxState.QUEUED, sa_type=one_of(OutboxState))
    next_at: datetime = Field(sa_type=UTCDateTime)
    attempts: int = 0
    attempted_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    leased_until: datetime | None = Field(default=None, sa_type=UTCDateTime)
    sent_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    error: str = ""


class SlackPause(Row, table=True):
    """A method of Slack's that asked to be left alone for a while; every process obeys."""

    __tablename__ = "slack_pause"
    __table_args__ = (unique("method"),)

    method: str
    until: datetime = Field(sa_type=UTCDateTime)
