"""Did the coaching work: coached reps after against before, beside reps of their role who were not coached."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from bot.coaching.domain.observations import FEWEST_WEEKS, Observation
from bot.coaching.domain.worth import Worth
from bot.core.enums import Metric
from bot.scorecards.domain.definitions import DEFINITIONS, Good
from bot.scorecards.domain.inference.special import Floats, t_quantile

FEWEST_REPS = 5
CERTAINTY = 0.95
_LEAST_CHANCE, _NO_SPREAD = 1e-4, 1e-9


class Lack(StrEnum):
    """What there is too little of.

    OVERLAP: the coached and the others were so far apart that nothing compares them. SPREAD: all showed the very same,
    so nothing tells how much chance there is.
    """

    COACHED = "coached"
    UNCOACHED = "uncoached"
    WEEKS = "weeks"
    OVERLAP = "overlap"
    SPREAD = "spread"


class Design(StrEnum):
    """Who the learners were: CHOSEN by their figures or by somebody, or drawn by LOT from those who then waited."""

    LOT = "lot"
    CHOSEN = "chosen"


@dataclass(frozen=True, slots=True)
class Missing:
    lack: Lack
    have: int
    need: int


@dataclass(frozen=True, slots=True)
class Effect:
    """What coaching added to a metric, in the metric's own unit, positive being better.

    `learners` and `comparison` count the reps compared; `interval` holds the difference with 95% certainty. Both are
    None unless there is enough data, and `missing` says what lacks. `cost` is that of the coaching, as given; `worth`
    what the difference comes to in wins and money, where it can be told.
    """

    metric: Metric
    learners: int
    comparison: int
    difference: float | None
    interval: tuple[float, float] | None
    missing: tuple[Missing, ...]
    cost: float | None
    design: Design = Design.CHOSEN
    worth: Worth | None = None

    @property
    def enough(self) -> bool:
        return not self.missing


def effect(
    metric: Metric,
    observations: Iterable[Observation],
    *,
    cost: float | None = None,
    design: Design = Design.CHOSEN,
) -> Effect:
    """The coefficient of coached in a regression of after on before and coached.

    Least squares with HC3 standard errors (MacKinnon and White 1985) and a t interval. Where all figures have their
    trials, a value before counts as far as it can be believed, and a rep as much as their figures rest on.
    """
    given = list(observations)
    ready = [one for one in given if one.weeks_after >= FEWEST_WEEKS]
    coached = sum(one.coached for one in ready)
    others = len(ready) - coached
    missing = _missing(given, coached, others)
    told = None if missing else _coefficient(ready)
    if told is None:
        lacking = missing or (Missing(Lack.OVERLAP, 0, 1),)
        return Effect(metric, coached, others, None, None, lacking, cost, design)
    if told[1] <= _NO_SPREAD:
        return Effect(metric, coached, others, None, None, (Missing(Lack.SPREAD, 0, 1),), cost, design)
    sign = -1 if DEFINITIONS[metric].direction is Good.DOWN else 1
    difference, margin = sign * told[0], told[1]
    interval = difference - margin, difference + margin
    return Effect(metric, coached, others, difference, interval, (), cost, design)


def _missing(given: Collection[Observation], coached: int, others: int) -> tuple[Missing, ...]:
    early = [one.weeks_after for one in given if one.weeks_after < FEWEST_WEEKS]
    lacks = (
        (coached < FEWEST_REPS, Missing(Lack.COACHED, coached, FEWEST_REPS)),
        (others < FEWEST_REPS, Missing(Lack.UNCOACHED, others, FEWEST_REPS)),
        (
            bool(early) and min(coached, others) < FEWEST_REPS,
            Missing(Lack.WEEKS, max(early, default=0), FEWEST_WEEKS),
        ),
    )
    return tuple(missing for there, missing in lacks if there)


def _coefficient(observations: Sequence[Observation]) -> tuple[float, float] | None:
    """The coefficient of coached and half the width of its interval; None where before tells all about coached."""
    after = np.array([one.after for one in observations])
    before, weight, _noise = weighed(observations)
    coached = np.array([one.coached for one in observations], dtype=np.float64)
    design = np.column_stack([np.ones_like(after), before - before.mean(), coached])
    rank = int(np.linalg.matrix_rank(design))
    if rank == np.linalg.matrix_rank(design[:, :2]):
        return None
    root = np.sqrt(weight)
    design, after = design * root[:, None], after * root
    inverse: Floats = np.linalg.pinv(design)
    residuals = after - design @ (inverse @ after)
    leverage = np.einsum("ij,ji->i", design, inverse)
    scaled = residuals / np.maximum(1 - leverage, 1e-9)
    error = float(np.sqrt(((inverse[2] * scaled) ** 2).sum()))
    return float(inverse[2] @ after), error * t_quantile((1 + CERTAINTY) / 2, len(after) - rank)


def weighed(observations: Sequence[Observation]) -> tuple[Floats, Floats, float]:
    """The values before, each drawn to their mean by how little it rests on; what each rep weighs; and the variance

    that chance alone gives a value after of weight 1, 0 where the figures have no trials to tell it by.

    A low figure on few trials is low by chance more often than one on many: one slope for both would take too little
    of the first one's recovery for chance. Where all rest on the same, hardly anything changes.
    """
    before = np.array([one.before for one in observations])
    trials = [one.trials for one in observations if one.trials and min(one.trials) > 0]
    if len(trials) < len(observations):
        return before, np.ones_like(before), 0.0
    ahead, behind = np.array(trials, dtype=np.float64).T
    pooled = float(np.average(before, weights=ahead))
    chance = _chance(np.full_like(before, pooled))
    spread = _between(before, ahead, pooled, float(chance[0]))
    believed, trust = _drawn_in(before, ahead, spread, chance)
    believed, trust = _drawn_in(before, ahead, spread, _chance(believed))  # a rare success varies less
    unknown = spread * (1 - trust) + _chance(believed) / behind
    return believed, unknown.mean() / unknown, float(unknown.mean())


def _drawn_in(before: Floats, trials: Floats, spread: float, chance: Floats) -> tuple[Floats, Floats]:
    """Each value as far as it can be believed, and how far that is."""
    noise = chance / trials
    middle = float(np.average(before, weights=1 / (spread + noise)))
    trust = spread / (spread + noise)
    return middle + trust * (before - middle), trust


def _chance(rates: Floats) -> Floats:
    """The variance of one trial at each rate."""
    return np.maximum(rates * (1 - rates), _LEAST_CHANCE)


def _between(before: Floats, trials: Floats, pooled: float, chance: float) -> float:
    """The variance of the reps' true rates, by moments; 0 where they differ no more than by chance."""
    total = trials.sum()
    excess = float((trials * (before - pooled) ** 2).sum()) - (len(before) - 1) * chance
    room = float(total - (trials**2).sum() / total)
    return max(excess / room, 0.0) if room > 0 else 0.0
