"""Databases that older versions left behind: their rows as they stood, and the schema they stood in."""

import gzip
import json
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic import command

from storage import schema
from storage.database import Database

KEPT = Path(__file__).parent / "kept"
SCHEMAS = {"0.1.0": "0026"}
"""The revision that each of them has."""


def lay(db: Database, version: str) -> dict[str, int]:
    """Makes an empty database one of that version; gives how many rows each table has."""
    tables = json.loads(gzip.decompress((KEPT / f"{version}.json.gz").read_bytes()))
    config = schema.alembic_config()
    with schema.migrating(db) as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, SCHEMAS[version])
    with schema.migrating(db) as connection:
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql("SET LOCAL session_replication_role = replica")  # in whatever order
        for name, kept in tables.items():
            table = sa.Table(name, sa.MetaData(), autoload_with=connection, resolve_fks=False)
            columns = [table.columns[column] for column in kept["columns"]]
            rows = [{c.name: _typed(c, v) for c, v in zip(columns, row, strict=True)} for row in kept["rows"]]
            connection.execute(table.insert(), rows)
            _count_on(connection, table)
    return {name: len(kept["rows"]) for name, kept in tables.items()}


def _typed(column: sa.Column[Any], value: Any) -> Any:
    """As it stood in SQLite's file, in the type of this database."""
    if value is None:
        return None
    match column.type:
        case sa.Boolean():
            return bool(value)
        case sa.JSON():
            return json.loads(value)
        case sa.DateTime():
            moment = datetime.fromisoformat(value)
            return moment if moment.tzinfo or not column.type.timezone else moment.replace(tzinfo=UTC)
        case sa.Date():
            return date.fromisoformat(value)
        case sa.Time():
            return time.fromisoformat(value)
    return value


def _count_on(connection: sa.Connection, table: sa.Table) -> None:
    """PostgreSQL counts ids on from the highest that is there."""
    if connection.dialect.name == "postgresql" and "id" in table.columns:
        connection.exec_driver_sql(
            f"SELECT setval(pg_get_serial_sequence('{table.name}', 'id'), (SELECT max(id) FROM {table.name}))"
        )
