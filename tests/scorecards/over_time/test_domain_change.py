"""A change is told where chance alone would hardly have made it, and nowhere else."""

import numpy as np
import pytest

from bot.scorecards.domain.change import Moved, moved
from bot.scorecards.domain.inference.samples import Counts, Means, Outlays, Rates
from bot.scorecards.domain.inference.shrinkage import Sample
from bot.scorecards.domain.inference.special import Floats
from bot.scorecards.domain.inference.totals import Days, Totals

DICE = np.random.default_rng(11)
TRIED, MOST = 1500, 0.125
"""One figure in ten moves by chance, as is told, and three standard errors of so many trials."""


def one(value: float) -> Floats:
    return np.array([value], dtype=np.float64)


def rate(won: float, of: float) -> Rates:
    return Rates(one(won), one(of))


def count(events: float, months: float = 3) -> Counts:
    return Counts(one(events), one(months))


def mean(items: Floats) -> Means:
    squares = float(((items - items.mean()) ** 2).sum())
    return Means(one(float(items.mean())), one(len(items)), one(squares), one(len(items) - 1))


def total(lumps: Floats, days: int = 91) -> Totals:
    squares = float((lumps**2).sum())
    return Totals(Days(one(float(lumps.sum()) / days), one(days), one(squares), one(days)), one(days))


def same(kind: str) -> Sample:
    """What a rep who never changes shows in a window."""
    match kind:
        case "few deals":
            return rate(DICE.binomial(6, 0.3), 6)
        case "deals":
            return rate(DICE.binomial(60, 0.3), 60)
        case "leads":
            return count(DICE.poisson(55))
        case "costs":
            return Outlays(count(DICE.poisson(20)), 564)
        case "days to win":
            return mean(DICE.lognormal(3, 0.6, 18))
        case _:
            return total(DICE.choice([15.0, 30.0, 45.0], DICE.poisson(6)))


@pytest.mark.parametrize(
    "kind", ["few deals", "deals", "leads", "costs", "days to win", "minutes of coaching"]
)
def test_who_stays_the_same_is_seldom_told_to_have_moved(kind: str) -> None:
    told = sum(moved(same(kind), same(kind)) is not Moved.CANNOT_TELL for _ in range(TRIED))

    assert told / TRIED < MOST


@pytest.mark.parametrize(
    ("now", "then", "expected"),
    [
        (rate(45, 64), rate(42, 57), Moved.CANNOT_TELL),
        (rate(45, 64), rate(24, 57), Moved.UP),
        (rate(24, 57), rate(45, 64), Moved.DOWN),
        (rate(2, 2), rate(0, 2), Moved.CANNOT_TELL),
        (rate(6, 6), rate(0, 6), Moved.UP),
        (count(20), count(16), Moved.CANNOT_TELL),
        (count(40), count(16), Moved.UP),
        (count(20, months=1), count(20, months=3), Moved.UP),
        (Outlays(count(40), 564), Outlays(count(16), 564), Moved.DOWN),
        (mean(np.array([9.0, 9.0, 9.0])), mean(np.array([9.0, 9.0, 9.0])), Moved.CANNOT_TELL),
        (mean(np.arange(20.0, 30)), mean(np.arange(40.0, 50)), Moved.DOWN),
        (mean(np.array([90.0])), mean(np.array([5.0])), Moved.CANNOT_TELL),
        (total(np.full(3, 30.0)), total(np.array([])), Moved.CANNOT_TELL),
        (total(np.full(9, 30.0)), total(np.full(2, 30.0)), Moved.UP),
        (rate(0, 0), rate(3, 5), Moved.CANNOT_TELL),
    ],
)
def test_a_change_is_told_where_chance_would_hardly_make_it(
    now: Sample, then: Sample, expected: Moved
) -> None:
    assert moved(now, then) is expected
