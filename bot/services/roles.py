"""What a whole role shows, kept for a while where one rep's card needs it only for comparison.

At a million calls a role's quarter takes about a second to read and its year three, a rep's own figures 20 ms. So a
process reads the year, to which priors are fitted, once a day; and the peers' quarter, which a card's middle is made
of, once an hour. A rep's own figures, rankings, digests and pairings are always read anew.
"""

from collections.abc import Callable, Hashable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Generic, TypeVar
from weakref import WeakKeyDictionary
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.domain.evidence import RoleEvidence, gather
from bot.domain.periods import Period, trailing_weeks
from bot.domain.wallclock import local_date, start_of_day
from bot.services import stints, tallies, workspaces
from bot.words import Role
from storage.queries import beginnings

WEEKS = 52

_T = TypeVar("_T")


class _Shelf(Generic[_T]):
    """Per database what was read under the latest stamp."""

    def __init__(self) -> None:
        self._kept: WeakKeyDictionary[object, tuple[Hashable, dict[Hashable, _T]]] = WeakKeyDictionary()

    def get(self, session: Session, stamp: Hashable, key: Hashable, read: Callable[[], _T]) -> _T:
        database = session.get_bind()
        kept = self._kept.get(database)
        if kept is None or kept[0] != stamp:
            kept = self._kept[database] = (stamp, {})
        if key not in kept[1]:
            kept[1][key] = read()
        return kept[1][key]


_years: _Shelf[RoleEvidence] = _Shelf()
_peers: _Shelf[RoleEvidence] = _Shelf()


def year(session: Session, workspace_id: int, role: Role, period: Period, *, as_of: datetime) -> RoleEvidence:
    """The 52 ISO weeks that were over at the period's end, or at `as_of` where the period still runs.

    Weeks before the workspace's first record are left out: nobody was idle in them.
    """
    settings = workspaces.settings(session, workspace_id)
    weeks = trailing_weeks(min(period.end, as_of), ZoneInfo(settings.time_zone), WEEKS)

    def read() -> RoleEvidence:
        told = _since_records_begin(session, workspace_id, weeks)
        held = stints.ever_in_role(session, workspace_id, role, told, as_of=as_of)
        rows = tallies.of_stints(session, workspace_id, held, told, as_of=as_of)
        return gather(role, rows, monthly_tool_cost=settings.tool_cost)

    key = (workspace_id, role, weeks.end, settings.tool_cost)
    return _years.get(session, as_of.date(), key, read)


def peers(
    session: Session, workspace_id: int, role: Role, period: Period, *, as_of: datetime
) -> RoleEvidence:
    """The period of everybody who holds the role at its end, as it was read within this hour."""
    tool_cost = workspaces.settings(session, workspace_id).tool_cost

    def read() -> RoleEvidence:
        rows = tallies.of_role(session, workspace_id, role, period, as_of=as_of)
        return gather(role, rows, monthly_tool_cost=tool_cost)

    hour = as_of.replace(minute=0, second=0, microsecond=0)
    return _peers.get(session, hour, (workspace_id, role, period, tool_cost), read)


def _since_records_begin(session: Session, workspace_id: int, weeks: Period) -> Period:
    first = beginnings.first_fact(session, workspace_id)
    if first is None or not weeks.start < first < weeks.end:
        return weeks
    day = local_date(first, weeks.zone)
    return replace(weeks, start=start_of_day(day - timedelta(days=day.weekday()), weeks.zone))
