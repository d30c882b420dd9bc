"""How a figure is counted from a rep's tally.

Nothing measured is None, never 0; a rate keeps what it was divided from.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from bot.calendar.working_hours import Presence
from bot.core.enums import Metric, Role
from bot.pipeline.domain.portfolio import HeldAccount
from bot.scorecards.domain.tally import Tally


@dataclass(frozen=True, slots=True)
class Measure:
    """One figure of one rep in one period.

    `value` is a share, a count per month or day, minutes, days or money, as the metric's definition says; None where
    there is no data. It is `numerator ÷ denominator` where both are kept; a median keeps the number of its items as
    the denominator, a total keeps neither. `awaiting` counts what is still undecided, for metrics that wait.
    `currency` is that of an amount which has its own; blank: the workspace's. `missing` are the deals without an
    amount, and how many deals there are: what is not known is told as a share of them and never added as 0.
    """

    key: Metric
    value: float | None
    numerator: float | None = None
    denominator: float | None = None
    awaiting: int | None = None
    currency: str = ""
    missing: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Given:
    """What a figure is counted from; the tool cost is per rep and month."""

    role: Role
    tally: Tally
    presence: Presence
    monthly_tool_cost: Decimal


Count = Callable[[Metric, Given], Measure]
CountOfAccounts = Callable[[Metric, Iterable[HeldAccount]], Measure]


def ratio(key: Metric, numerator: float, denominator: float, *, awaiting: int | None = None) -> Measure:
    """No data where the denominator is 0."""
    value = numerator / denominator if denominator else None
    return Measure(key, value, numerator, denominator, awaiting)


def share(count: Callable[[Tally], int], of: Callable[[Tally], int]) -> Count:
    return lambda key, given: ratio(key, count(given.tally), of(given.tally))


def in_one_currency(of_accounts: CountOfAccounts) -> Count:
    """Nothing is added up across currencies."""

    def count(key: Metric, given: Given) -> Measure:
        tally = given.tally
        if tally.currencies.unrated:
            return Measure(key, None)
        used = {account.currency for account in tally.accounts}
        return replace(of_accounts(key, tally.accounts), currency=used.pop() if len(used) == 1 else "")

    return count


def results(role: Role, tally: Tally) -> int | None:
    """What the role is there for, counted: qualified leads, deals won, accounts grown; None for managers."""
    match role:
        case Role.SDR:
            return tally.qualified
        case Role.AE:
            return tally.won
        case Role.AM:
            return sum(account.end > account.start for account in tally.accounts if account.start is not None)
        case Role.MANAGER:
            return None
