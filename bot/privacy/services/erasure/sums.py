"""What stays counted of the erased: a sum per team, role and month, where enough people held the role."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.calendar.periods import Period
from bot.calendar.wallclock import local_date
from bot.core.enums import DealStatus, Decision, FormerCount, Outcome, Role
from bot.people.services import people
from bot.privacy.domain import CROWD, month_of
from storage.books import Books
from storage.queries.people.people import Held
from storage.queries.privacy import erasure as queries
from storage.tables import FormerSum

Row = Mapping[str, Any]
Counts = Mapping[FormerCount, int]
Key = tuple[int, Role, date]
"""Team, role and month."""


@dataclass(frozen=True, slots=True)
class _Way:
    """How rows of a table are counted for the person of a column: by which moment, and as what."""

    when: str
    counts: Callable[[Row], Counts]


def _call(row: Row) -> Counts:
    return {FormerCount.CALLS: 1, FormerCount.TALK_SECONDS: row["talk_seconds"]} if row["completed"] else {}


def _debrief(row: Row) -> Counts:
    return {FormerCount.DEBRIEFS: 1, FormerCount.ADVANCED: int(row["outcome"] == Outcome.ADVANCED)}


def _passed(row: Row) -> Counts:
    qualified = row["decision"] == Decision.ACCEPTED and row["criteria_met"] is not False
    return {FormerCount.LEADS_PASSED: 1, FormerCount.LEADS_QUALIFIED: int(qualified)}


def _decided(row: Row) -> Counts:
    return {FormerCount.LEADS_DECIDED: 1}


def _closed(row: Row) -> Counts:
    return {FormerCount.DEALS_WON if row["status"] == DealStatus.WON else FormerCount.DEALS_LOST: 1}


def _own_closed(row: Row) -> Counts:
    """Not what a colleague had closed before it was given on."""
    return _closed(row) if row["closed_by_id"] is None else {}


def _coached(row: Row) -> Counts:
    return {FormerCount.COACHING_MINUTES: row["minutes"]} if row["commitment"] else {}


WAYS = {
    ("call", "person_id"): _Way("started_at", _call),
    ("debrief", "person_id"): _Way("call_started_at", _debrief),
    ("handoff", "sdr_id"): _Way("passed_at", _passed),
    ("handoff", "ae_id"): _Way("decided_at", _decided),
    ("deal", "ae_id"): _Way("closed_at", _own_closed),
    ("deal", "closed_by_id"): _Way("closed_at", _closed),
    ("coaching_session", "coach_id"): _Way("held_on", _coached),
}


def keep(books: Books, person_id: int, table: str, column: str, rows: Sequence[Row]) -> None:
    """Count rows that are about to go, or to stand without the person."""
    way = WAYS.get((table, column))
    if way is None:
        return
    held = people.ever_held(books, person_id)
    for (team_id, role, month), counts in _counted(rows, way, held).items():
        place = _place(books, team_id, role, month)
        for counted, amount in counts.items() if place else ():
            _add(books, None if place == "workspace" else team_id, role, month, counted, amount)
    books.session.flush()


def of_months(books: Books, team_id: int | None, period: Period) -> dict[tuple[Role, FormerCount], int]:
    """What the erased add to a team's own sums (None: the workspace's), over the months that begin in the period."""
    days = period.dates()
    return queries.former_sums(books, team_id, days[0], days[-1]) if days else {}


def _counted(rows: Iterable[Row], way: _Way, held: Sequence[Held]) -> dict[Key, Counter[FormerCount]]:
    found: dict[Key, Counter[FormerCount]] = {}
    for row in rows:
        stint = _stint(row[way.when], held)
        if stint is not None:
            key = stint[0].team_id, stint[0].role, month_of(stint[1])[0]
            found.setdefault(key, Counter()).update(way.counts(row))
    return found


def _stint(when: datetime | date | None, held: Sequence[Held]) -> tuple[Held, date] | None:
    """Where the person was then, and what day it was there; a selling role before a managing one."""
    if when is None:
        return None
    for one in sorted(held, key=lambda one: (one.role is Role.MANAGER, -one.started_on.toordinal())):
        day = local_date(when, ZoneInfo(one.time_zone)) if isinstance(when, datetime) else when
        if one.started_on <= day and (one.ended_on is None or day <= one.ended_on):
            return one, day
    return None


def _place(books: Books, team_id: int, role: Role, month: date) -> str:
    """The smallest circle in which a crowd held the role that month; blank where there was none."""
    first, last = month_of(month)
    if queries.held_in(books, role, first, last, team_id=team_id) >= CROWD:
        return "team"
    everywhere = queries.held_in(books, role, first, last, team_id=None)
    return "workspace" if everywhere >= CROWD else ""


def _add(
    books: Books, team_id: int | None, role: Role, month: date, counted: FormerCount, amount: int
) -> None:
    row = queries.former_sum(books, team_id, role, month, counted)
    row = row or FormerSum(
        workspace_id=books.workspace_id, team_id=team_id, role=role, month=month, counted=counted, amount=0
    )
    row.amount += amount
    books.session.add(row)
