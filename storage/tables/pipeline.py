"""Leads, deals and accounts: what came of the calls."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

import sqlalchemy as sa
from sqlmodel import Field

from bot.words import CriterionKind, DealStatus, Decision
from storage.tables.base import Row, check, found_by, owned, refers, unique
from storage.types import Money, UTCDateTime, one_of


class Handoff(Row, table=True):
    """A lead an SDR passed to an AE, and the AE's decision."""

    __tablename__ = "handoff"
    __table_args__ = (
        owned(),
        refers("sdr_id", "person"),
        refers("ae_id", "person"),
        unique("handoff_key"),
        check("decision_is_dated", "(decision IS NULL) = (decided_at IS NULL)"),
        check("order", "decided_at IS NULL OR decided_at >= passed_at"),
        sa.Index("ix_handoff_sdr", "workspace_id", "sdr_id", "passed_at"),
        sa.Index("ix_handoff_ae", "workspace_id", "ae_id", "decided_at"),
    )

    handoff_key: str
    sdr_id: int
    ae_id: int
    company: str
    contact: str = ""
    passed_at: datetime = Field(sa_type=UTCDateTime)
    decision: Decision | None = Field(default=None, sa_type=one_of(Decision))
    reason: str = ""
    decided_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    criteria_met: bool | None = None
    """Whether every required criterion held; None: no criteria recorded, acceptance alone decides."""
    teaches: bool = False
    """Whether the reason teaches (domain.reasons.teaches), kept in step with the AE's decisions."""


class HandoffQuestion(Row, table=True):
    """What the AE was asked in Slack about one lead, and when they are to be reminded."""

    __tablename__ = "handoff_question"
    __table_args__ = (
        refers("handoff_id", "handoff"),
        refers("message_id", "outbox_message", weak=True),
        refers("reminder_id", "outbox_message", weak=True),
        unique("handoff_id"),
        sa.Index("ix_handoff_question_due", "next_at"),
    )

    handoff_id: int
    next_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    """When to look at it next; None when nothing more will be said."""
    message_id: int | None = None
    reminder_id: int | None = None


class Criterion(Row, table=True):
    """One line of the workspace's qualification checklist, in force from a moment to a moment."""

    __tablename__ = "criterion"
    __table_args__ = (owned(), unique("name", "added_at"))

    name: str
    kind: CriterionKind = Field(sa_type=one_of(CriterionKind))
    bound: int | None = None
    choices: str = ""
    """One choice a line; for ONE_OF."""
    required: bool = True
    position: int = 0
    added_at: datetime = Field(sa_type=UTCDateTime)
    retired_at: datetime | None = Field(default=None, sa_type=UTCDateTime)


class CriterionAnswer(Row, table=True):
    __tablename__ = "criterion_answer"
    __table_args__ = (
        refers("handoff_id", "handoff"),
        refers("criterion_id", "criterion"),
        unique("handoff_id", "criterion_id"),
    )

    handoff_id: int
    criterion_id: int
    answer: str
    met: bool


class Deal(Row, table=True):
    __tablename__ = "deal"
    __table_args__ = (
        owned(),
        refers("ae_id", "person"),
        refers("handoff_id", "handoff", weak=True),
        unique("deal_key"),
        found_by("deal", "handoff_id"),
        check("closing_is_dated", "(status = 'open') = (closed_at IS NULL)"),
        check("order", "closed_at IS NULL OR opened_at IS NULL OR closed_at >= opened_at"),
        sa.Index("ix_deal_ae_closed", "workspace_id", "ae_id", "closed_at"),
        sa.Index("ix_deal_ae_opened", "workspace_id", "ae_id", "opened_at"),
    )

    deal_key: str
    ae_id: int
    handoff_id: int | None = None
    company: str = ""
    status: DealStatus = Field(sa_type=one_of(DealStatus))
    opened_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    """None: unknown, so its age is unknown and it is open since `first_seen_at`."""
    first_seen_at: datetime = Field(sa_type=UTCDateTime)
    closed_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    amount: Decimal | None = Field(default=None, sa_type=Money)
    currency: str = ""
    expected_close: date | None = None
    loss_reason: str = ""
    timeline_confirmed: bool | None = None
    authority_confirmed: bool | None = None
    last_activity_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    next_meeting_at: datetime | None = Field(default=None, sa_type=UTCDateTime)


class DealField(StrEnum):
    """Fields of a deal without a date of their own, whose history is kept."""

    AMOUNT = "amount"
    EXPECTED_CLOSE = "expected_close"
    TIMELINE_CONFIRMED = "timeline_confirmed"
    AUTHORITY_CONFIRMED = "authority_confirmed"
    LAST_ACTIVITY_AT = "last_activity_at"
    NEXT_MEETING_AT = "next_meeting_at"


class DealChange(Row, table=True):
    """One change of such a field; before the first entry its `old` stands."""

    __tablename__ = "deal_change"
    __table_args__ = (
        refers("deal_id", "deal"),
        sa.Index("ix_deal_change_deal", "workspace_id", "deal_id", "field", "changed_at"),
    )

    deal_id: int
    field: DealField = Field(sa_type=one_of(DealField))
    old: str | None = None
    new: str | None = None
    changed_at: datetime = Field(sa_type=UTCDateTime)


class AccountValue(Row, table=True):
    """The recurring value of an account from a day until its next entry; 0 = no longer held."""

    __tablename__ = "account_value"
    __table_args__ = (
        refers("am_id", "person"),
        unique("account_key", "as_of"),
        check("value", "value >= 0"),
        sa.Index("ix_account_value_am", "workspace_id", "am_id", "account_key", "as_of"),
    )

    account_key: str
    am_id: int
    as_of: date
    value: Decimal = Field(sa_type=Money)
    currency: str = ""
