"""What open deals will still bring: by how deals of the last year went at their age (`win_curves`) and at this place
in a quarter.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from bot.pipeline.domain.win_curves import Course, Curves, Floats, curves, hazards

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


FEWEST_CLOSED = 30
"""Closed deals of the year below which nothing is forecast."""
FEWEST_KNOWN = 20
"""Deals found stuck in the year, and followed as far as the forecast looks, from which stuck ones have a share of
their own; and won deals with an amount from which one may be drawn for a deal without."""
DRAWS = 2000
INTERVAL = (0.10, 0.90)


class Unforeseen(StrEnum):
    """Why there is no forecast."""

    FEW_CLOSED = "few_closed"
    SEVERAL_CURRENCIES = "several_currencies"
    AMOUNTS_UNKNOWN = "amounts_unknown"
    NOT_RUNNING = "not_running"
    NO_DEALS = "no_deals"
    """Nobody is asked about who has deals of their own: an SDR's leads and an AM's accounts are not forecast."""


@dataclass(frozen=True, slots=True)
class OpenDeal:
    """`age` in days, None where nobody knows when it was opened; `amount` None where nobody wrote one down."""

    id: int
    age: int | None
    amount: float | None
    is_stuck: bool = False


@dataclass(frozen=True, slots=True)
class Followed:
    """Deals found in one state within the year: how many, how many were won in as many days as are left, and how many
    their ages alone would have let expect. A deal found at several looks counts once, by the mean of them."""

    deals: int = 0
    won: float = 0.0
    expected: float = 0.0


@dataclass(frozen=True, slots=True)
class Past:
    """What a year tells: `amounts` are those of its won deals; `stuck` and `moving` by how open deals were found;
    `looks` lie four weeks apart, and besides there are those at the same place of earlier quarters."""

    courses: tuple[Course, ...]
    amounts: tuple[float, ...] = ()
    stuck: Followed = Followed()
    moving: Followed = Followed()
    looks: tuple[Look, ...] = ()

    @property
    def closed(self) -> int:
        return sum(course.won is not None for course in self.courses)


@dataclass(frozen=True, slots=True)
class Forecast:
    """What is won, and with what the open deals may still bring: the middle of the draws and their 80% interval.

    `open` deals of which `unknown` have no amount; where one could be told from the year's won deals it was drawn.
    """

    won: float
    open: int
    unknown: int
    expected: float | None = None
    interval: tuple[float, float] | None = None
    why: Unforeseen | None = None


def forecast(
    past: Past, deals: Sequence[OpenDeal], *, won: float, days: int, seed: int, draws: int = DRAWS
) -> Forecast:
    """What is `won` and what `deals` will bring in the `days` left.

    Each deal is drawn by its own id, so that one more deal leaves what the others bring as it was.
    """
    unknown = sum(deal.amount is None for deal in deals)
    if why := _unforeseen(past, deals):
        return Forecast(won, len(deals), unknown, why=why)
    rng = np.random.default_rng([seed, 0])
    counted = hazards(past.courses)
    chances = curves(*counted.drawn(rng, draws))
    calendar = season(past.looks, days, rng, draws)
    stuck, moving = (calendar * factor for factor in _factors(past, rng, draws))
    ageless = chances.of_any_age(days, counted.watched) if any(one.age is None for one in deals) else None
    total = np.full(draws, won, dtype=np.float64)
    for deal in deals:
        chance = chances.within(deal.age, days) if deal.age is not None else ageless
        if chance is not None:
            total += _brought(deal, chance * (stuck if deal.is_stuck else moving), past.amounts, seed, draws)
    low, middle, high = (float(one) for one in np.quantile(total, (INTERVAL[0], 0.5, INTERVAL[1])))
    return Forecast(won, len(deals), unknown, middle, (low, high))


def _unforeseen(past: Past, deals: Sequence[OpenDeal]) -> Unforeseen | None:
    if past.closed < FEWEST_CLOSED:
        return Unforeseen.FEW_CLOSED
    if any(deal.amount is None for deal in deals) and len(past.amounts) < FEWEST_KNOWN:
        return Unforeseen.AMOUNTS_UNKNOWN
    return None


def _brought(deal: OpenDeal, chance: Floats, amounts: Sequence[float], seed: int, draws: int) -> Floats:
    """By draw: its amount where it is won, one of the year's where it has none of its own."""
    rng = np.random.default_rng([seed, deal.id + 1])
    is_won = rng.random(draws) < np.clip(chance, 0, 1)
    amount = rng.choice(np.asarray(amounts), draws) if deal.amount is None else deal.amount
    return np.where(is_won, amount, 0.0)


def _factors(past: Past, rng: np.random.Generator, draws: int) -> tuple[Floats, Floats]:
    """By how much stuck deals fall short of what their age says, and the others go beyond it, by draw.

    One where too few stuck ones are known. A stuck deal's is never above the others'.
    """
    if past.stuck.deals < FEWEST_KNOWN or not past.stuck.expected:
        return np.ones(draws), np.ones(draws)
    stuck, moving = (
        rng.gamma(one.won + 0.5, 1 / (one.expected + 0.5), draws) if one.deals else np.ones(draws)
        for one in (past.stuck, past.moving)
    )
    return np.minimum(stuck, np.minimum(moving, 1)), moving
