"""How one rep's chief figure went, week by week, and where the reps of a team stand between effort and effect."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.core.enums import Metric
from bot.people.domain.stints import Rep
from bot.scorecards.domain.quadrant import Standing

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
