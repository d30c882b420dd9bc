"""What everybody of a role showed before and after, counted once for each span of days."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.domain.effect import Window
from bot.domain.metrics import measures
from bot.domain.periods import Period
from bot.domain.stints import Stint
from bot.domain.wallclock import start_of_day
from bot.services import stints, tallies
from bot.services.workspaces import WorkspaceSettings
from bot.words import Metric, Role

_Days = tuple[date, date]
_Figures = Mapping[int, Mapping[Metric, float | None]]
"""Raw figures by rep."""


@dataclass(slots=True)
class RoleHistory:
    """Everybody who holds a role at `as_of`, by id in `held`."""

    session: Session
    settings: WorkspaceSettings
    role: Role
    as_of: datetime
    held: dict[int, Stint] = field(init=False)
    counted: dict[_Days, _Figures] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        now = self.period((self.as_of.date(), self.as_of.date()))
        found = stints.of_role(self.session, self.settings.id, self.role, now, as_of=self.as_of)
        self.held = {stint.rep.id: stint for stint in found}

    def period(self, days: _Days) -> Period:
        zone = ZoneInfo(self.settings.time_zone)
        first, beyond = days
        return Period(f"{first}..{beyond}", start_of_day(first, zone), start_of_day(beyond, zone), zone)

    def figures(self, days: _Days) -> _Figures:
        if days not in self.counted:
            self.counted[days] = self._count(self.period(days))
        return self.counted[days]

    def _count(self, period: Period) -> _Figures:
        stints_held = list(self.held.values())
        rows = tallies.of_stints(self.session, self.settings.id, stints_held, period, as_of=self.as_of)
        cost = self.settings.tool_cost
        return {
            row.rep: {
                one.key: one.value
                for one in measures(self.role, row.tally, row.presence, monthly_tool_cost=cost)
            }
            for row in rows
        }

    def pair(self, rep: int, metric: Metric, weeks: Window) -> tuple[float, float] | None:
        """A rep's figure before and after; None where one of them is missing."""
        before = self.figures(weeks.before)[rep].get(metric)
        after = self.figures(weeks.after)[rep].get(metric)
        return None if before is None or after is None else (before, after)


def was_coached(days: Collection[date], weeks: Window) -> bool:
    """Whether one of a learner's sessions falls into the weeks compared."""
    return any(weeks.before[0] <= day < weeks.after[1] for day in days)
