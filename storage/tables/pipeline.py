"""Deals with their history, accounts with their values, rates of exchange, and pulls from a CRM."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field

from bot.core.enums import DealStatus, Pinned, SlipCause
from storage.tables.base import Row, check, found_by, owned, refers, unique
from storage.types import Money, TenDecimals, UTCDateTime, known_as, one_of


class Deal(Row, table=True):
    __tablename__ = "deal"
    __table_args__ = (
        owned(),
        refers("ae_id", "person"),
        refers("handoff_id", "handoff", weak=True),
        unique("deal_key"),
        found_by("deal", "handoff_id"),
        refers("closed_by_id", "person", weak=True),
        check("closing_is_dated", "(status = 'open') = (closed_at IS NULL)"),
        check("order", "closed_at IS NULL OR opened_at IS NULL OR closed_at >= opened_at"),
        sa.Index("ix_deal_ae_closed", "workspace_id", "ae_id", "closed_at"),
        sa.Index("ix_deal_ae_opened", "workspace_id", "ae_id", "opened_at"),
        found_by("deal", "closed_by_id"),
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
    competitor: str = Field(default="", sa_column_kwargs={"server_default": ""})
    """Whom it was lost to."""
    lost_stage: str = Field(default="", sa_column_kwargs={"server_default": ""})
    """Where in the sale it was lost."""
    timeline_confirmed: bool | None = None
    authority_confirmed: bool | None = None
    last_activity_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    next_meeting_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    owner_since: datetime | None = Field(default=None, sa_type=UTCDateTime)
    """Since when it is `ae_id`'s; None: from the beginning. Who had it before stands in its history."""
    closed_by_id: int | None = None
    """Who closed it, where it was given to `ae_id` after that; None: `ae_id` did, or it is open."""
    taken_back_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    """When a closing of it was last taken back or corrected; what was known before is a `PastClosing`."""
    left_until: date | None = None
    """The day on which its AE wants to read again that it is stuck; no figure knows of it."""


class LossReason(Row, table=True):
    """One of the reasons that a workspace offers its people; the program has its own list until there is any."""

    __tablename__ = "loss_reason"
    __table_args__ = (owned(), unique("label"))

    label: str
    topic: str = ""
    """The tag of debriefs it goes with, or blank."""
    position: int = 0
    added_at: datetime = Field(sa_type=UTCDateTime)
    retired_at: datetime | None = Field(default=None, sa_type=UTCDateTime)


class DealPinned(Row, table=True):
    """Who confirmed a deal's timeline, or its authority, last, when, and in which words."""

    __tablename__ = "deal_pinned"
    __table_args__ = (refers("deal_id", "deal"), refers("person_id", "person"), unique("deal_id", "what"))

    deal_id: int
    what: Pinned = Field(sa_type=known_as(Pinned))
    person_id: int
    words: str = ""
    """Who decides and by when, as they said it; blank where they did not."""
    said_at: datetime = Field(sa_type=UTCDateTime)


class DealField(StrEnum):
    """Fields of a deal without a date of their own, whose history is kept."""

    AE = "ae_id"
    AMOUNT = "amount"
    EXPECTED_CLOSE = "expected_close"
    TIMELINE_CONFIRMED = "timeline_confirmed"
    AUTHORITY_CONFIRMED = "authority_confirmed"
    LAST_ACTIVITY_AT = "last_activity_at"
    NEXT_MEETING_AT = "next_meeting_at"


_OWNER = sa.text("field = 'ae_id'")


class DealChange(Row, table=True):
    """One change of such a field; before the first entry its `old` stands."""

    __tablename__ = "deal_change"
    __table_args__ = (
        refers("deal_id", "deal"),
        sa.Index("ix_deal_change_deal", "workspace_id", "deal_id", "field", "changed_at"),
        sa.Index("ix_deal_change_owner", "workspace_id", "old", sqlite_where=_OWNER, postgresql_where=_OWNER),
    )

    deal_id: int
    field: DealField = Field(sa_type=one_of(DealField))
    old: str | None = None
    new: str | None = None
    changed_at: datetime = Field(sa_type=UTCDateTime)


class SlipReason(Row, table=True):
    """What its AE says has changed, of one move of a deal's expected close."""

    __tablename__ = "slip_reason"
    __table_args__ = (
        refers("deal_id", "deal"),
        unique("deal_id", "moved_at"),
    )

    deal_id: int
    moved_at: datetime = Field(sa_type=UTCDateTime)
    """When the move was written down."""
    cause: SlipCause = Field(sa_type=known_as(SlipCause))
    said_at: datetime = Field(sa_type=UTCDateTime)


class PastClosing(Row, table=True):
    """A closing that was taken back (the deal was reopened) or corrected later; until then it was known like this."""

    __tablename__ = "past_closing"
    __table_args__ = (
        refers("deal_id", "deal"),
        refers("ae_id", "person"),
        check("was_closed", "status <> 'open'"),
        sa.Index("ix_past_closing_deal", "workspace_id", "deal_id", "taken_back_at"),
        sa.Index("ix_past_closing_ae", "workspace_id", "ae_id", "closed_at"),
    )

    deal_id: int
    ae_id: int
    """Who closed it."""
    status: DealStatus = Field(sa_type=one_of(DealStatus))
    closed_at: datetime = Field(sa_type=UTCDateTime)
    taken_back_at: datetime = Field(sa_type=UTCDateTime)


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


class ExchangeRate(Row, table=True):
    """One unit of `currency` is worth `rate` units of `base`, from a day until the next entry."""

    __tablename__ = "exchange_rate"
    __table_args__ = (
        unique("currency", "base", "from_day"),
        check("rate", "rate > 0"),
        check("two_currencies", "currency <> base"),
    )

    currency: str
    base: str
    from_day: date
    rate: Decimal = Field(sa_type=TenDecimals)


_PULLED = "kind IN ('deals', 'accounts')"


class CrmPull(Row, table=True):
    """One kind of record of one CRM. `next_at` is the claim: who moves it on does the pull."""

    __tablename__ = "crm_pull"
    __table_args__ = (unique("crm", "kind"), check("kind", _PULLED))

    crm: str
    kind: str
    """An `ImportKind`: deals or accounts."""
    next_at: datetime = Field(sa_type=UTCDateTime)
    changed_until: datetime | None = Field(default=None, sa_type=UTCDateTime)
    """Everything that the CRM changed before has been read."""
    pulled_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    trouble: str = ""
    """Why the last pull broke off, in a sentence; blank: it did not."""


class CrmRefusal(Row, table=True):
    """A row that could not be taken in. It is tried again with every pull: what it lacks may have come meanwhile."""

    __tablename__ = "crm_refusal"
    __table_args__ = (unique("crm", "kind", "record_key"), check("kind", _PULLED))

    crm: str
    kind: str
    """An `ImportKind`: deals or accounts."""
    record_key: str
    cells: dict[str, Any] = Field(sa_type=sa.JSON)
    """By the CRM's own names."""
    reason: str
