"""How far learners came with a coach, beside reps of their role who started where they did and were not coached."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bot.coaching.domain.effect import FEWEST_REPS
from bot.core.enums import Metric
from bot.scorecards.domain.definitions import DEFINITIONS, Good
from bot.scorecards.domain.inference.special import Floats

FARTHEST = 2.0
"""SDs beyond which a lift counts no more: one learner's lucky quarter does not make a coach."""
FEWEST_RATINGS = 3
"""Ratings before their mean is shown: a single one would name who gave it."""

BeforeAfter = tuple[float, float]


@dataclass(frozen=True, slots=True)
class CoachRecord:
    """What a coach's last 52 weeks say; None where too few have spoken. `minutes` are those credited."""

    sessions: int
    learners: int
    minutes: int
    ratings: int
    mean_rating: float | None
    lifts: int
    mean_lift: float | None


def lifts(
    metric: Metric, learners: Sequence[BeforeAfter], others: Sequence[BeforeAfter]
) -> tuple[float, ...] | None:
    """Each learner's distance from where the others' line would have had them, in SDs of the role before; up is good.

    The line is fitted by least squares to reps who were not coached over the same weeks: what anybody who was low
    gains by chance is no coach's doing. None with fewer than 5 of them, or where all began alike.
    """
    if len(others) < FEWEST_REPS:
        return None
    before, after = (np.array(side, dtype=np.float64) for side in zip(*others, strict=True))
    spread = float(np.std([*before, *(start for start, _ in learners)]))
    if spread == 0 or float(np.ptp(before)) == 0:
        return None
    slope, intercept = np.polyfit(before, after, 1)
    sign = -1 if DEFINITIONS[metric].direction is Good.DOWN else 1
    starts, ends = (np.array(side, dtype=np.float64) for side in zip(*learners, strict=True))
    gained: Floats = sign * (ends - (intercept + slope * starts)) / spread
    return tuple(np.clip(gained, -FARTHEST, FARTHEST).tolist())


def record(
    *, sessions: int, learners: int, minutes: int, ratings: Sequence[int], lifted: Sequence[float]
) -> CoachRecord:
    shown = sum(ratings) / len(ratings) if len(ratings) >= FEWEST_RATINGS else None
    lift = sum(lifted) / len(lifted) if lifted else None
    return CoachRecord(sessions, learners, minutes, len(ratings), shown, len(lifted), lift)
