"""Whom and when an aggregate is about: per rep a stretch of time, joined to as a table.

One rep and a whole role take the same statement, whose spans lead into each table by its index on the rep. They
travel as one JSON parameter, so that the statement stays the same: building it costs more than running it for one rep.
Several questions that count are asked as one, because each way to the database costs as much as an answer.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache, lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.sql.elements import ColumnElement
from sqlmodel import Session, col

from storage.tables.base import Row
from storage.types import UTCDateTime

Counts = Mapping[int, Mapping[str, int]]
"""{rep: {name: count}}, without the reps who have nothing."""
Expression = sa.SQLColumnExpression[Any]

_TABLE = {
    "sqlite": """
        SELECT json_extract(value, '$.rep') AS rep, json_extract(value, '$.since') AS since,
               json_extract(value, '$.until') AS until, json_extract(value, '$.first_day') AS first_day,
               json_extract(value, '$.last_day') AS last_day
        FROM json_each(:spans)""",
    "postgresql": """
        SELECT rep, since AT TIME ZONE 'UTC' AS since, until AT TIME ZONE 'UTC' AS until, first_day, last_day
        FROM json_to_recordset(CAST(:spans AS json))
          AS given (rep integer, since timestamp, until timestamp, first_day date, last_day date)""",
}


@dataclass(frozen=True, slots=True)
class Span:
    """One rep's instants from `since` up to, but without, `until`; for facts dated by the day, the days included.

    A rep has one span in a query; in one that counts, several that do not overlap are counted together.
    """

    rep: int
    since: datetime
    until: datetime
    first_day: date
    last_day: date


class Spans:
    """The spans of a workspace's reps, as a statement over them sees them; `as_of` is the moment asked for."""

    def __init__(self, dialect: str) -> None:
        table = (
            sa.text(_TABLE[dialect])
            .columns(
                sa.column("rep", sa.Integer),
                sa.column("since", UTCDateTime),
                sa.column("until", UTCDateTime),
                sa.column("first_day", sa.Date),
                sa.column("last_day", sa.Date),
            )
            .cte("span")
            .prefix_with("MATERIALIZED")  # else SQLite reads the JSON anew for each row that it meets
        )
        self.workspace_id = sa.bindparam("workspace_id", type_=sa.Integer)
        self.as_of = sa.bindparam("as_of", type_=UTCDateTime)
        self.rep, self.since, self.until, self.first_day, self.last_day = table.c

    def hold(self, instant: Expression) -> ColumnElement[bool]:
        return sa.and_(instant >= self.since, instant < self.until)

    def hold_day(self, day: Expression) -> ColumnElement[bool]:
        return day.between(self.first_day, self.last_day)

    def rows(
        self, table: type[Row], rep: Expression, *conditions: Expression, **columns: Expression
    ) -> sa.Select[Any]:
        """`rep` and the named columns, from the rows of a table whose column `rep` names the span's rep."""
        return sa.select(self.rep, *(column.label(name) for name, column in columns.items())).join_from(
            self.rep.table, table, self.owns(table, rep == self.rep, *conditions)
        )

    def counts(
        self,
        table: type[Row],
        rep: Expression,
        *conditions: Expression,
        known_at: Sequence[Expression] = (),
        **aggregates: Expression,
    ) -> sa.Select[Any]:
        """`rows` by rep, with named aggregates.

        `known_at` are the moments after which a row counts differently than before: what `as_of` is compared with.
        """
        return self.rows(table, rep, *conditions, **aggregates).group_by(self.rep)

    def owns(self, table: type[Row], *conditions: Expression) -> ColumnElement[bool]:
        """The condition of a join to a table within the workspace."""
        return sa.and_(col(table.workspace_id) == self.workspace_id, *conditions)


class Weeks(Spans):
    """Spans of many weeks of each rep, each counted by itself: by its first day, with the last of its `known_at`."""

    def counts(
        self,
        table: type[Row],
        rep: Expression,
        *conditions: Expression,
        known_at: Sequence[Expression] = (),
        **aggregates: Expression,
    ) -> sa.Select[Any]:
        nothing = sa.cast(sa.null(), UTCDateTime)
        moments = [*map(sa.func.max, known_at), nothing, nothing][: len(KNOWN_AT)]
        last = dict(zip(KNOWN_AT, moments, strict=True))
        rows = self.rows(table, rep, *conditions, first_day=self.first_day, **last, **aggregates)
        return rows.group_by(self.rep, self.first_day)


KNOWN_AT = ("known_at_0", "known_at_1")
"""Of a week, two moments at most: all questions have as many, so that they can be asked together."""

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
) -> Counts:
    """What the aggregates of the questions come to for each rep."""
    found: dict[int, dict[str, int]] = defaultdict(dict)
    for row in _counted(session, questions, Spans, workspace_id, spans, **given):
        found[row.pop("rep")].update(row)
    return found


def count_by_week(
    session: Session,
    questions: tuple[Question, ...],
    workspace_id: int,
    weeks: Sequence[Span],
    **given: datetime,
) -> Iterator[dict[str, Any]]:
    """What each question's aggregates come to for each rep and week, by name, with `first_day` and `KNOWN_AT`."""
    return _counted(session, questions, Weeks, workspace_id, weeks, **given)


def names(question: Question) -> tuple[str, ...]:
    """What the aggregates of a question that counts are called."""
    return tuple(name for name in _columns(_built(question, "sqlite")) if name != "rep")


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
    told = json.dumps([_as_json(span) for span in spans])
    found = session.connection().execute(statement, {"workspace_id": workspace_id, "spans": told, **given})
    return found.all()


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
