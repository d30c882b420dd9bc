"""Whom and when an aggregate is about: per rep stretches of time, joined to as a table.

One rep and a whole role, one period and many take the same statement, whose spans lead into each table by its index
on the rep. They travel as one JSON parameter, so that the statement stays the same: building it costs more than
running it for one rep.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.sql.elements import ColumnElement
from sqlmodel import col

from storage.tables.base import Row
from storage.types import UTCDateTime

Expression = sa.SQLColumnExpression[Any]

_TABLE = {
    "sqlite": """
        SELECT key AS n, json_extract(value, '$.rep') AS rep, json_extract(value, '$.since') AS since,
               json_extract(value, '$.until') AS until, json_extract(value, '$.first_day') AS first_day,
               json_extract(value, '$.last_day') AS last_day
        FROM json_each(:spans)""",
    "postgresql": """
        SELECT CAST(n - 1 AS integer) AS n, rep, since AT TIME ZONE 'UTC' AS since,
               until AT TIME ZONE 'UTC' AS until, first_day, last_day
        FROM ROWS FROM (
          json_to_recordset(CAST(:spans AS json))
          AS (rep integer, since timestamp, until timestamp, first_day date, last_day date)
        ) WITH ORDINALITY AS given (rep, since, until, first_day, last_day, n)""",
}


@dataclass(frozen=True, slots=True)
class Span:
    """One rep's instants from `since` up to, but without, `until`; for facts dated by the day, the days included.

    A rep may have several in a query: what is found in each is told apart by its place among them, `n`.
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
                sa.column("n", sa.Integer),
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
        self.n, self.rep, self.since, self.until, self.first_day, self.last_day = table.c

    def hold(self, instant: Expression) -> ColumnElement[bool]:
        return sa.and_(instant >= self.since, instant < self.until)

    def hold_day(self, day: Expression) -> ColumnElement[bool]:
        return day.between(self.first_day, self.last_day)

    def rows(
        self, table: type[Row], rep: Expression, *conditions: Expression, **columns: Expression
    ) -> sa.Select[Any]:
        """`rep` and the named columns, from the rows of a table whose column `rep` names the span's rep."""
        told: list[Expression] = [column.label(name) for name, column in columns.items()]
        return self._joined(table, rep, conditions, self.rep, *told)

    def _joined(
        self, table: type[Row], rep: Expression, conditions: Sequence[Expression], *told: Expression
    ) -> sa.Select[Any]:
        theirs = self.owns(table, rep == self.rep, *conditions)
        return sa.select(*told).join_from(self.rep.table, table, theirs)

    def counts(
        self,
        table: type[Row],
        rep: Expression,
        *conditions: Expression,
        known_at: Sequence[Expression] = (),
        **aggregates: Expression,
    ) -> sa.Select[Any]:
        """`n` of each span that has rows (see `rows`), with named aggregates of them.

        `known_at` are the moments after which a row counts differently than before: what `as_of` is compared with.
        """
        columns = self._told(known_at, aggregates)
        return self._joined(table, rep, conditions, self.n, *columns).group_by(self.n)

    def totals(
        self, found: sa.Subquery, *, known_at: Sequence[Expression] = (), **aggregates: Expression
    ) -> sa.Select[Any]:
        """`counts` over what several statements found together; each of its rows bears `n`."""
        columns = self._told(known_at, aggregates)
        return sa.select(found.c.n, *columns).select_from(found).group_by(found.c.n)

    def _told(
        self, _known_at: Sequence[Expression], aggregates: Mapping[str, Expression]
    ) -> list[Expression]:
        return [column.label(name) for name, column in aggregates.items()]

    def owns(self, table: type[Row], *conditions: Expression) -> ColumnElement[bool]:
        """The condition of a join to a table within the workspace."""
        return sa.and_(col(table.workspace_id) == self.workspace_id, *conditions)


class Weeks(Spans):
    """Spans of which is told, beside the counts, the last of their `known_at`."""

    def _told(self, known_at: Sequence[Expression], aggregates: Mapping[str, Expression]) -> list[Expression]:
        return super()._told(known_at, {**_last(known_at), **aggregates})


def _last(known_at: Sequence[Expression]) -> dict[str, Expression]:
    nothing = sa.cast(sa.null(), UTCDateTime)
    moments: list[Expression] = [*map(sa.func.max, known_at), nothing, nothing]
    return dict(zip(KNOWN_AT, moments, strict=False))


KNOWN_AT = ("known_at_0", "known_at_1")
"""Of a week, two moments at most: all questions have as many, so that they can be asked together."""
