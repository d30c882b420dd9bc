"""What a team wants to reach together in a quarter, and how far it is: a number of the team's, never a rep's."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.calendar.periods import Period
from bot.core.enums import Metric
from bot.core.errors import BadInput
from bot.core.i18n import gettext as _
from bot.scorecards.domain.definitions.counting import Measure

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
