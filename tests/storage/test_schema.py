"""The migrated schema is the tables, and an upgrade runs once, however many ask for it."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa
from alembic import command
from sqlalchemy.exc import IntegrityError
from sqlmodel import SQLModel, select

from bot.core.enums import Metric, Role
from bot.core.errors import Misconfigured
from storage import schema, triggers
from storage.database import Database
from storage.tables import Worksheet
from tests.support.builders import workspace
from tests.support.databases import PostgreSQL, SQLiteFiles

NOW = datetime(2026, 11, 18, 9, tzinfo=UTC)


def test_the_migrated_schema_is_the_tables(any_db: Database) -> None:
    found = sa.inspect(any_db.engine)

    for name, table in SQLModel.metadata.tables.items():
        assert {column["name"] for column in found.get_columns(name)} == set(table.columns.keys()), name
        assert {tuple(c["column_names"]) for c in found.get_unique_constraints(name)} == {
            tuple(column.name for column in constraint.columns)
            for constraint in table.constraints
            if isinstance(constraint, sa.UniqueConstraint)
        }, name
        assert {index["name"] for index in found.get_indexes(name)} >= {index.name for index in table.indexes}


def test_no_constraint_lists_the_metrics(any_db: Database) -> None:
    found = sa.inspect(any_db.engine)
    checks = [
        check["sqltext"] for table in found.get_table_names() for check in found.get_check_constraints(table)
    ]

    assert len(checks) > 10
    assert not [check for check in checks if sum(f"'{metric}'" in check for metric in Metric) > 1]


def test_the_upgrade_that_frees_the_metrics_keeps_every_row(any_db: Database) -> None:
    with any_db.begin() as session:
        build = workspace(session)
        team = build.team()
        coach, learner = build.rep("Ana", Role.AE, team), build.rep("Bo", Role.AE, team)
        pair = build.pairing(team, coach, learner, date(2026, 11, 16))
        session.add(Worksheet(workspace_id=build.workspace_id, pairing_id=pair, written_at=NOW))
    config = schema.alembic_config()
    with schema.migrating(any_db) as connection:
        config.attributes["connection"] = connection
        triggers.remove(connection)
        command.downgrade(config, "0019")
    new_metric = sa.text("UPDATE pairing SET metric = 'dials_per_dollar'")
    with pytest.raises(IntegrityError), any_db.begin() as session:
        session.execute(new_metric)

    schema.upgrade(any_db)

    with any_db.begin() as session:
        assert len(session.exec(select(Worksheet)).all()) == 1
        session.execute(new_metric)


def test_three_upgrades_at_once_of_an_empty_database_all_find_it_upgraded(postgresql: PostgreSQL) -> None:
    with _empty(postgresql) as url:
        databases = [Database(url) for _ in range(3)]
        begin = threading.Barrier(3)

        def upgrade(db: Database) -> None:
            begin.wait()
            schema.upgrade(db)

        with ThreadPoolExecutor(3) as processes:
            for done in [processes.submit(upgrade, db) for db in databases]:
                done.result()
        assert all(schema.status(db).is_current for db in databases)
        for db in databases:
            db.close()


@contextmanager
def _empty(server: PostgreSQL) -> Iterator[str]:
    server._sql("CREATE DATABASE untouched")
    yield server.url("untouched")
    server._sql("DROP DATABASE untouched WITH (FORCE)")


def test_upgrading_twice_is_upgrading_once(any_db: Database) -> None:
    schema.upgrade(any_db)

    assert schema.status(any_db).is_current


def test_a_newer_schema_is_refused_with_a_sentence(any_db: Database) -> None:
    with any_db.engine.execution_options(writes=True).begin() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))

    with pytest.raises(Misconfigured, match="newer than this program"):
        schema.upgrade(any_db)


def test_an_empty_database_says_how_to_upgrade_it(sqlite_files: SQLiteFiles) -> None:
    empty = Database(f"sqlite:///{sqlite_files.folder / 'empty.db'}")

    with pytest.raises(Misconfigured, match="cornerman db upgrade"):
        schema.require_current(schema.status(empty))
    empty.close()
