"""What coaching moved and what it cost in one unit: a win rate becomes wins a quarter, wins become money."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.coaching.domain.observations import FEWEST_WEEKS, MOST_WEEKS, Observation
from bot.core.enums import Metric

FEWEST_DEALS = 5
"""Won deals with an amount before their mean is told: that of a few tells one of them."""
_NORMAL = 1.959964
"""How many standard errors hold 95%."""

Interval = tuple[float, float]


class Unpriced(StrEnum):
    """Why there is no money: METRIC: nothing is won by it alone. DEALS: too few wins have an amount. CURRENCIES: they

    are in several, and nobody gave a rate.
    """

    METRIC = "metric"
    DEALS = "deals"
    CURRENCIES = "currencies"


@dataclass(frozen=True, slots=True)
class AverageDeal:
    """The mean amount of won deals; `error` is its standard error."""

    mean: float
    error: float
    currency: str


@dataclass(frozen=True, slots=True)
class Worth:
    """More wins a quarter of the learners compared, and their money; intervals hold it with 95% certainty.

    What is None cannot be told, and `unpriced` says why.
    """

    wins: float | None = None
    wins_interval: Interval | None = None
    money: float | None = None
    money_interval: Interval | None = None
    currency: str = ""
    unpriced: Unpriced | None = None


def closed_a_quarter(observations: Iterable[Observation]) -> float:
    """What the learners close in 13 weeks, by what they closed since they began."""
    return sum(
        one.trials[1] * MOST_WEEKS / one.weeks_after
        for one in observations
        if one.coached and one.trials and one.weeks_after >= FEWEST_WEEKS
    )


def average(amounts: Sequence[float], currency: str) -> AverageDeal | None:
    """None of too few."""
    n = len(amounts)
    if n < FEWEST_DEALS:
        return None
    mean = sum(amounts) / n
    spread = sum((one - mean) ** 2 for one in amounts) / (n - 1)
    return AverageDeal(mean, math.sqrt(spread / n), currency)


def worth(
    metric: Metric, difference: float, interval: Interval, closed: float, deal: AverageDeal | Unpriced
) -> Worth:
    """`closed` deals a quarter, of which `difference` more are won.

    Money has the uncertainty of both: of how many wins, and of what a win is worth.
    """
    if metric is not Metric.WIN_RATE or not closed:
        return Worth(unpriced=Unpriced.METRIC)
    wins, low, high = (one * closed for one in (difference, *interval))
    if isinstance(deal, Unpriced):
        return Worth(wins, (low, high), unpriced=deal)
    error = (high - low) / 2 / _NORMAL
    margin = _NORMAL * math.sqrt(
        (deal.mean * error) ** 2 + (wins * deal.error) ** 2 + (error * deal.error) ** 2
    )
    money = wins * deal.mean
    return Worth(wins, (low, high), money, (money - margin, money + margin), deal.currency)
