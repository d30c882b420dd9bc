"""Keeps the rollup by week in step with the rows, in the transaction that changes them; see docs/decisions/006.

Triggers note which days of whom were touched (`storage.triggers`). Before a transaction commits, the weeks of those
days are counted anew by the very questions that count rows elsewhere, so that both can only agree.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlmodel import Session, col

from bot.wall import start_of_day
from bot.words import SELLING_ROLES
from storage import triggers
from storage.queries import results, tallies
from storage.queries import spans as queries
from storage.queries.spans import Question, Span
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

_Days = dict[int, set[date]]
"""By person, the days touched, in UTC."""


def settle(session: Session) -> None:
    """Count every touched week anew. `Database.begin` does so before each commit."""
    session.flush()
    for workspace_id, days in _take_touched(session).items():
        people = sorted(days)
        for at in range(0, len(people), _AT_ONCE):
            _recount(session, workspace_id, {one: days[one] for one in people[at : at + _AT_ONCE]})


def rebuild(session: Session) -> None:
    """Forget the rollup, and have all of it counted anew before the commit."""
    connection = session.connection()
    for table in (RepWeek, RepZone, RepTouched):
        connection.execute(sa.delete(table))
    everybody = sa.select(col(Person.workspace_id), col(Person.id), sa.literal(date(1970, 1, 1), sa.Date))
    connection.execute(sa.insert(RepTouched).from_select(["workspace_id", "person_id", "day"], everybody))


def _take_touched(session: Session) -> Mapping[int, _Days]:
    rows = session.connection().execute(
        sa.delete(RepTouched).returning(
            col(RepTouched.workspace_id), col(RepTouched.person_id), col(RepTouched.day)
        )
    )
    touched: dict[int, _Days] = defaultdict(lambda: defaultdict(set))
    for workspace_id, person_id, day in rows:
        touched[workspace_id][person_id].add(day)
    return touched


def _recount(session: Session, workspace_id: int, touched: _Days) -> None:
    zones = _zones(session, workspace_id, touched)
    moved = _start_over(session, workspace_id, zones)
    weeks = [
        _week(person, monday, zone)
        for person, zone in zones.items()
        for monday in _mondays(touched[person] | moved.get(person, set()))
    ]
    if weeks:
        _forget(session, workspace_id, weeks)
        rows = _counted(session, workspace_id, weeks)
        if rows:
            session.connection().execute(sa.insert(RepWeek), rows)


def _zones(session: Session, workspace_id: int, people: Collection[int]) -> dict[int, ZoneInfo]:
    """The zone of everybody's team, the latest one: the same that their numbers are asked for by.

    Their rows are locked: of two transactions that touch one person's weeks, the later one counts what both wrote.
    """
    connection = session.connection()
    among = (col(Person.workspace_id) == workspace_id, col(Person.id).in_(people))
    locked = sa.select(col(Person.id)).where(*among).order_by(col(Person.id))
    there = connection.execute(locked.with_for_update(key_share=True)).scalars().all()
    teams = connection.execute(
        sa.select(col(Membership.person_id), col(Team.time_zone))
        .join(
            Team, (col(Team.workspace_id) == Membership.workspace_id) & (col(Team.id) == Membership.team_id)
        )
        .where(
            col(Membership.workspace_id) == workspace_id,
            col(Membership.person_id).in_(people),
            col(Membership.role).in_(SELLING_ROLES),
        )
        .order_by(col(Membership.started_on), col(Membership.id))
    )
    latest = dict(teams.all())
    usual = connection.scalar(sa.select(col(Workspace.time_zone)).where(col(Workspace.id) == workspace_id))
    return {person: ZoneInfo(latest.get(person) or usual or "UTC") for person in there}


def _start_over(session: Session, workspace_id: int, zones: Mapping[int, ZoneInfo]) -> _Days:
    """Every day of those whose weeks are by other days than their zone's, or were never counted."""
    connection = session.connection()
    of_these = (col(RepZone.workspace_id) == workspace_id, col(RepZone.person_id).in_(zones))
    kept = dict(
        connection.execute(sa.select(col(RepZone.person_id), col(RepZone.zone)).where(*of_these)).all()
    )
    moved = [person for person, zone in zones.items() if kept.get(person) != zone.key]
    if not moved:
        return {}
    for table in (RepZone, RepWeek):
        connection.execute(
            sa.delete(table).where(col(table.workspace_id) == workspace_id, col(table.person_id).in_(moved))
        )
    connection.execute(
        sa.insert(RepZone),
        [{"workspace_id": workspace_id, "person_id": one, "zone": zones[one].key} for one in moved],
    )
    days: _Days = defaultdict(set)
    for person, day in triggers.days_of(connection, workspace_id, moved):
        days[person].add(day)
    return days


def _mondays(days: Iterable[date]) -> Iterator[date]:
    """Of the weeks that a day in UTC may belong to: on some wall it is still the day before, or the day after."""
    return iter({day - _DAY * day.weekday() for one in days for day in (one - _DAY, one, one + _DAY)})


def _week(person: int, monday: date, zone: ZoneInfo) -> Span:
    beyond = monday + _WEEK
    return Span(person, start_of_day(monday, zone), start_of_day(beyond, zone), monday, beyond - _DAY)


def _forget(session: Session, workspace_id: int, weeks: Sequence[Span]) -> None:
    session.connection().execute(
        sa.delete(RepWeek).where(
            col(RepWeek.workspace_id) == workspace_id,
            col(RepWeek.person_id) == sa.bindparam("person"),
            col(RepWeek.week) == sa.bindparam("monday"),
        ),
        [{"person": week.rep, "monday": week.first_day} for week in weeks],
    )


def _counted(session: Session, workspace_id: int, weeks: Sequence[Span]) -> list[dict[str, Any]]:
    """Rows of the weeks that have facts."""
    nothing = {name: 0 for question in QUESTIONS for name in queries.names(question)}
    found: dict[tuple[int, date], dict[str, Any]] = {}
    for told in queries.count_by_week(session, QUESTIONS, workspace_id, weeks, as_of=_EVER_AFTER):
        week = found.setdefault((told.pop("rep"), told.pop("first_day")), nothing | {"known_at": None})
        moments = [told.pop(name) for name in queries.KNOWN_AT]
        known = [moment for moment in (week["known_at"], *moments) if moment]
        week |= told | {"known_at": max(known, default=None)}
    return [
        {"workspace_id": workspace_id, "person_id": person, "week": monday, **counts}
        for (person, monday), counts in found.items()
    ]
