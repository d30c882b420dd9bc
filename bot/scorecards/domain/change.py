"""Whether a rep's own figure moved since the time before: told where chance alone would hardly have moved it so far.

Nothing is known beforehand of how far one rep may move, so nothing is drawn in: both windows stand for themselves, and
are held against what chance does to a rep who stays the same. Of shares and counts that is known exactly, however few
they are.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from bot.core.enums import Metric
from bot.scorecards.domain.evidence import RoleEvidence
from bot.scorecards.domain.inference.samples import FEWEST_FREEDOM, Counts, Means, Outlays, Rates
from bot.scorecards.domain.inference.shrinkage import Sample
from bot.scorecards.domain.inference.special import Floats, changed, log_gamma, t_below
from bot.scorecards.domain.inference.totals import Totals
from bot.scorecards.domain.verdict import says_enough

SURE = 0.95
"""How sure a change must be, in one direction: chance alone stays within it 9 times in 10."""


class Moved(StrEnum):
    """`CANNOT_TELL`: chance alone could have moved it so far. `NOT_TOLD`: there is nothing, or not enough, to ask."""

    UP = "up"
    DOWN = "down"
    CANNOT_TELL = "cannot_tell"
    NOT_TOLD = "not_told"


@dataclass(frozen=True, slots=True, eq=False)
class Before:
    """One rep's window before: the figures that may be set beside the present ones, and what they rest on."""

    figures: Mapping[Metric, float]
    evidence: RoleEvidence | None

    def moved(self, metric: Metric, now: RoleEvidence, at: int) -> Moved:
        """Since then, of the rep at this place of now. Few days, then or now, tell facts and no change."""
        shown = now.metrics.get(metric)
        if self.evidence is None or metric not in self.figures or shown is None or not shown.known[at]:
            return Moved.NOT_TOLD
        if not (says_enough(now.days)[at] and says_enough(self.evidence.days)[0]):
            return Moved.NOT_TOLD
        own = changed(lambda many: many[at : at + 1], shown.sample)
        return moved(own, self.evidence.metrics[metric].sample)


NOTHING_BEFORE = Before({}, None)


@dataclass(frozen=True, slots=True)
class _Side:
    """What one window showed: `size` is how much it rests on."""

    count: int
    size: float


def moved(now: Sample, then: Sample) -> Moved:
    """Of one rep, by what each of two windows showed; whether the figure went up, for better or worse."""
    lower = _lower(now, then)
    if lower >= SURE:
        return Moved.UP
    return Moved.DOWN if 1 - lower >= SURE else Moved.CANNOT_TELL


def _lower(now: Sample, then: Sample) -> float:
    """The share of what chance could have shown now that lies lower than what was shown; of the same, half."""
    match now, then:
        case Rates(), Rates():
            return _of_trials(_side(now.successes, now.trials), _side(then.successes, then.trials))
        case Counts(), Counts():
            return _of_events(_side(now.events, now.exposure), _side(then.events, then.exposure))
        case Outlays(), Outlays():  # the more results, the lower the cost of each
            return 1 - _lower(now.results, then.results)
        case Totals(), Totals():
            lumps = sum(_lumps(one) for one in (now, then))
            return _of_means(now.per_day, then.per_day, int(lumps))
        case Means(), Means():
            return _of_means(now, then, int(now.freedom[0] + then.freedom[0]))
        case _:
            return 0.5


def _side(count: Floats, size: Floats) -> _Side:
    return _Side(round(float(count[0])), float(size[0]))


def _of_trials(now: _Side, then: _Side) -> float:
    """Fisher's: of all that succeeded, how many fall among the trials of now."""
    trials, others, all_ = round(now.size), round(then.size), now.count + then.count
    could = np.arange(max(0, all_ - others), min(trials, all_) + 1, dtype=np.float64)
    return _share_below(_log_choose(trials, could) + _log_choose(others, all_ - could), could, now.count)


def _of_events(now: _Side, then: _Side) -> float:
    """Of all events, how many fall into the time of now."""
    if not now.size or not then.size:
        return 0.5
    all_, share = now.count + then.count, now.size / (now.size + then.size)
    could = np.arange(all_ + 1, dtype=np.float64)
    log = _log_choose(all_, could) + could * np.log(share) + (all_ - could) * np.log1p(-share)
    return _share_below(log, could, now.count)


def _share_below(log_chances: Floats, could: Floats, count: int) -> float:
    chances = np.exp(log_chances - log_chances.max())
    below = chances[could < count].sum() + chances[could == count].sum() / 2
    return float(below / chances.sum())


def _log_choose(of: int, chosen: Floats) -> Floats:
    return log_gamma(np.array(of + 1.0)) - log_gamma(chosen + 1) - log_gamma(of - chosen + 1)


def _of_means(now: Means, then: Means, freedom: int) -> float:
    """Student's, by how far the items of both windows lie apart."""
    sizes, all_freedom = now.items + then.items, float(now.freedom[0] + then.freedom[0])
    if freedom < FEWEST_FREEDOM or not now.items[0] or not then.items[0]:
        return 0.5
    noise = float(now.squares[0] + then.squares[0]) / all_freedom
    deviation = (noise * float(sizes[0] / (now.items[0] * then.items[0]))) ** 0.5
    if not deviation:
        return 0.5
    return t_below(float(now.values[0] - then.values[0]) / deviation, freedom)


def _lumps(total: Totals) -> float:
    """How many equal lumps make the sum and its chance."""
    squares, summed = float(total.per_day.squares[0]), float(total.per_day.values[0] * total.days[0])
    return summed**2 / squares if squares else 0.0
