"""Counts of many reps, from their rollup by week wherever that is exactly the answer, and from the rows elsewhere.

A rep is counted from the rows alone when somebody asks as of a moment before the last fact of a week was known, when
the weeks are kept by another zone's days, or when rows have changed since they were counted.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlmodel import Session, col

from bot.calendar.wallclock import start_of_day
from storage.books import Books
from storage.queries.scorecards import asking as queries
from storage.queries.scorecards.asking import Counts, Question
from storage.queries.scorecards.spans import Span
from storage.tables import RepTouched, RepWeek, RepZone
from storage.types import UTCDateTime

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


def count(
    session: Session,
    questions: tuple[Question, ...],
    workspace_id: int,
    spans: Sequence[Span],
    zones: Mapping[int, ZoneInfo],
    *,
    as_of: datetime,
    few: int = FEW,
) -> Counts:
    """What the questions' aggregates come to for each rep, by name; `zones` are those whose days the spans keep to.

    Up to `few` reps, all told or of one span, are counted from the rows.
    """
    kept = _zones_kept(Books(session, workspace_id, as_of)) if len(spans) > few else {}
    parts: list[Counts] = []
    rest: list[Span] = []
    for (since, until, zone), group in _alike(spans, zones).items():
        weeks = _whole_weeks(since, until, zone)
        reps = {span.rep for span in group if kept.get(span.rep) == zone.key}
        if weeks is None or len(reps) <= few:
            rest += group
            continue
        found = _from_weeks(session, questions, workspace_id, weeks, reps, as_of)
        parts.append(found)
        rest += [span for span in group if span.rep not in found]
        rest += [beside for span in group if span.rep in found for beside in _beside(span, weeks)]
    if rest:
        parts.append(queries.count(session, questions, workspace_id, rest, as_of=as_of))
    return _added(parts)


def _alike(
    spans: Sequence[Span], zones: Mapping[int, ZoneInfo]
) -> Mapping[tuple[datetime, datetime, ZoneInfo], Sequence[Span]]:
    """Most reps of a role share their span."""
    found: dict[tuple[datetime, datetime, ZoneInfo], list[Span]] = defaultdict(list)
    for span in spans:
        found[span.since, span.until, zones[span.rep]].append(span)
    return found


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
    weeks: _Weeks,
    reps: Collection[int],
    as_of: datetime,
) -> Counts:
    """The counts of those of the reps of whom nothing in these weeks became known later."""
    given = {"workspace_id": workspace_id, "first": weeks.first, "beyond": weeks.beyond, "as_of": as_of}
    names = _names(questions)
    found: dict[int, Mapping[str, int]] = {rep: {} for rep in reps}
    for rep, is_early, *counts in session.connection().execute(_summed(questions), given):
        if rep in found and is_early:
            del found[rep]
        elif rep in found:
            found[rep] = dict(zip(names, counts, strict=True))
    return found


@cache
def _summed(questions: tuple[Question, ...]) -> sa.Select[Any]:
    is_early = sa.func.max(col(RepWeek.known_at)) > sa.bindparam("as_of", type_=UTCDateTime)
    sums = (sa.func.sum(getattr(RepWeek, name)) for name in _names(questions))
    return (
        sa.select(col(RepWeek.person_id), is_early, *sums)
        .where(
            col(RepWeek.workspace_id) == sa.bindparam("workspace_id"),
            col(RepWeek.week) >= sa.bindparam("first"),
            col(RepWeek.week) < sa.bindparam("beyond"),
        )
        .group_by(col(RepWeek.person_id))
    )


@cache
def _names(questions: tuple[Question, ...]) -> tuple[str, ...]:
    return tuple(name for question in questions for name in queries.names(question))


def _added(parts: Sequence[Counts]) -> Counts:
    """Counts by name add up; most reps are in one part alone."""
    total: dict[int, Mapping[str, int]] = {}
    for part in parts:
        for rep, counts in part.items():
            known = total.get(rep)
            total[rep] = counts if not known else _sum(known, counts)
    return total


def _sum(one: Mapping[str, int], other: Mapping[str, int]) -> Mapping[str, int]:
    return {name: one.get(name, 0) + other.get(name, 0) for name in one.keys() | other.keys()}
