"""The sheets of leads, deals and accounts, one line each."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from bot.domain.pipeline import StuckReason
from bot.domain.workbook.formulas import stored
from bot.domain.workbook.sheets import Cell, Colours, Column, Row, Sheet, Style, records_sheet
from bot.words import DealStatus, Decision

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


def handoffs(records: Iterable[HandoffRecord]) -> Sheet:
    columns = (
        Column("SDR", width=22),
        Column("AE", width=22),
        Column("Company", width=22),
        Column("Contact", width=20),
        Column("Passed", Style.MOMENT, 17),
        Column("Decision", width=11),
        Column("Decided", Style.MOMENT, 17),
        Column("Reason", Style.LONG, 50),
        Column("Criteria met", width=10),
        Column("Qualified", width=10),
        Column("Teaches", width=10),
    )
    note = "One line per lead that an SDR passed to an AE. No decision: it waits for the AE."
    return records_sheet("Handoffs", "Leads passed and decided", note, columns, map(_handoff, records))


def _handoff(record: HandoffRecord) -> Row:
    qualified = None if record.decision is None else record.is_qualified
    teaches = None if record.decision is None else record.teaches
    return (*record[:9], qualified, teaches)


def deals(records: Iterable[DealRecord]) -> Sheet:
    columns = (
        Column("Deal", width=16),
        Column("Company", width=22),
        Column("AE", width=22),
        Column("Team", width=16),
        Column("Status", width=9),
        Column("Amount", Style.MONEY, 14),
        Column("Currency", width=9),
        Column("Opened", Style.DAY, 12),
        Column("Open since", Style.DAY, 12),
        Column("Closed", Style.DAY, 12),
        Column("Days to win", Style.WHOLE, 8),
        Column("Expected close", Style.DAY, 12),
        Column("Timeline confirmed", width=10),
        Column("Authority confirmed", width=10),
        Column("Last activity", Style.DAY, 12),
        Column("Next meeting", Style.MOMENT, 17),
        Column("Stuck because", Style.LONG, 40, Colours.SOMETHING),
        Column("Slipped", width=9),
        Column("Loss reason", Style.LONG, 28),
        Column("Accepted lead", width=10),
    )
    note = (
        "Every deal open at any moment of the period, as it stood at the period's end. Open since: the opening, or the "
        "day the deal was first imported where nobody knows it."
    )
    return records_sheet(
        "Deals", "Deals, and why some are stuck", note, columns, map(_deal, records), frozen=2
    )


def _deal(record: DealRecord) -> Row:
    return (
        *record[:16],
        "; ".join(STUCK[reason] for reason in record.stuck) or None,
        *record[17:],
    )


def accounts(records: Iterable[AccountRecord]) -> Sheet:
    columns = (
        Column("AM", width=22),
        Column("Account", width=28),
        Column("Currency", width=9),
        Column("First value", Style.MONEY, 14),
        Column("Value at start", Style.MONEY, 14),
        Column("Value at end", Style.MONEY, 14),
        Column("Change", Style.MONEY, 14, Colours.SIGN),
        Column("Grew", width=8),
    )
    note = (
        "First value: what the account was worth when this AM took it over. A value at the end of 0: no longer held. "
        "Several currencies of one AM are converted where their rates are known; else each account keeps its own."
    )
    return records_sheet(
        "Accounts", "Accounts and what they are worth", note, columns, map(_account, records)
    )


def _account(record: AccountRecord) -> Row:
    change = stored("[@[Value at end]]-[@[First value]]", "Accounts")
    grew = None if record.start is None else record.end > record.start
    return (*record, Cell(record.end - record.first, formula=change), grew)
