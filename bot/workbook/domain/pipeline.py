"""The sheets of leads, deals and accounts, one line each."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from bot.core.enums import DealStatus, Decision
from bot.pipeline.domain.stuck import StuckReason
from bot.workbook.domain.sheets import Cell, Colours, Column, Plain, Sheet, Style, records_sheet, stored

STUCK = {
    StuckReason.PAST_CLOSE: "past its expected close",
    StuckReason.NO_TIMELINE_NO_AUTHORITY: "neither timeline nor authority confirmed",
    StuckReason.NO_ACTIVITY: "no activity and no meeting ahead",
}


class HandoffRecord(NamedTuple):
    sdr: str
    ae: str
    company: str
    contact: str
    passed_at: datetime
    decision: Decision | None
    decided_at: datetime | None
    reason: str
    criteria_met: bool | None
    teaches: bool

    @property
    def is_qualified(self) -> bool:
        return self.decision is Decision.ACCEPTED and self.criteria_met is not False


class DealRecord(NamedTuple):
    """A deal as it stood at the end of the period; `days_to_win` is None unless won with a known opening."""

    key: str
    company: str
    ae: str
    team: str
    status: DealStatus
    amount: Decimal | None
    currency: str
    opened_at: datetime | None
    open_since: datetime
    closed_at: datetime | None
    days_to_win: int | None
    expected_close: date | None
    timeline_confirmed: bool | None
    authority_confirmed: bool | None
    last_activity_at: datetime | None
    next_meeting_at: datetime | None
    stuck: tuple[StuckReason, ...]
    has_slipped: bool
    loss_reason: str
    from_accepted_lead: bool


class AccountRecord(NamedTuple):
    am: str
    account: str
    currency: str
    first: Decimal
    start: Decimal | None
    end: Decimal


def _decided(read: Callable[[HandoffRecord], Plain]) -> Callable[[HandoffRecord], Plain]:
    """What there is to tell of a lead once the AE has decided."""
    return lambda lead: None if lead.decision is None else read(lead)


_HANDOFFS: Sequence[Column[HandoffRecord]] = (
    Column("SDR", lambda lead: lead.sdr, width=22),
    Column("AE", lambda lead: lead.ae, width=22),
    Column("Company", lambda lead: lead.company, width=22),
    Column("Contact", lambda lead: lead.contact, width=20),
    Column("Passed", lambda lead: lead.passed_at, Style.MOMENT, 17),
    Column("Decision", lambda lead: lead.decision, width=11),
    Column("Decided", lambda lead: lead.decided_at, Style.MOMENT, 17),
    Column("Reason", lambda lead: lead.reason, Style.LONG, 50),
    Column("Criteria met", lambda lead: lead.criteria_met, width=10),
    Column("Qualified", _decided(lambda lead: lead.is_qualified), width=10),
    Column("Teaches", _decided(lambda lead: lead.teaches), width=10),
)


def handoffs(records: Iterable[HandoffRecord]) -> Sheet:
    note = "One line per lead that an SDR passed to an AE. No decision: it waits for the AE."
    return records_sheet("Handoffs", "Leads passed and decided", note, _HANDOFFS, records)


_DEALS: Sequence[Column[DealRecord]] = (
    Column("Deal", lambda deal: deal.key, width=16),
    Column("Company", lambda deal: deal.company, width=22),
    Column("AE", lambda deal: deal.ae, width=22),
    Column("Team", lambda deal: deal.team, width=16),
    Column("Status", lambda deal: deal.status, width=9),
    Column("Amount", lambda deal: deal.amount, Style.MONEY, 14),
    Column("Currency", lambda deal: deal.currency, width=9),
    Column("Opened", lambda deal: deal.opened_at, Style.DAY, 12),
    Column("Open since", lambda deal: deal.open_since, Style.DAY, 12),
    Column("Closed", lambda deal: deal.closed_at, Style.DAY, 12),
    Column("Days to win", lambda deal: deal.days_to_win, Style.WHOLE, 8),
    Column("Expected close", lambda deal: deal.expected_close, Style.DAY, 12),
    Column("Timeline confirmed", lambda deal: deal.timeline_confirmed, width=10),
    Column("Authority confirmed", lambda deal: deal.authority_confirmed, width=10),
    Column("Last activity", lambda deal: deal.last_activity_at, Style.DAY, 12),
    Column("Next meeting", lambda deal: deal.next_meeting_at, Style.MOMENT, 17),
    Column("Stuck because", lambda deal: stuck_because(deal.stuck), Style.LONG, 40, Colours.SOMETHING),
    Column("Slipped", lambda deal: deal.has_slipped, width=9),
    Column("Loss reason", lambda deal: deal.loss_reason, Style.LONG, 28),
    Column("Accepted lead", lambda deal: deal.from_accepted_lead, width=10),
)


def deals(records: Iterable[DealRecord]) -> Sheet:
    note = (
        "Every deal open at any moment of the period, as it stood at the period's end. Open since: the opening, or the "
        "day the deal was first imported where nobody knows it."
    )
    return records_sheet("Deals", "Deals, and why some are stuck", note, _DEALS, records, frozen=2)


def stuck_because(reasons: Iterable[StuckReason]) -> str | None:
    return "; ".join(STUCK[reason] for reason in reasons) or None


_ACCOUNTS: Sequence[Column[AccountRecord]] = (
    Column("AM", lambda one: one.am, width=22),
    Column("Account", lambda one: one.account, width=28),
    Column("Currency", lambda one: one.currency, width=9),
    Column("First value", lambda one: one.first, Style.MONEY, 14),
    Column("Value at start", lambda one: one.start, Style.MONEY, 14),
    Column("Value at end", lambda one: one.end, Style.MONEY, 14),
    Column("Change", lambda one: _change(one), Style.MONEY, 14, Colours.SIGN),
    Column("Grew", lambda one: None if one.start is None else one.end > one.start, width=8),
)


def accounts(records: Iterable[AccountRecord]) -> Sheet:
    note = (
        "First value: what the account was worth when this AM took it over. A value at the end of 0: no longer held. "
        "Several currencies of one AM are converted where their rates are known; else each account keeps its own."
    )
    return records_sheet("Accounts", "Accounts and what they are worth", note, _ACCOUNTS, records)


def _change(account: AccountRecord) -> Cell:
    formula = stored("[@[Value at end]]-[@[First value]]", "Accounts")
    return Cell(account.end - account.first, formula=formula)
