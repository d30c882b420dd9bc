"""What a call source tells before a call is known: the legs of its sessions, and calls that have to be asked for."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field

from bot.words import Direction, LegState
from storage.tables.base import Row, unique
from storage.types import UTCDateTime, one_of


class CallLeg(Row, table=True):
    """One party of a telephony session, merged from all notices of it; kept for some days after the last."""

    __tablename__ = "call_leg"
    __table_args__ = (
        unique("source", "session_key", "leg_key"),
        sa.Index("ix_call_leg_told", "workspace_id", "told_at"),
    )

    source: str
    account: str = ""
    session_key: str
    leg_key: str
    sequence: int
    state: LegState = Field(sa_type=one_of(LegState))
    agent_key: str = ""
    agent_name: str = ""
    contact: str = ""
    external: bool = False
    direction: Direction | None = Field(default=None, sa_type=one_of(Direction))
    answered_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    left_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    told_at: datetime = Field(sa_type=UTCDateTime)


class CallToFetch(Row, table=True):
    """A call that a source named without its fields; the row goes once they are here."""

    __tablename__ = "call_to_fetch"
    __table_args__ = (
        unique("source", "account", "call_key"),
        sa.Index("ix_call_to_fetch_due", "workspace_id", "source", "next_at"),
    )

    source: str
    account: str = ""
    call_key: str
    next_at: datetime = Field(sa_type=UTCDateTime)
    attempts: int = 0
    error: str = ""
