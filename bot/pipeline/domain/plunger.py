"""Deals that are stuck, with their names: what can be done about each, and when its next move is asked about."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from bot.pipeline.domain.stuck import StuckReason

ASKED_FROM = 2
"""The move of an expected close from which on it is asked what changed: the first may happen to anybody."""


@dataclass(frozen=True, slots=True)
class Clog:
    """`days` since it was opened; `worth` is the amount in the workspace's currency, None where that is unknown.

    `left_until`: its AE reads again of it from that day on.
    """

    deal_id: int
    owner: str
    company: str
    amount: Decimal | None
    currency: str
    worth: Decimal | None
    days: int
    expected_close: date | None
    reasons: tuple[StuckReason, ...]
    left_until: date | None = None


@dataclass(frozen=True, slots=True)
class Moved:
    """A deal whose expected close has moved for the `times`th time, and nobody has said why."""

    deal_id: int
    company: str
    times: int
    expected_close: date | None


def by_sum(clogs: Iterable[Clog]) -> list[Clog]:
    """The largest first; those without an amount last, the oldest of them first."""
    return sorted(clogs, key=lambda one: (one.worth is None, -(one.worth or 0), -one.days, one.deal_id))


def next_monday(day: date) -> date:
    return day + timedelta(days=7 - day.weekday())
