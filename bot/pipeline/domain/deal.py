"""What an AE writes down about a deal and an AM about an account, what must be mended before it is kept, and what
became of a lead.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from bot.calendar.wallclock import end_of_day, local_date
from bot.core.currencies import is_currency
from bot.core.enums import DealStatus, Pinned

MAX_NAME = 150
"""Characters of a company or an account."""
MAX_REASON = 3_000
MOST = Decimal(10) ** 12
_CENT_OF_A_CENT = Decimal("0.0001")


@dataclass(frozen=True, slots=True)
class DealDraft:
    """A deal as it stands in its form: days by the AE's wall. A tick says yes; without one a blank stays blank."""

    company: str = ""
    amount: Decimal | None = None
    currency: str = ""
    opened_on: date | None = None
    expected_close: date | None = None
    timeline_confirmed: bool = False
    authority_confirmed: bool = False
    next_meeting_at: datetime | None = None
    status: DealStatus = DealStatus.OPEN
    closed_on: date | None = None
    loss_reason: str = ""
    competitor: str = ""
    lost_stage: str = ""
    pinned_by: str = ""
    """Who decides and by when, in a line."""

    @property
    def is_closed(self) -> bool:
        return self.status is not DealStatus.OPEN


@dataclass(frozen=True, slots=True)
class Confirmed:
    """Who confirmed the deal's timeline, or its authority, last, when, and in which words, if any."""

    what: Pinned
    by: str
    said_at: datetime
    words: str = ""


@dataclass(frozen=True, slots=True)
class OpenDeal:
    """A deal as one picks it from a list."""

    id: int
    company: str
    amount: Decimal | None
    currency: str


@dataclass(frozen=True, slots=True)
class AcceptedLead:
    """A lead that the AE accepted and that no deal came of yet."""

    id: int
    company: str
    contact: str


@dataclass(frozen=True, slots=True)
class Account:
    """An account that an AM holds, with its latest value; `id` is that value's."""

    id: int
    name: str
    value: Decimal
    currency: str
    as_of: date


@dataclass(frozen=True, slots=True)
class ValueDraft:
    """What an account is worth from a day on; 0: no longer held."""

    value: Decimal
    currency: str
    as_of: date


def check(draft: DealDraft, *, today: date) -> dict[str, str]:
    """What must be mended before the deal can be kept: a sentence per field."""
    return dict(_complaints(draft, today))


def check_value(draft: ValueDraft) -> dict[str, str]:
    errors = {"value": bad_amount(draft.value), "currency": bad_currency(draft.currency)}
    return {field: sentence for field, sentence in errors.items() if sentence}


def bad_amount(amount: Decimal) -> str | None:
    if amount < 0:
        return "An amount is 0 or more. A deal that costs us money is best told as a loss."
    return "That is more than I can keep. Is it in the right currency?" if amount > MOST else None


def amount_of(text: str) -> Decimal | None:
    """What a number field of Slack holds; None for what is no number."""
    if not re.fullmatch(r"-?\d{1,20}(\.\d{1,20})?", text, re.ASCII):
        return None
    return Decimal(text).quantize(_CENT_OF_A_CENT)


def moment_of(day: date, *, zone: ZoneInfo, now: datetime) -> datetime:
    """When something of this day was so: at its end, and of today by now."""
    return now if day == local_date(now, zone) else end_of_day(day, zone)


def _complaints(draft: DealDraft, today: date) -> Iterator[tuple[str, str]]:
    if sentence := _bad_company(draft.company):
        yield "company", sentence
    if draft.amount is not None and (sentence := bad_amount(draft.amount)):
        yield "amount", sentence
    if draft.amount is not None and (sentence := bad_currency(draft.currency)):
        yield "currency", sentence
    if draft.opened_on is not None and draft.opened_on > today:
        yield "opened_on", "A deal cannot have been opened after today."
    if sentence := _bad_closing(draft, today):
        yield "closed_on", sentence
    if sentence := _bad_loss(draft):
        yield "loss_reason", sentence


def _bad_company(name: str) -> str | None:
    if not name:
        return "Please name the company."
    return f"Please keep the name to {MAX_NAME} characters." if len(name) > MAX_NAME else None


def _bad_loss(draft: DealDraft) -> str | None:
    if draft.status is DealStatus.LOST and not draft.loss_reason:
        return "Please say why it was lost: one line is enough."
    too_long = len(draft.loss_reason) > MAX_REASON
    return f"Please keep it to {MAX_REASON:,} characters." if too_long else None


def _bad_closing(draft: DealDraft, today: date) -> str | None:
    if not draft.is_closed:
        return "It is still open. Was it won or lost on that day?" if draft.closed_on else None
    if draft.closed_on is None:
        return "Please say on which day it was won or lost."
    if draft.closed_on > today:
        return "A deal cannot have been closed after today."
    if draft.opened_on is not None and draft.closed_on < draft.opened_on:
        return "A deal cannot be closed before it was opened."
    return None


def bad_currency(code: str) -> str | None:
    if is_currency(code):
        return None
    return "Please give the currency's code of three letters, such as USD."


@dataclass(frozen=True, slots=True)
class LeadNews:
    """`ae` works on its deal; `reason` is why it was lost, as they wrote it."""

    ae: str
    contact: str
    company: str
    status: DealStatus
    amount: Decimal | None
    currency: str
    reason: str
