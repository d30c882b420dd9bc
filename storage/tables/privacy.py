"""What is to be forgotten, what remains of the forgotten, and who looked at or changed what."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import Field

from bot.core.enums import AuditAct, ErasureCause, FormerCount, Role
from storage.tables.base import Row, check, owned, refers
from storage.types import UTCDateTime, one_of


class Erasure(Row, table=True):
    """A person's data is to go; without a person, the whole workspace's. Once done it is the receipt."""

    __tablename__ = "erasure"
    __table_args__ = (
        owned(),
        refers("message_id", "outbox_message", weak=True),
        check("order", "begins_at <= due_at"),
        sa.Index("ix_erasure_open", "done_at", "begins_at"),
    )

    person_id: int | None = None
    """No reference: the number outlives what it stood for."""
    cause: ErasureCause = Field(sa_type=one_of(ErasureCause))
    asked_at: datetime = Field(sa_type=UTCDateTime)
    begins_at: datetime = Field(sa_type=UTCDateTime)
    """Until then it can be called off."""
    due_at: datetime = Field(sa_type=UTCDateTime)
    begun_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    counts: dict[str, int] = Field(default_factory=dict, sa_type=sa.JSON)
    """Rows erased so far, by table."""
    message_id: int | None = None
    """The receipt on its way to the person."""
    done_at: datetime | None = Field(default=None, sa_type=UTCDateTime)


class FormerSum(Row, table=True):
    """What all erased people of a team and role did together in a month, as a sum; without a team, the workspace's."""

    __tablename__ = "former_sum"
    __table_args__ = (
        refers("team_id", "team"),
        sa.UniqueConstraint("workspace_id", "team_id", "role", "month", "counted"),
    )

    team_id: int | None = None
    role: Role = Field(sa_type=one_of(Role))
    month: date
    """Its first day."""
    counted: FormerCount = Field(sa_type=one_of(FormerCount))
    amount: int


class AuditEntry(Row, table=True):
    """Who did what to whom, and when; no content. Triggers keep it from being changed or deleted.

    People and teams are plain numbers without a reference: once a person is erased theirs leads nowhere.
    """

    __tablename__ = "audit_entry"
    __table_args__ = (sa.Index("ix_audit_entry_newest", "workspace_id", "id"),)

    at: datetime = Field(sa_type=UTCDateTime)
    who_id: int | None = None
    """None: the program itself, or whoever runs it."""
    act: AuditAct = Field(sa_type=one_of(AuditAct))
    whom_id: int | None = None
    team_id: int | None = None
    what: str = ""
    """Which setting and from what to what, which kind of file; never anybody's words or figures."""
