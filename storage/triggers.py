"""Triggers that note which reps' days were touched, whoever writes: the ORM, an import, a cascade, a hand at a shell.

They are made anew at each upgrade of the schema, and are away while it runs: SQLite loses a table's triggers when a
migration copies the table, and refuses to rename one that a trigger speaks of.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.engine import Connection


@dataclass(frozen=True, slots=True)
class _Fact:
    """Where a row of `table` finds the person and the moment that it counts for; `row` stands for NEW or OLD.

    Some find them in the row of another table.
    """

    table: str
    person: str
    moment: str
    other: str = ""
    condition: str = "TRUE"


_FACTS = (
    _Fact("call", "{row}.person_id", "{row}.started_at"),
    _Fact("debrief", "{row}.person_id", "{row}.call_started_at"),
    _Fact("prompt", "{row}.person_id", "c.started_at", "call c", "c.id = {row}.call_id"),
    _Fact("handoff", "{row}.sdr_id", "{row}.passed_at"),
    _Fact("handoff", "{row}.ae_id", "{row}.decided_at"),
    _Fact(
        "handoff",
        "d.ae_id",
        "d.closed_at",
        "deal d",
        "d.workspace_id = {row}.workspace_id AND d.handoff_id = {row}.id",
    ),
    _Fact(
        "handoff",
        "d.closed_by_id",
        "d.closed_at",
        "deal d",
        "d.workspace_id = {row}.workspace_id AND d.handoff_id = {row}.id AND d.closed_by_id IS NOT NULL",
    ),
    _Fact("deal", "{row}.ae_id", "{row}.closed_at"),
    _Fact("deal", "{row}.closed_by_id", "{row}.closed_at", condition="{row}.closed_by_id IS NOT NULL"),
    _Fact("past_closing", "{row}.ae_id", "{row}.closed_at"),
    _Fact("coaching_session", "{row}.learner_id", "{row}.due_on"),
)
TABLES = tuple(dict.fromkeys(fact.table for fact in _FACTS))
_ROWS = {"INSERT": ("NEW",), "UPDATE": ("OLD", "NEW"), "DELETE": ("OLD",)}
_DAY = {
    "sqlite": "substr({moment}, 1, 10)",
    "postgresql": "({moment}::timestamptz AT TIME ZONE 'UTC')::date",
}


def install(connection: Connection) -> None:
    for statement in _statements(connection.dialect.name):
        connection.exec_driver_sql(statement)


def remove(connection: Connection) -> None:
    """On PostgreSQL they may stay: it keeps triggers with their tables."""
    if connection.dialect.name == "sqlite":
        for table in TABLES:
            for event in _ROWS:
                connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {_name(table, event)}")


def are_current(connection: Connection) -> bool:
    """Whether they are this program's; PostgreSQL, whose upgrades are rare, is not asked."""
    if connection.dialect.name != "sqlite":
        return False
    there = connection.exec_driver_sql("SELECT sql FROM sqlite_master WHERE type = 'trigger'").scalars()
    return set(there).issuperset(_statements("sqlite"))


def days_of(connection: Connection, workspace_id: int, people: Collection[int]) -> Iterator[tuple[int, date]]:
    """Every day on which these people have a fact, in UTC, as the triggers would have noted it."""
    dialect = connection.dialect.name
    for fact in _FACTS:
        query = sa.text(
            f"SELECT DISTINCT person_id, day FROM ({_days(fact, dialect)}) n "
            "WHERE workspace_id = :workspace_id AND person_id IN :people"
        ).bindparams(sa.bindparam("people", expanding=True))
        found = connection.execute(
            query.columns(sa.column("person_id", sa.Integer), sa.column("day", sa.Date)),
            {"workspace_id": workspace_id, "people": list(people)},
        )
        yield from found


def _statements(dialect: str) -> Iterator[str]:
    for table in TABLES:
        if dialect == "sqlite":
            for event, rows in _ROWS.items():
                notes = "".join(_note(table, row, dialect) for row in rows)
                yield f"CREATE TRIGGER {_name(table, event)} AFTER {event} ON {table} BEGIN {notes} END"
        else:
            yield (
                f"CREATE OR REPLACE FUNCTION touched_{table}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
                + (
                    f"IF TG_OP <> 'INSERT' THEN {_note(table, 'OLD', dialect)} END IF; "
                    f"IF TG_OP <> 'DELETE' THEN {_note(table, 'NEW', dialect)} END IF; RETURN NULL; END $$"
                )
            )
            yield (
                f"CREATE OR REPLACE TRIGGER touched AFTER INSERT OR UPDATE OR DELETE ON {table} "
                f"FOR EACH ROW EXECUTE FUNCTION touched_{table}()"
            )


def _name(table: str, event: str) -> str:
    return f"touched_{table}_{event.lower()}"


def _note(table: str, row: str, dialect: str) -> str:
    """Statements that note each day of the row once.

    Not by a unique key: PostgreSQL would have one writer wait for another's.
    """
    return "".join(_noted(fact, row, dialect) for fact in _FACTS if fact.table == table)


def _noted(fact: _Fact, row: str, dialect: str) -> str:
    day = _DAY[dialect].format(moment=fact.moment)
    source = f"FROM {fact.other} " if fact.other else ""
    return (
        "INSERT INTO rep_touched (workspace_id, person_id, day) "
        f"SELECT {{row}}.workspace_id, {fact.person}, {day} {source}"
        f"WHERE {fact.condition} AND {fact.moment} IS NOT NULL AND NOT EXISTS ("
        "SELECT 1 FROM rep_touched t WHERE t.workspace_id = {row}.workspace_id "
        f"AND t.person_id = {fact.person} AND t.day = {day});"
    ).format(row=row)


def _days(fact: _Fact, dialect: str) -> str:
    """All that triggers would have noted of a table's rows."""
    day = _DAY[dialect].format(moment=fact.moment)
    tables = ", ".join(filter(None, (f"{fact.table} fact", fact.other)))
    return (
        f"SELECT {{row}}.workspace_id AS workspace_id, {fact.person} AS person_id, {day} AS day "
        f"FROM {tables} WHERE {fact.condition} AND {fact.moment} IS NOT NULL"
    ).format(row="fact")
