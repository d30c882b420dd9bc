"""What became of a lead, for the SDR who passed it."""

from dataclasses import dataclass
from decimal import Decimal

from bot.core.enums import DealStatus


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
