"""Counts of many reps, from their rollup by week wherever that is exactly the answer, and from the rows elsewhere.

A rep is counted from the rows alone when somebody asks as of a moment before the last fact of a week was known, when
the weeks are kept by another zone's days, or when rows have changed since they were counted.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache, lru_cache
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlmodel import Session, col

from bot.wall import start_of_day
from storage.queries import spans as queries
from storage.queries.spans import Counts, Question, Span, Spans
from storage.tables import RepTouched, RepWeek, RepZone

FEW = 20
"""Reps whose rows are read as fast as their rollup."""
_WEEK, _DAY = timedelta(weeks=1), timedelta(days=1)


def count(
    session: Session,
    questions: tuple[Question, ...],
    workspace_id: int,
    spans: Sequence[Span],
    zones: Mapping[int, ZoneInfo],
    *,
    as_of: datetime,
    few: int = FEW,
) -> dict[int, dict[str, int]]:
    """What the questions' aggregates come to for each rep, by name; `zones` are those whose days the spans keep to."""
    weeks: dict[int, Counts] = {}
    if len(spans) > few:
        weeks = _from_weeks(session, questions, workspace_id, spans, zones, as_of)
    rest = [
        part
        for span in spans
        for part in (_besides_weeks(span, zones[span.rep]) if span.rep in weeks else [span])
    ]
    from_rows = (
        queries.count(session, question, workspace_id, rest, as_of=as_of) for question in questions if rest
    )
    return _added([*weeks.values(), *from_rows])


def whole_weeks(span: Span, zone: ZoneInfo) -> Span | None:
    """The weeks by the zone's days that lie in the span as a whole."""
    found = _whole_weeks(span.since, span.until, zone)
    return None if found is None else replace(found, rep=span.rep)


def _from_weeks(
    session: Session,
    questions: tuple[Question, ...],
    workspace_id: int,
    spans: Sequence[Span],
    zones: Mapping[int, ZoneInfo],
    as_of: datetime,
) -> dict[int, Counts]:
    """By rep, the counts of the whole weeks of those reps whose rollup answers; each without what is beside them."""
    kept = _zones_kept(session, workspace_id)
    weeks = [
        whole
        for span in spans
        if kept.get(span.rep) == zones[span.rep].key and (whole := whole_weeks(span, zones[span.rep]))
    ]
    found: dict[int, Counts] = {week.rep: {} for week in weeks}
    for row in queries.ask(session, _summed(questions), workspace_id, weeks) if weeks else ():
        rep, known_at, *counts = row
        if known_at is not None and known_at > as_of:
            del found[rep]
        else:
            found[rep] = {rep: dict(zip(_names(questions), counts, strict=True))}
    return found


def _besides_weeks(span: Span, zone: ZoneInfo) -> Iterable[Span]:
    weeks = whole_weeks(span, zone)
    if weeks is None:
        yield span
        return
    if span.since < weeks.since:
        yield replace(span, until=weeks.since, last_day=weeks.first_day - _DAY)
    if weeks.until < span.until:
        yield replace(span, since=weeks.until, first_day=weeks.last_day + _DAY)


@lru_cache(maxsize=4096)
def _whole_weeks(since: datetime, until: datetime, zone: ZoneInfo) -> Span | None:
    """Most reps of a role share their span, which is cut once. Of nobody in particular: `rep` is 0."""
    first, beyond = (edge.astimezone(zone).date() for edge in (since, until))
    monday = first - _DAY * first.weekday()
    if start_of_day(monday, zone) < since:
        monday += _WEEK
    end = beyond - _DAY * beyond.weekday()
    if end <= monday:
        return None
    return Span(0, start_of_day(monday, zone), start_of_day(end, zone), monday, end - _DAY)


def _zones_kept(session: Session, workspace_id: int) -> dict[int, str]:
    """By whose days each rep's weeks are kept, of the reps whose weeks are up to date."""
    touched = sa.exists().where(
        col(RepTouched.workspace_id) == workspace_id, col(RepTouched.person_id) == RepZone.person_id
    )
    rows = session.connection().execute(
        sa.select(col(RepZone.person_id), col(RepZone.zone)).where(
            col(RepZone.workspace_id) == workspace_id, ~touched
        )
    )
    return dict(rows.all())


@cache
def _summed(questions: tuple[Question, ...]) -> Question:
    def summed(span: Spans) -> sa.Select[Any]:
        sums: dict[str, Any] = {name: sa.func.sum(getattr(RepWeek, name)) for name in _names(questions)}
        return span.counts(
            RepWeek,
            col(RepWeek.person_id),
            span.hold_day(col(RepWeek.week)),
            latest=sa.func.max(col(RepWeek.known_at)),
            **sums,
        )

    return summed


@cache
def _names(questions: tuple[Question, ...]) -> tuple[str, ...]:
    return tuple(name for question in questions for name in queries.names(question))


def _added(parts: Iterable[Counts]) -> dict[int, dict[str, int]]:
    total: dict[int, dict[str, int]] = {}
    for part in parts:
        for rep, counts in part.items():
            known = total.setdefault(rep, {})
            for name, number in counts.items():
                known[name] = known.get(name, 0) + number
    return total
