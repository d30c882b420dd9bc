"""What is to be reached: a rep's targets as people write them, and what a team wants to reach together in a
quarter.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

import numpy as np

from bot.calendar.periods import DAYS_PER_MONTH, Period
from bot.calendar.wallclock import local_date
from bot.calendar.working_hours import Presence
from bot.core.enums import Metric, Role
from bot.core.errors import BadInput
from bot.core.i18n import gettext as _
from bot.scorecards.domain.definitions import DEFINITIONS, Good, Unit, compared, prorated
from bot.scorecards.domain.definitions.counting import Measure
from bot.scorecards.domain.evidence import RoleEvidence

WEEKS = 12
"""How far back a suggestion looks."""
STRONG = 0.80
"""A suggestion is what four of five of the role stay short of."""
_NUMBER = re.compile(r"-?\d{1,9}(\.\d{1,9})?")


def day_reached(period: Period, as_of: datetime) -> date:
    """The period's last day, or the one it has reached: what is in force then is in force for all of it."""
    return local_date(period.until(as_of).last, period.zone)


def over(target: float, metric: Metric, presence: Presence) -> float | None:
    """What a target asks of one rep in a period: totals, kept per month, by the days the rep was there."""
    if not DEFINITIONS[metric].is_total:
        return target
    return prorated(target * presence.days / DAYS_PER_MONTH, presence)


def suggested(evidence: RoleEvidence, days: int) -> dict[Metric, float]:
    """What the role's strongest fifth reached, raw, among those past ramp-up; totals per month.

    `days` are the calendar days of the evidence. Metrics of which nobody has a figure are left out.
    """
    found = {}
    for metric, shown in evidence.metrics.items():
        raw = shown.raw[shown.known & ~evidence.ramping]
        if len(raw):
            is_low = DEFINITIONS[metric].direction is Good.DOWN
            value = float(np.quantile(raw, 1 - STRONG if is_low else STRONG))
            found[metric] = value / days * DAYS_PER_MONTH if DEFINITIONS[metric].is_total else value
    return found


def number(metric: Metric, typed: str) -> float:
    """A number of 0 or more as a form gives it; raises BadInput under the metric's own field."""
    if not _NUMBER.fullmatch(typed):
        raise BadInput(_("Please give a number, such as 40 or 2.5."), field=metric)
    if typed.startswith("-") and float(typed):
        raise BadInput(_negative(metric), field=metric)
    return abs(float(typed))


def _negative(metric: Metric) -> str:
    if DEFINITIONS[metric].least < 0:
        return _("This cannot be less than 0. If the accounts may shrink, set a target for net retention.")
    return _("This cannot be less than 0.")


def read(metric: Metric, typed: str) -> float | None:
    """A target in the metric's own unit; shares are typed in percent, a blank is no target."""
    if not typed:
        return None
    value = number(metric, typed)
    if DEFINITIONS[metric].unit is not Unit.SHARE:
        return value
    if value > 100 and not DEFINITIONS[metric].is_of_value:
        raise BadInput(_("This is a share: it cannot be more than 100%."), field=metric)
    return value / 100


def written(metric: Metric, value: float) -> str:
    """As one would type it; `read` gives it back, to a tenth."""
    typed = value * 100 if DEFINITIONS[metric].unit is Unit.SHARE else value
    return f"{round(typed, 1):.1f}".removesuffix(".0")


def require_known(role: Role, given: Mapping[Metric, object]) -> None:
    """Raises BadInput for a metric that is not on the role's scorecard."""
    unknown = given.keys() - set(compared(role))
    if unknown:
        title = _(DEFINITIONS[min(unknown)].title)
        raise BadInput(_("{metric} is not on the scorecard of this role.").format(metric=title))


OFFERED = (
    Metric.EFFECTIVE_RATE,
    Metric.TIMELINE_RATE,
    Metric.AUTHORITY_RATE,
    Metric.QUALIFIED_RATE,
    Metric.WIN_RATE,
    Metric.DEBRIEF_RATE,
    Metric.COMMITMENTS_KEPT,
)
"""Shares that coaching moves and that add up over a team."""
FEWEST = 3
"""Reps in a team's number: of fewer, one could be read from it."""


@dataclass(frozen=True, slots=True)
class TeamGoal:
    """`value` is the share to be reached."""

    metric: Metric
    value: float


@dataclass(frozen=True, slots=True)
class Together:
    """A goal, and what the team's reps did about it so far, added up; `reps` have anything to count."""

    goal: TeamGoal
    period: Period
    count: int
    of: int
    reps: int

    @property
    def can_be_told(self) -> bool:
        return self.reps >= FEWEST and self.of > 0

    @property
    def is_reached(self) -> bool:
        return self.can_be_told and self.count / self.of >= self.goal.value


def together(goal: TeamGoal, period: Period, figures: Iterable[Measure]) -> Together:
    """`figures` are the goal's metric of each rep of the team."""
    known = [one for one in figures if one.denominator]
    count, of = sum(one.numerator or 0 for one in known), sum(one.denominator or 0 for one in known)
    return Together(goal, period, round(count), round(of), len(known))


def share_of(percent: str) -> float:
    """From a whole percentage, 1 to 100. Raises BadInput."""
    if not (percent.isascii() and percent.isdecimal() and 1 <= int(percent) <= 100):
        raise BadInput(_("Please give a whole percentage, from 1 to 100."), field="goal")
    return int(percent) / 100
