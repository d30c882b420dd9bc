"""The place in a quarter: where a company closes by the calendar, the age of its deals does not say it all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from bot.pipeline.domain.win_curves import Curves, Floats

LOOKS = 28
"""Days between two looks at the open deals of the year."""
FEWEST_LOOKS = 3
FEWEST_EXPECTED = 5
"""Wins that the ages let expect, below which an earlier quarter tells nothing of its place."""
FARTHEST = 3.0
"""On the log scale: a twentieth, and twenty times what ages let expect."""
QUARTER = 91
"""Days from one place of a quarter to the same of the next."""


@dataclass(frozen=True, slots=True)
class Look:
    """The deals open on one day of the year: how many were won in as many days as are left now, how many their ages
    let expect, and the variance that chance alone gives. `same_place`: as long before the end of an earlier quarter.
    """

    won: int
    expected: float
    variance: float
    same_place: bool = False


def look(curve: Curves, ages: Mapping[int, int], won: int, days: int, *, same_place: bool = False) -> Look:
    """What became of so many open deals by age, beside what their ages let expect."""
    chances = [(float(curve.within(age, days)[0]), many) for age, many in ages.items()]
    return Look(
        won,
        sum(chance * many for chance, many in chances),
        sum(chance * (1 - chance) * many for chance, many in chances),
        same_place,
    )


def season(looks: Sequence[Look], days: int, rng: np.random.Generator, draws: int) -> Floats:
    """By how much more or less is won at this place of a quarter than ages say, by draw.

    Companies close by the calendar, and some far more than others. Where the year's looks went no further apart than
    chance makes them, ages say it all. Where they did, the same place of earlier quarters tells: the factor is drawn
    on the log scale around their mean, as far from it as they lie from each other, with the year's spread counted as
    one more of them (Student's t: one to three quarters know their own spread badly).
    """
    spread = _spread([one for one in looks if not one.same_place], days)
    if not spread:
        return np.ones(draws)
    same = [one for one in looks if one.same_place and one.expected >= FEWEST_EXPECTED]
    if not same:
        return _factor(rng.normal(-spread / 2, spread**0.5, draws))
    factors = np.log([(one.won + 0.5) / (one.expected + 0.5) for one in same])
    weights = np.array([one.expected for one in same])
    middle = float(np.average(factors, weights=weights))
    apart = float(np.average((factors - middle) ** 2, weights=weights)) * len(same)
    many = len(same)
    scale = ((spread + apart) / many * (1 + 1 / many)) ** 0.5
    return _factor(middle + scale * rng.standard_t(many, draws))


def _factor(logarithm: Floats) -> Floats:
    factor: Floats = np.exp(np.clip(logarithm, -FARTHEST, FARTHEST))
    return factor


def _spread(looks: Sequence[Look], days: int) -> float:
    """The variance of the factor between looks, beyond chance; 0 where chance may have made all of it.

    Looks four weeks apart that see further than that overlap: of so many only the year's share is one's own.
    """
    seen = [one for one in looks if one.variance > 0]
    if len(seen) < FEWEST_LOOKS:
        return 0.0
    own = max(len(seen) * LOOKS / max(LOOKS, days), 1.0)
    apart = sum((one.won - one.expected) ** 2 / one.variance for one in seen) / len(seen)
    if apart <= 1 + 2 * (2 / own) ** 0.5:
        return 0.0
    return (apart - 1) * sum(one.variance for one in seen) / sum(one.expected**2 for one in seen)
