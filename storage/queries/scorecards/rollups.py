"""Counts of many reps, from their rollup by week wherever that is exactly the answer, and from the rows elsewhere.

A rep is counted from the rows alone when somebody asks as of a moment before the last fact of a week was known, when
the weeks are kept by another zone's days, or when rows have changed since they were counted.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlmodel import Session, col

from bot.calendar.wallclock import start_of_day
from bot.core.session_cache import read_once
from storage.books import Books
from storage.queries.scorecards import asking as queries
from storage.queries.scorecards.asking import Counts, Question
from storage.queries.scorecards.spans import Span, Spans
from storage.tables import RepTouched, RepWeek, RepZone

FEW = 20
"""Reps whose rows are read as fast as their rollup."""
_WEEK, _DAY = timedelta(weeks=1), timedelta(days=1)


@dataclass(frozen=True, slots=True)
class _Weeks:
    """Whole weeks of a zone: their instants, the first Monday, and the Monday after them."""

    since: datetime
    until: datetime
    first: date
    beyond: date


_Shared = tuple[_Weeks, Mapping[int, int]]
"""Whole weeks, and by rep the places of the spans that hold them."""


def count(
    session: Session,
    questions: tuple[Question, ...],
    workspace_id: int,
    spans: Sequence[Span],
    zones: Sequence[ZoneInfo],
    *,
    as_of: datetime,
    whole: tuple[Question, ...] = (),
    few: int = FEW,
) -> list[Counts]:
    """What the questions' aggregates come to for each span, by name; `zones` are those whose days the spans keep to.

    Up to `few` reps that share a span are counted from the rows; so is what is only told of a span as a `whole`.
    """
    alike = _alike(Books(session, workspace_id, as_of), spans, zones, few)
    from_weeks = _from_weeks(session, questions, workspace_id, alike, as_of)
    if not from_weeks:
        return queries.count(session, (*questions, *whole), workspace_id, spans, as_of=as_of)
    rest = [
        (n, part)
        for n, span in enumerate(spans)
        for part in (_beside(span, from_weeks[n][0]) if n in from_weeks else (span,))
    ]
    parts = [(n, counts) for n, (_weeks, counts) in from_weeks.items()]
    if rest:
        counted = queries.count(session, questions, workspace_id, [part for _n, part in rest], as_of=as_of)
        parts += zip((n for n, _part in rest), counted, strict=True)
    if whole:
        parts += enumerate(queries.count(session, whole, workspace_id, spans, as_of=as_of))
    return _added(len(spans), parts)


def _whole_weeks(since: datetime, until: datetime, zone: ZoneInfo) -> _Weeks | None:
    """The weeks by the zone's days that lie in the span as a whole."""
    first, beyond = (edge.astimezone(zone).date() for edge in (since, until))
    monday = first - _DAY * first.weekday()
    if start_of_day(monday, zone) < since:
        monday += _WEEK
    end = beyond - _DAY * beyond.weekday()
    return _Weeks(start_of_day(monday, zone), start_of_day(end, zone), monday, end) if monday < end else None


def _beside(span: Span, weeks: _Weeks) -> Iterator[Span]:
    if span.since < weeks.since:
        yield replace(span, until=weeks.since, last_day=weeks.first - _DAY)
    if weeks.until < span.until:
        yield replace(span, since=weeks.until, first_day=weeks.beyond)


@read_once
def _zones_kept(books: Books) -> dict[int, str]:
    """By whose days each rep's weeks are kept, of the reps whose weeks are up to date."""
    touched = sa.exists().where(
        col(RepTouched.workspace_id) == books.workspace_id, col(RepTouched.person_id) == RepZone.person_id
    )
    rows = books.session.connection().execute(
        sa.select(col(RepZone.person_id), col(RepZone.zone)).where(
            col(RepZone.workspace_id) == books.workspace_id, ~touched
        )
    )
    return dict(rows.all())


def _from_weeks(
    session: Session,
    questions: tuple[Question, ...],
    workspace_id: int,
    asked: Sequence[_Shared],
    as_of: datetime,
) -> dict[int, tuple[_Weeks, Counts]]:
    """By the place of a span its whole weeks and their counts, where nothing in these weeks became known later."""
    if not asked:
        return {}
    over = [Span(0, weeks.since, weeks.until, weeks.first, weeks.beyond - _DAY) for weeks, _places in asked]
    given = queries.parameters(workspace_id, over, as_of=as_of)
    statement, names = _summed(questions, session.get_bind().dialect.name), _names(questions)
    found: dict[int, tuple[_Weeks, Counts]] = {
        n: (weeks, {}) for weeks, places in asked for n in places.values()
    }
    for at, rep, is_early, *counts in session.connection().execute(statement, given):
        weeks, places = asked[at]
        if rep in places and is_early:
            del found[places[rep]]
        elif rep in places:
            found[places[rep]] = weeks, dict(zip(names, counts, strict=True))
    return found


def _alike(books: Books, spans: Sequence[Span], zones: Sequence[ZoneInfo], few: int) -> list[_Shared]:
    """Most reps of a role share their span: those that more than a `few` do whose weeks are kept by its days."""
    shared: dict[tuple[datetime, datetime, ZoneInfo], dict[int, int]] = defaultdict(dict)
    for n, (span, zone) in enumerate(zip(spans, zones, strict=True)):
        shared[span.since, span.until, zone][span.rep] = n
    many = {key: places for key, places in shared.items() if len(places) > few}
    kept = _zones_kept(books) if many else {}
    found: list[_Shared] = []
    for (since, until, zone), places in many.items():
        weeks = _whole_weeks(since, until, zone)
        own = {rep: n for rep, n in places.items() if kept.get(rep) == zone.key}
        if weeks is not None and len(own) > few:
            found.append((weeks, own))
    return found


@cache
def _summed(questions: tuple[Question, ...], dialect: str) -> sa.Select[Any]:
    span = Spans(dialect)
    is_early = sa.func.max(col(RepWeek.known_at)) > span.as_of
    sums = (sa.func.sum(getattr(RepWeek, name)) for name in _names(questions))
    weeks = span.owns(RepWeek, span.hold_day(col(RepWeek.week)))
    return (
        sa.select(span.n, col(RepWeek.person_id), is_early, *sums)
        .join_from(span.n.table, RepWeek, weeks)
        .group_by(span.n, col(RepWeek.person_id))
    )


@cache
def _names(questions: tuple[Question, ...]) -> tuple[str, ...]:
    return tuple(name for question in questions for name in queries.names(question))


def _added(spans: int, parts: Iterable[tuple[int, Counts]]) -> list[Counts]:
    """By the place of a span, what its parts come to; most have one alone."""
    total: list[Counts] = [{} for _ in range(spans)]
    for n, counts in parts:
        total[n] = counts if not total[n] else _sum(total[n], counts)
    return total


def _sum(one: Counts, other: Counts) -> Counts:
    return {name: one.get(name, 0) + other.get(name, 0) for name in one.keys() | other.keys()}
