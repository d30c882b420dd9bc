"""What an upgrade of a database of 0.1.0 costs by its rows, on both databases; `storage.upgrade_plan` tells by it.

The kept database is grown by copies of its calls, debriefs, leads and deals, with keys of their own.
"""

import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from storage import schema, upgrade_plan
from storage.database import Database
from tests.bench.table import Row, demand
from tests.storage.kept_databases import lay
from tests.support.databases import PostgreSQL

LARGE = ("call", "debrief", "handoff", "deal")
A_COPY = 1_000_000
"""Between the ids of one copy and the next."""
SIZES = (0, 100_000, 400_000)


def run() -> list[Row]:
    with tempfile.TemporaryDirectory() as folder, closing_server() as server:
        return [
            row
            for size in SIZES
            for row in (
                _row("SQLite", f"sqlite:///{Path(folder) / f'{size}.db'}", size),
                _row("PostgreSQL", _made(server, f"grown_{size}"), size),
            )
        ]


@contextmanager
def closing_server() -> Iterator[PostgreSQL]:
    server = PostgreSQL()
    try:
        yield server
    finally:
        server.stop()


def _made(server: PostgreSQL, name: str) -> str:
    server._sql(f"CREATE DATABASE {name}")
    return server.url(name)


def _row(kind: str, url: str, size: int) -> Row:
    with closing(Database(url)) as db:
        lay(db, "0.1.0")
        with schema.migrating(db) as connection:
            grow(connection, size)
        rows = upgrade_plan.plan(db).rows
        demand(rows >= size, f"{kind} has {rows} rows and was to have {size}")
        began = time.monotonic()
        schema.upgrade(db)
        took = time.monotonic() - began
        demand(schema.status(db).is_current, f"{kind} was not upgraded")
    return Row(f"upgrade of 0.1.0, {kind}, {rows:,} rows", took * 1000)


def grow(connection: Connection, rows: int) -> None:
    """Copies of the large tables, until they have that many rows; references among them go to rows of the same copy."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
    tables = {name: sa.Table(name, sa.MetaData(), autoload_with=connection) for name in LARGE}
    there = sum(
        connection.scalar(sa.select(sa.func.count()).select_from(one)) or 0 for one in tables.values()
    )
    for copy in range(1, rows // there + 1):
        for table in tables.values():
            moved = {
                c for key in table.foreign_keys if key.column.table.name in LARGE for c in [key.parent.name]
            }
            wanted = [_copied(column, copy, moved - {"workspace_id"}) for column in table.columns]
            ours = table.c.id < A_COPY
            connection.execute(
                table.insert().from_select([c.name for c in table.columns], sa.select(*wanted).where(ours))
            )


def _copied(column: sa.Column[Any], copy: int, moved: set[str]) -> sa.ColumnElement[Any]:
    if column.name == "id" or column.name in moved:
        return sa.type_coerce(column, sa.Integer) + copy * A_COPY
    if column.name.endswith("_key"):
        return sa.type_coerce(column, sa.String) + f"-{copy}"
    return column
