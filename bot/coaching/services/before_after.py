"""What everybody of a role showed before and after, counted once for each span of days."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.calendar.periods import Period
from bot.calendar.wallclock import local_date, start_of_day
from bot.coaching.domain.observations import TRIALS, Window
from bot.core.enums import Metric, Role
from bot.people.domain.stints import Stint
from bot.people.services import people
from bot.people.services.workspace import WorkspaceSettings
from bot.scorecards.domain.definitions import measures
from bot.scorecards.domain.definitions.counting import Measure
from bot.scorecards.services import tallies
from storage.books import Books
from storage.queries.scorecards.results import first_fact

_Days = tuple[date, date]
_Figures = Mapping[int, Mapping[Metric, Measure]]
"""By rep."""


@dataclass(slots=True)
class RoleHistory:
    """Everybody who held a role at any time from `since` on, by id in `held`: who left stays with what they showed."""

    session: Session
    settings: WorkspaceSettings
    role: Role
    as_of: datetime
    since: date
    held: dict[int, Stint] = field(init=False)
    counted: dict[_Days, _Figures] = field(init=False, default_factory=dict)
    begins: datetime | None = field(init=False)
    """The workspace's first record."""

    def __post_init__(self) -> None:
        asked = self.period((self.since, max(self.since, self.as_of.date()) + timedelta(days=1)))
        found = people.ever_in_role(self.books, self.role, asked, as_of=self.as_of)
        self.held = {stint.rep.id: stint for stint in found}
        self.begins = first_fact(self.books)

    @property
    def books(self) -> Books:
        return Books(self.session, self.settings.id, self.as_of)

    def period(self, days: _Days) -> Period:
        zone = ZoneInfo(self.settings.time_zone)
        first, beyond = days
        return Period(f"{first}..{beyond}", start_of_day(first, zone), start_of_day(beyond, zone), zone)

    def learns(self, learner: int, day: date) -> bool:
        """Whether the person held the role that day."""
        stint = self.held.get(learner)
        return stint is not None and stint.touches(day, day)

    def figures(self, days: _Days) -> _Figures:
        if days not in self.counted:
            self.counted[days] = self._count(self._since_records_begin(self.period(days)))
        return self.counted[days]

    def _since_records_begin(self, period: Period) -> Period:
        """Nobody was idle before there were records; a period wholly before them has none anyway."""
        if self.begins is None or not period.start < self.begins < period.end:
            return period
        return replace(period, start=start_of_day(local_date(self.begins, period.zone), period.zone))

    def _count(self, period: Period) -> _Figures:
        stints_held = list(self.held.values())
        rows = tallies.of_stints(self.books, stints_held, period, as_of=self.as_of)
        cost = self.settings.tool_cost
        return {
            row.rep: {
                one.key: one for one in measures(self.role, row.tally, row.presence, monthly_tool_cost=cost)
            }
            for row in rows
        }

    def pair(self, rep: int, metric: Metric, weeks: Window) -> tuple[float, float] | None:
        """A rep's figure before and after; None where one of them is missing."""
        before, after = self.measured(rep, metric, weeks)
        if before is None or after is None or before.value is None or after.value is None:
            return None
        return before.value, after.value

    def trials(self, rep: int, metric: Metric, weeks: Window) -> tuple[float, float] | None:
        """What both figures rest on, where that can be counted."""
        before, after = self.measured(rep, metric, weeks)
        if metric not in TRIALS or before is None or after is None:
            return None
        given = before.denominator, after.denominator
        return (given[0], given[1]) if given[0] and given[1] else None

    def measured(self, rep: int, metric: Metric, weeks: Window) -> tuple[Measure | None, Measure | None]:
        """A rep's figure before and after, with what it is made of."""
        before, after = (self.figures(days).get(rep, {}).get(metric) for days in (weeks.before, weeks.after))
        return before, after


def was_coached(days: Collection[date], weeks: Window) -> bool:
    """Whether one of a learner's sessions falls into the weeks compared."""
    return any(weeks.before[0] <= day < weeks.after[1] for day in days)
