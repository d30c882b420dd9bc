"""What became of a learner's figure with a coach: before, since, and what it would have been without."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

import numpy as np

from bot.coaching.domain.cycles import Couple, PastPair
from bot.coaching.domain.effect import FEWEST_REPS, weighed
from bot.coaching.domain.matching import NOVELTY
from bot.coaching.domain.observations import FEWEST_WEEKS, MOST_WEEKS, TRIALS, Observation, Window
from bot.core.coaching_enums import Helped
from bot.core.enums import Metric, PairingStatus, Role
from bot.people.domain.someone import Someone
from bot.scorecards.domain.definitions import DEFINITIONS, Good
from bot.scorecards.domain.inference.special import Floats, t_below
from bot.scorecards.domain.verdict import CANNOT_TELL, NO_DATA, Judged, of_side

AFTER = (FEWEST_WEEKS, MOST_WEEKS)
"""Weeks from a pair's first one after which its result is told."""
_STARTED = (PairingStatus.ACCEPTED, PairingStatus.MET, PairingStatus.MISSED)
_NO_SPREAD = 1e-9
SLOPE_SPREAD = 0.5
"""How far from 1 the slope of after on what is believed before may well be: who is believed to be strong stays so, but
for what a quarter changes. Where the others tell more, they have the last word."""


@dataclass(frozen=True, slots=True)
class Run:
    """A couple's weeks on a metric without a longer break, from the Monday of the first; going on begins no new one."""

    couple: Couple
    began: date
    metric: Metric

    def due(self, weeks: int) -> date:
        """The Monday from which the result after so many weeks can be told."""
        return self.began + timedelta(weeks=weeks)

    def window(self, weeks: int) -> Window:
        """The 13 weeks before the pair's first week, and the weeks from that one on."""
        return Window((self.began - timedelta(weeks=MOST_WEEKS), self.began), (self.began, self.due(weeks)))


@dataclass(frozen=True, slots=True)
class Side:
    """A figure, and what it rests on where that is counted; without a value there is no data."""

    value: float | None
    of: float | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """`without` is what reps of the role who were not coached came to from the same start, over the same weeks.

    `others` counts these; `above` is the probability that the learner came further than that. Both None where too
    few of them, or too alike, tell nothing.
    """

    before: Side
    after: Side
    others: int = 0
    without: float | None = None
    above: float | None = None

    @property
    def judged(self) -> Judged:
        """Whether the learner came further than without a coach, by the rule of every other figure."""
        if self.before.value is None or self.after.value is None:
            return NO_DATA
        return CANNOT_TELL if self.above is None else of_side(self.above)


@dataclass(frozen=True, slots=True)
class PairTold:
    """A result with the two whose it is; `role` is what the others are, `helped` what the learner says did."""

    coach: Someone
    learner: Someone
    metric: Metric
    role: Role | None
    weeks: int
    result: Result
    helped: Helped | None


def runs(pairs: Iterable[PastPair]) -> list[Run]:
    """Of pairs in any order; who never began has none. A pair that comes back after its rest begins anew."""
    weeks: dict[Couple, list[PastPair]] = {}
    for pair in sorted(pairs, key=lambda one: one.week):
        if pair.status in _STARTED:
            weeks.setdefault((pair.coach, pair.learner), []).append(pair)
    return [
        Run(couple, first.week, first.metric)
        for couple, met in weeks.items()
        for first in (met[0], *(later for earlier, later in pairwise(met) if _is_new(earlier, later)))
    ]


def result(
    metric: Metric, before: Side, after: Side, learner: Observation | None, others: Sequence[Observation]
) -> Result:
    """`learner` is None where a side has no data; `others` are of the same weeks."""
    told = _beside(metric, learner, others) if learner else None
    if told is None:
        return Result(before, after, len(others))
    return Result(before, after, len(others), *told)


def _is_new(earlier: PastPair, later: PastPair) -> bool:
    return later.week - earlier.week > NOVELTY or later.metric is not earlier.metric


def _beside(
    metric: Metric, learner: Observation, others: Sequence[Observation]
) -> tuple[float, float] | None:
    """Where a line through the others has the learner, and the probability that the learner is on its better side.

    The line is that of the effect study: values before as far as they can be believed, each rep by what the figures
    rest on. The learner takes no part in it; how far one more rep may lie from it by chance is told by the others,
    and is no less than their trials leave open.
    """
    if len(others) < FEWEST_REPS:
        return None
    start, weight, chance = weighed([*others, learner])
    after = np.array([one.after for one in others])
    is_believed = learner.trials is not None
    middle = float(np.average(start[:-1], weights=weight[:-1]))
    if not is_believed and not _overlaps(float(start[-1]), start[:-1]):
        return None
    root = np.sqrt(weight[:-1])
    lines = np.column_stack([np.ones_like(start), start - middle])
    known, seen = lines[:-1] * root[:, None], after * root
    spread = max(_spread(known, seen), chance)
    if spread <= _NO_SPREAD:
        return None
    if is_believed:
        sure = np.sqrt(spread) / SLOPE_SPREAD
        known, seen = np.vstack([known, [0.0, sure]]), np.append(seen, sure)
    inverse = np.linalg.pinv(known)
    reach = inverse.T @ lines[-1]
    error = float(np.sqrt(spread * (1 / weight[-1] + reach @ reach)))
    expected = float(reach @ seen)
    if metric in TRIALS:
        expected = min(max(expected, 0.0), 1.0)
    sign = -1 if DEFINITIONS[metric].direction is Good.DOWN else 1
    return expected, t_below(sign * (learner.after - expected) / error, len(others) - 2)


def _spread(known: Floats, seen: Floats) -> float:
    """The variance of the others around their line."""
    free = len(seen) - int(np.linalg.matrix_rank(known))
    return float(((seen - known @ (np.linalg.pinv(known) @ seen)) ** 2).sum()) / max(free, 1)


def _overlaps(start: float, others: Floats) -> bool:
    """Whether a line through the others says anything there: beyond all of them it would be drawn on into the blue."""
    margin = float(np.std(others))
    return bool(others.min() - margin <= start <= others.max() + margin)
