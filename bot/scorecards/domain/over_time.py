"""Figures week by week: of one rep and of a team, and whether the last four weeks are another thing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from bot.core.enums import Metric, Role
from bot.people.domain.stints import Rep
from bot.scorecards.domain.change import SURE
from bot.scorecards.domain.definitions import DEFINITIONS, Good, Unit, compared
from bot.scorecards.domain.definitions.counting import Measure
from bot.scorecards.domain.inference.special import Floats, Mask, normal_below
from bot.scorecards.domain.quadrant import Standing
from bot.scorecards.domain.verdict import CANNOT_TELL, NO_DATA, Judged, Verdict

WEEKS = 13


@dataclass(frozen=True, slots=True)
class Course:
    """The oldest week first, each by its Monday; a week without data is None.

    `counts` are what each week's figure was divided by, where that can be counted. `middle` and `target` are those of
    all the weeks together, for a total of one week's share; None where there is none, or too few of the role to have a
    middle.
    """

    rep: Rep
    metric: Metric
    weeks: Sequence[tuple[date, float | None]]
    counts: Sequence[float | None] | None
    middle: float | None
    target: float | None
    currency: str

    @property
    def latest(self) -> tuple[date, float] | None:
        """The last week with data."""
        return next(((monday, value) for monday, value in reversed(self.weeks) if value is not None), None)


@dataclass(frozen=True, slots=True)
class Map:
    """Where a team's reps stand in their roles, by name; reps without a standing are left out."""

    team: str
    standings: Sequence[tuple[str, Standing]]


LAST = 4
"""The weeks that are set beside those before them."""
FEWEST = 3
"""Weeks with a figure, on either side, below which nothing is set beside anything."""


@dataclass(frozen=True, slots=True)
class Week:
    """A role's figure over all its reps; `count` of `of` where it is a quotient, else a total in `value` alone."""

    monday: date
    value: float | None
    count: float | None = None
    of: float | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One figure, the oldest week first; `before` and `last` are over all the weeks of either side together."""

    metric: Metric
    weeks: tuple[Week, ...]
    before: float | None
    last: float | None
    judged: Judged


@dataclass(frozen=True, slots=True)
class RoleWeeks:
    """`reps` held the role in the last of the weeks."""

    role: Role
    reps: int
    lines: tuple[Line, ...]
    chief: Metric

    @property
    def main(self) -> Line | None:
        """The figure that says most about the role."""
        return next((line for line in self.lines if line.metric is self.chief), None)


def told_of(role: Role) -> tuple[Metric, ...]:
    """Those that can be added up over reps, in the order of a card; a cost says nothing of a week."""
    return tuple(
        metric
        for metric in compared(role)
        if DEFINITIONS[metric].recipe_of(role).pooled and metric is not Metric.COST_PER_RESULT
    )


def pooled(metric: Metric, monday: date, told: Iterable[Measure]) -> Week:
    """Over all reps: the quotient of the sums, or the sum of totals."""
    mine = [one for one in told if one.key is metric]
    parts = [(one.numerator, one.denominator) for one in mine]
    counted = [(above, below) for above, below in parts if above is not None and below is not None]
    if counted:
        count, of = (float(sum(side)) for side in zip(*counted, strict=True))
        return Week(monday, count / of if of else None, count, of)
    values = [one.value for one in mine if one.value is not None]
    return Week(monday, float(sum(values)) if values else None)


def line(metric: Metric, weeks: Sequence[Week]) -> Line:
    before, last = weeks[:-LAST], weeks[-LAST:]
    return Line(metric, tuple(weeks), _together(before), _together(last), _turned(metric, before, last))


def _together(weeks: Sequence[Week]) -> float | None:
    """Of a total: what a week brings."""
    known = [week for week in weeks if week.value is not None]
    if not known:
        return None
    of = sum(week.of or 0 for week in known)
    return sum(week.count or 0 for week in known) / of if of else _mean([week.value or 0 for week in known])


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


def _turned(metric: Metric, before: Sequence[Week], last: Sequence[Week]) -> Judged:
    """By how far weeks lie apart: as far as chance makes them, and further where they do.

    Nothing is known beforehand of how far a team may move, so chance is kept out as of one rep's change: with 0.80, as
    where a rep is drawn to a role, one figure in three would seem to move by chance, so one in twelve does.
    """
    definition = DEFINITIONS[metric]
    figures, sizes = _known((*before, *last))
    known = sum(week.value is not None for week in before), sum(week.value is not None for week in last)
    if not any(known):
        return NO_DATA
    if definition.direction is Good.NONE or definition.is_of_value or min(known) < FEWEST:
        return CANNOT_TELL
    is_last = np.arange(known[0] + known[1]) >= known[0]
    gain = _average(figures, sizes, is_last) - _average(figures, sizes, ~is_last)
    noise = _noise(figures, sizes, by_chance=_by_chance(definition.unit, last, figures, sizes))
    if noise <= 0:
        return CANNOT_TELL
    deviation = (noise * (1 / sizes[is_last].sum() + 1 / sizes[~is_last].sum())) ** 0.5
    better = gain if definition.direction is Good.UP else -gain
    above = float(normal_below(better / deviation))
    if max(above, 1 - above) < SURE:
        return Judged(Verdict.CANNOT_TELL, max(above, 1 - above))
    return Judged(Verdict.BETTER, above) if above >= SURE else Judged(Verdict.WORSE, 1 - above)


def _known(weeks: Sequence[Week]) -> tuple[Floats, Floats]:
    """The figures of the weeks that have one, and how much each rests on."""
    told = [week for week in weeks if week.value is not None]
    return np.array([week.value for week in told]), np.array([week.of or 1.0 for week in told])


def _average(figures: Floats, sizes: Floats, chosen: Mask) -> float:
    return float(np.average(figures[chosen], weights=sizes[chosen]))


def _by_chance(unit: Unit, last: Sequence[Week], figures: Floats, sizes: Floats) -> float:
    """The variance of one lead, deal, call or day, were every week alike; 0 for totals, of which nobody knows it."""
    if last[-1].of is None:
        return 0.0
    centre = float(np.average(figures, weights=sizes))
    return centre * (1 - centre) if unit is Unit.SHARE else centre


def _noise(figures: Floats, sizes: Floats, *, by_chance: float) -> float:
    centre = np.average(figures, weights=sizes)
    apart = float((sizes * (figures - centre) ** 2).sum() / (len(figures) - 1))
    return max(apart, by_chance)
