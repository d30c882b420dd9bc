"""A team's figure week by week."""

from dataclasses import dataclass
from datetime import date

from bot.core.enums import Metric

FEWEST_REPS = 3
"""Below it a team's figure would tell of its people."""
FEWEST_WEEKS = 3
"""Weeks with a figure that make a trend."""


@dataclass(frozen=True, slots=True)
class WeekCount:
    """`count` of `of` in the week that began on `monday`."""

    monday: date
    count: int
    of: int

    @property
    def share(self) -> float | None:
        return self.count / self.of if self.of else None


@dataclass(frozen=True, slots=True)
class Trend:
    """A rate of the team's, oldest week first."""

    metric: Metric
    weeks: tuple[WeekCount, ...]

    @property
    def is_told(self) -> bool:
        return sum(week.of > 0 for week in self.weeks) >= FEWEST_WEEKS

    @property
    def average(self) -> float:
        """Over all the weeks, each call as heavy as any other; only where there is one to tell."""
        return sum(week.count for week in self.weeks) / sum(week.of for week in self.weeks)
