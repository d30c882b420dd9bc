"""Questions over spans, put to the database.

Several questions that count are asked as one, because each way to the database costs as much as an answer.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache, lru_cache
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from storage.queries.scorecards.spans import Span, Spans, Weeks

Counts = Mapping[str, int]
"""By name; what is nothing may be missing."""

Question = Callable[[Spans], sa.Select[Any]]
"""Builds a statement over spans."""


@dataclass(frozen=True, slots=True)
class _Together:
    """Questions as one statement, whose rows begin with the number of theirs; of each, what its columns are called."""

    statement: sa.CompoundSelect[Any]
    names: tuple[tuple[str, ...], ...]


def ask(
    session: Session, question: Question, workspace_id: int, spans: Sequence[Span], **given: datetime
) -> Sequence[Any]:
    """The rows of a question, which is built once for each kind of database; `given` is `as_of` where it asks so."""
    return _rows(session, _built(question, session.get_bind().dialect.name), workspace_id, spans, **given)


def count(
    session: Session,
    questions: tuple[Question, ...],
    workspace_id: int,
    spans: Sequence[Span],
    **given: datetime,
) -> list[Counts]:
    """What the aggregates of the questions come to for each span."""
    found: list[dict[str, int]] = [{} for _ in spans]
    for row in _counted(session, questions, Spans, workspace_id, spans, **given):
        found[row.pop("n")].update(row)
    return list(found)


def count_by_week(
    session: Session,
    questions: tuple[Question, ...],
    workspace_id: int,
    weeks: Sequence[Span],
    **given: datetime,
) -> Iterator[dict[str, Any]]:
    """What each question's aggregates come to for each week that has any, by name, with its `n` and `KNOWN_AT`."""
    return _counted(session, questions, Weeks, workspace_id, weeks, **given)


def names(question: Question) -> tuple[str, ...]:
    """What the aggregates of a question that counts are called."""
    return tuple(name for name in _columns(_built(question, "sqlite")) if name != "n")


def _counted(
    session: Session,
    questions: tuple[Question, ...],
    kind: Callable[[str], Spans],
    workspace_id: int,
    spans: Sequence[Span],
    **given: datetime,
) -> Iterator[dict[str, Any]]:
    asked = _together(questions, kind, session.get_bind().dialect.name)
    for number, *values in _rows(session, asked.statement, workspace_id, spans, **given):
        yield dict(zip(asked.names[number], values, strict=False))


def _rows(
    session: Session, statement: sa.Executable, workspace_id: int, spans: Sequence[Span], **given: datetime
) -> Sequence[Any]:
    return session.connection().execute(statement, parameters(workspace_id, spans, **given)).all()


def parameters(workspace_id: int, spans: Sequence[Span], **given: datetime) -> dict[str, Any]:
    """What a statement over `Spans` is executed with."""
    return {"workspace_id": workspace_id, "spans": json.dumps([_as_json(span) for span in spans]), **given}


@cache
def _built(question: Question, dialect: str) -> sa.Select[Any]:
    return question(Spans(dialect))


@cache
def _together(questions: tuple[Question, ...], kind: Callable[[str], Spans], dialect: str) -> _Together:
    """The shorter ones are filled up with zeros, which no name belongs to."""
    span = kind(dialect)
    built = [question(span) for question in questions]
    names = tuple(_columns(one) for one in built)
    width = max(map(len, names))
    parts = [
        one.with_only_columns(
            sa.literal_column(str(number)),
            *one.selected_columns,
            *[sa.literal_column("0")] * (width - len(one.selected_columns)),
        )
        for number, one in enumerate(built)
    ]
    return _Together(sa.union_all(*parts), names)


def _columns(statement: sa.Select[Any]) -> tuple[str, ...]:
    return tuple(str(column.key) for column in statement.selected_columns)


def _as_json(span: Span) -> dict[str, int | str]:
    return {
        "rep": span.rep,
        "since": _instant(span.since),
        "until": _instant(span.until),
        "first_day": span.first_day.isoformat(),
        "last_day": span.last_day.isoformat(),
    }


@lru_cache(maxsize=4096)
def _instant(instant: datetime) -> str:
    """The instant as SQLite keeps it, in UTC; most spans share theirs."""
    return instant.astimezone(UTC).replace(tzinfo=None).isoformat(" ", "microseconds")
