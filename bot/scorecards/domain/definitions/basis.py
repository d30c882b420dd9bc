"""What a metric's estimate is drawn from: which kind of chance stands between a rep's skill and the figure."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from bot.scorecards.domain.tally import Tally


@dataclass(frozen=True, slots=True)
class ShareOf:
    """Successes among trials: the figure's numerator and denominator."""


@dataclass(frozen=True, slots=True)
class CountOver:
    """A count over a stretch of time: the figure's numerator and denominator."""


@dataclass(frozen=True, slots=True)
class CostOf:
    """A cost that is the same whatever comes of it, over a count of results: the figure's denominator."""


@dataclass(frozen=True, slots=True)
class MeanOf:
    """The mean of single items; `items` gives (value, weight) of each, weights above 0."""

    items: Callable[[Tally], Iterable[tuple[float, float]]]


@dataclass(frozen=True, slots=True)
class SumOf:
    """A sum of lumps that come by chance; `squares` is the sum of their squares, in the figure's unit squared."""

    squares: Callable[[Tally], float]


@dataclass(frozen=True, slots=True)
class Told:
    """A fact that stands for itself: nothing is estimated from it, and nobody is compared by it."""


Basis = ShareOf | CountOver | CostOf | MeanOf | SumOf | Told
