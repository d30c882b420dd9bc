"""Keeps the rollup by week in step with the rows, in the transaction that changes them; see docs/decisions/006.

Triggers note which days of whom were touched (`storage.triggers`). Before a transaction commits, the weeks of those
days are counted anew by the very questions that count rows elsewhere, so that both can only agree.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlmodel import Session, col

from bot.calendar.wallclock import start_of_day
from bot.core.enums import SELLING_ROLES
from storage import triggers
from storage.books import Books
from storage.queries.scorecards import asking as queries
from storage.queries.scorecards import results, tallies
from storage.queries.scorecards.asking import Question
from storage.queries.scorecards.spans import KNOWN_AT, Span
from storage.tables import Membership, Person, RepTouched, RepWeek, RepZone, Team, Workspace

QUESTIONS: tuple[Question, ...] = (
    tallies.calls,
    tallies.debriefs,
    tallies.prompts,
    tallies.commitments,
    results.leads,
    results.decisions,
    results.closed,
)
_EVER_AFTER = datetime(9000, 1, 1, tzinfo=UTC)
_DAY, _WEEK = timedelta(days=1), timedelta(weeks=1)
_AT_ONCE = 200
"""People counted together."""


class _Wall(NamedTuple):
    """By whose days a rep's weeks are to be counted, and by whose they were; None: by nobody's yet."""

    zone: ZoneInfo
    kept: str | None


_Days = dict[int, set[date]]
"""By person, the days touched, in UTC."""


def settle(session: Session) -> None:
    """Count every touched week anew. `Database.begin` does so before each commit."""
    session.flush()
    for workspace_id, days in _take_touched(session).items():
        people = sorted(days)
        for at in range(0, len(people), _AT_ONCE):
            _recount(
                Books(session, workspace_id, _EVER_AFTER),
                {one: days[one] for one in people[at : at + _AT_ONCE]},
            )


def rebuild(session: Session) -> None:
    """Forget the rollup, and have all of it counted anew before the commit."""
    connection = session.connection()
    for table in (RepWeek, RepZone, RepTouched):
        connection.execute(sa.delete(table))
    everybody = sa.select(col(Person.workspace_id), col(Person.id), sa.literal(date(1970, 1, 1), sa.Date))
    connection.execute(sa.insert(RepTouched).from_select(["workspace_id", "person_id", "day"], everybody))


def _take_touched(session: Session) -> Mapping[int, _Days]:
    touched: dict[int, _Days] = defaultdict(lambda: defaultdict(set))
    for workspace_id, person_id, day in session.connection().execute(_touched_taken()):
        touched[workspace_id][person_id].add(day)
    return touched


def _recount(books: Books, touched: _Days) -> None:
    walls = _walls(books, touched)
    moved = _start_over(books, walls)
    weeks = [
        _week(person, monday, wall.zone)
        for person, wall in walls.items()
        for monday in _mondays(touched[person] | moved.get(person, set()))
    ]
    if weeks:
        _forget(books, weeks)
        rows = _counted(books, weeks)
        if rows:
            books.session.connection().execute(_INSERTED, rows)


def _walls(books: Books, people: Collection[int]) -> Mapping[int, _Wall]:
    """Of everybody who is there, by their team: the latest one, by whose zone their numbers are asked for too.

    Their rows are locked: of two transactions that touch one person's weeks, the later one counts what both wrote.
    """
    given = {"workspace_id": books.workspace_id, "people": list(people)}
    books.session.connection().execute(_locked(), given)
    return {
        person: _Wall(ZoneInfo(team or usual or "UTC"), kept)
        for person, team, usual, kept in books.session.connection().execute(_zones(), given)
    }


def _start_over(books: Books, walls: Mapping[int, _Wall]) -> _Days:
    """Every day of those whose weeks are by other days than their zone's, or were never counted."""
    connection = books.session.connection()
    moved = [person for person, wall in walls.items() if wall.kept != wall.zone.key]
    if not moved:
        return {}
    for table in (RepZone, RepWeek):
        connection.execute(
            sa.delete(table).where(
                col(table.workspace_id) == books.workspace_id, col(table.person_id).in_(moved)
            )
        )
    connection.execute(
        sa.insert(RepZone),
        [
            {"workspace_id": books.workspace_id, "person_id": one, "zone": walls[one].zone.key}
            for one in moved
        ],
    )
    days: _Days = defaultdict(set)
    for person, day in triggers.days_of(connection, books.workspace_id, moved):
        days[person].add(day)
    return days


def _mondays(days: Iterable[date]) -> Iterator[date]:
    """Of the weeks that a day in UTC may belong to: on some wall it is still the day before, or the day after."""
    return iter({day - _DAY * day.weekday() for one in days for day in (one - _DAY, one, one + _DAY)})


def _week(person: int, monday: date, zone: ZoneInfo) -> Span:
    beyond = monday + _WEEK
    return Span(person, start_of_day(monday, zone), start_of_day(beyond, zone), monday, beyond - _DAY)


def _forget(books: Books, weeks: Sequence[Span]) -> None:
    books.session.connection().execute(
        _forgotten(),
        [{"home": books.workspace_id, "person": week.rep, "monday": week.first_day} for week in weeks],
    )


def _counted(books: Books, weeks: Sequence[Span]) -> list[dict[str, Any]]:
    """Rows of the weeks that have facts."""
    nothing = {name: 0 for question in QUESTIONS for name in queries.names(question)}
    found: dict[tuple[int, date], dict[str, Any]] = {}
    for told in queries.count_by_week(books.session, QUESTIONS, books.workspace_id, weeks, as_of=_EVER_AFTER):
        span = weeks[told.pop("n")]
        week = found.setdefault((span.rep, span.first_day), nothing | {"known_at": None})
        moments = [told.pop(name) for name in KNOWN_AT]
        known = [moment for moment in (week["known_at"], *moments) if moment]
        week |= told | {"known_at": max(known, default=None)}
    return [
        {"workspace_id": books.workspace_id, "person_id": person, "week": monday, **counts}
        for (person, monday), counts in found.items()
    ]


# Built once each: every commit that touches a rep runs them, and building one takes longer than running it.

_INSERTED = sa.insert(RepWeek)


@cache
def _touched_taken() -> sa.Executable:
    return sa.delete(RepTouched).returning(
        col(RepTouched.workspace_id), col(RepTouched.person_id), col(RepTouched.day)
    )


def _among() -> tuple[sa.ColumnElement[bool], ...]:
    people: sa.BindParameter[int] = sa.bindparam("people", expanding=True)
    return col(Person.workspace_id) == sa.bindparam("workspace_id"), col(Person.id).in_(people)


@cache
def _locked() -> sa.Executable:
    return sa.select(col(Person.id)).where(*_among()).order_by(col(Person.id)).with_for_update(key_share=True)


@cache
def _zones() -> sa.Executable:
    """Person, zone of a team, the workspace's, the one kept to: the latest team comes last, and so it stands."""
    home = col(Person.workspace_id)
    sold = sa.and_(
        col(Membership.workspace_id) == home,
        col(Membership.person_id) == Person.id,
        col(Membership.role).in_(SELLING_ROLES),
    )
    team = sa.and_(col(Team.workspace_id) == home, col(Team.id) == Membership.team_id)
    kept = sa.and_(col(RepZone.workspace_id) == home, col(RepZone.person_id) == Person.id)
    return (
        sa.select(col(Person.id), col(Team.time_zone), col(Workspace.time_zone), col(RepZone.zone))
        .join(Workspace, col(Workspace.id) == home)
        .outerjoin(Membership, sold)
        .outerjoin(Team, team)
        .outerjoin(RepZone, kept)
        .where(*_among())
        .order_by(col(Person.id), col(Membership.started_on), col(Membership.id))
    )


@cache
def _forgotten() -> sa.Executable:
    return sa.delete(RepWeek).where(
        col(RepWeek.workspace_id) == sa.bindparam("home"),
        col(RepWeek.person_id) == sa.bindparam("person"),
        col(RepWeek.week) == sa.bindparam("monday"),
    )
