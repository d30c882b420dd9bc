"""Did the coaching work: coached reps after against before, beside reps of their role who were not coached."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

import numpy as np

from bot.domain.definitions import DEFINITIONS, Good
from bot.domain.special import Floats, t_quantile
from bot.words import Metric

MOST_WEEKS, FEWEST_WEEKS = 13, 4
FEWEST_REPS = 5
CERTAINTY = 0.95


class Lack(StrEnum):
    """What there is too little of. OVERLAP: the coached and the others were so far apart that nothing compares them."""

    COACHED = "coached"
    UNCOACHED = "uncoached"
    WEEKS = "weeks"
    OVERLAP = "overlap"


@dataclass(frozen=True, slots=True)
class Missing:
    lack: Lack
    have: int
    need: int


@dataclass(frozen=True, slots=True)
class Window:
    """The weeks to compare, as half-open spans of dates from Monday to Monday."""

    before: tuple[date, date]
    after: tuple[date, date]

    @property
    def weeks_after(self) -> int:
        return (self.after[1] - self.after[0]).days // 7


@dataclass(frozen=True, slots=True)
class Observation:
    """One rep on one metric, before and after; `coached`: had sessions on it, else none at all in that time."""

    rep: int
    before: float
    after: float
    coached: bool
    weeks_after: int


@dataclass(frozen=True, slots=True)
class Effect:
    """What coaching added to a metric, in the metric's own unit, positive being better.

    `learners` and `comparison` count the reps compared; `interval` holds the difference with 95% certainty. Both are
    None unless there is enough data, and `missing` says what lacks. `cost` is that of the coaching, as given.
    """

    metric: Metric
    learners: int
    comparison: int
    difference: float | None
    interval: tuple[float, float] | None
    missing: tuple[Missing, ...]
    cost: float | None

    @property
    def enough(self) -> bool:
        return not self.missing


def window(first_session: date, today: date) -> Window:
    """The 13 weeks before the week of the first session, and the finished ones after it, 13 at most.

    The week of the session itself counts for neither side.
    """
    monday = first_session - timedelta(days=first_session.weekday())
    after = monday + timedelta(weeks=1)
    finished = today - timedelta(days=today.weekday())
    end = min(max(finished, after), after + timedelta(weeks=MOST_WEEKS))
    return Window((monday - timedelta(weeks=MOST_WEEKS), monday), (after, end))


def comparison(rep: int, figures: Sequence[tuple[float, float]], weeks_after: int) -> Observation:
    """A rep who was not coached, over the same calendar weeks: the mean of (before, after) in the learners' windows.

    One observation per rep, however many windows there are: a rep counted again and again would feign certainty.
    """
    before, after = np.mean(np.array(figures, dtype=np.float64), axis=0)
    return Observation(rep, float(before), float(after), False, weeks_after)


def effect(metric: Metric, observations: Iterable[Observation], *, cost: float | None = None) -> Effect:
    """The coefficient of coached in a regression of after on before and coached.

    Ordinary least squares with HC3 standard errors (MacKinnon and White 1985) and a t interval.
    """
    given = list(observations)
    ready = [one for one in given if one.weeks_after >= FEWEST_WEEKS]
    coached = sum(one.coached for one in ready)
    missing = _missing(given, coached, len(ready) - coached)
    told = None if missing else _coefficient(ready)
    if told is None:
        lacking = missing or (Missing(Lack.OVERLAP, 0, 1),)
        return Effect(metric, coached, len(ready) - coached, None, None, lacking, cost)
    sign = -1 if DEFINITIONS[metric].direction is Good.DOWN else 1
    difference, margin = sign * told[0], told[1]
    interval = difference - margin, difference + margin
    return Effect(metric, coached, len(ready) - coached, difference, interval, (), cost)


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
    before = np.array([one.before for one in observations])
    coached = np.array([one.coached for one in observations], dtype=np.float64)
    design = np.column_stack([np.ones_like(after), before - before.mean(), coached])
    rank = int(np.linalg.matrix_rank(design))
    if rank == np.linalg.matrix_rank(design[:, :2]):
        return None
    inverse: Floats = np.linalg.pinv(design)
    residuals = after - design @ (inverse @ after)
    leverage = np.einsum("ij,ji->i", design, inverse)
    scaled = residuals / np.maximum(1 - leverage, 1e-9)
    error = float(np.sqrt(((inverse[2] * scaled) ** 2).sum()))
    return float(inverse[2] @ after), error * t_quantile((1 + CERTAINTY) / 2, len(after) - rank)
