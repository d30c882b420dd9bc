"""Where a lead stands, as either of its two people finds it in a list."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.core.enums import DealStatus, Decision


class Standing(StrEnum):
    WAITING = "waiting"
    REJECTED = "rejected"
    ACCEPTED = "accepted"
    DEAL = "deal"
    WON = "won"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class ListedLead:
    """`other` is on its other end; `reason` is why it was rejected, or why its deal was lost."""

    id: int
    other: str
    company: str
    contact: str
    passed_at: datetime
    standing: Standing
    reason: str = ""


@dataclass(frozen=True, slots=True)
class OwnLeads:
    """Of one person, the latest first."""

    passed: tuple[ListedLead, ...]
    received: tuple[ListedLead, ...]


def standing_of(decision: Decision | None, deal: DealStatus | None) -> Standing:
    """A deal outdoes the decision: what came of the lead is known then."""
    if deal is not None:
        return {
            DealStatus.OPEN: Standing.DEAL,
            DealStatus.WON: Standing.WON,
            DealStatus.LOST: Standing.LOST,
        }[deal]
    if decision is None:
        return Standing.WAITING
    return Standing.ACCEPTED if decision is Decision.ACCEPTED else Standing.REJECTED
