"""The doors keep their promises, on both databases."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from sqlalchemy.exc import IntegrityError, StatementError
from sqlmodel import SQLModel, select

from bot.core.enums import Metric, Role
from bot.core.errors import Misconfigured
from storage import schema, triggers
from storage.database import Database
from storage.tables import InboxEvent, Leave, Person, Team, Worksheet, Workspace
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


def test_what_fails_half_way_leaves_nothing(any_db: Database) -> None:
    with pytest.raises(RuntimeError), any_db.begin() as session:
        session.add(Workspace(name="Acme"))
        session.flush()
        raise RuntimeError("the power went")

    with any_db.read() as session:
        assert session.exec(select(Workspace)).all() == []


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


def test_a_naive_instant_is_refused(any_db: Database) -> None:
    when = datetime(2026, 1, 1, tzinfo=UTC)
    with pytest.raises(StatementError, match="naive"), any_db.begin() as session:
        workspace = Workspace(name="Acme")
        session.add(workspace)
        session.flush()
        session.add(
            Team(
                workspace_id=workspace.id,
                name="East",
                time_zone="UTC",
                digest_next_at=when.replace(tzinfo=None),
            )
        )


def test_an_instant_comes_back_as_it_went_in(any_db: Database) -> None:
    when = datetime(2026, 10, 25, 0, 30, 0, 123456, tzinfo=UTC)
    with any_db.begin() as session:
        workspace = Workspace(name="Acme")
        session.add(workspace)
        session.flush()
        session.add(Team(workspace_id=workspace.id, name="East", time_zone="UTC", digest_next_at=when))
    with any_db.read() as session:
        assert session.exec(select(Team.digest_next_at)).one() == when


def test_a_row_cannot_point_into_another_workspace(any_db: Database) -> None:
    with any_db.begin() as session:
        ours, theirs = Workspace(name="Ours"), Workspace(name="Theirs")
        session.add_all([ours, theirs])
        session.flush()
        ana = Person(workspace_id=theirs.id, name="Ana")
        session.add(ana)
        session.flush()
        our_id, ana_id = ours.id, ana.id

    with pytest.raises(IntegrityError), any_db.begin() as session:
        session.add(Leave(workspace_id=our_id, person_id=ana_id, first_day=date.min, last_day=date.max))


def test_a_word_outside_its_list_is_refused_by_the_database(any_db: Database) -> None:
    with any_db.begin() as session:
        workspace = Workspace(name="Acme")
        session.add(workspace)
        session.flush()
        workspace_id = workspace.id

    with pytest.raises(IntegrityError), any_db.begin() as session:
        session.execute(
            sa.text(
                "INSERT INTO membership (workspace_id, person_id, team_id, role, started_on)"
                " VALUES (:w, 1, 1, 'boss', '2026-01-01')"
            ),
            {"w": workspace_id},
        )


def test_no_update_is_lost_between_writers(any_db: Database) -> None:
    with any_db.begin() as session:
        session.add(Workspace(name="0"))

    def count_up() -> None:
        for _ in range(25):
            with any_db.begin() as session:
                workspace = session.exec(select(Workspace).with_for_update()).one()
                workspace.name = str(int(workspace.name) + 1)

    threads = [threading.Thread(target=count_up) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    with any_db.read() as session:
        assert session.exec(select(Workspace.name)).one() == "100"


GIVES_UP = 60.0


def test_a_reader_does_not_wait_for_a_writer(any_db: Database) -> None:
    writing, done = threading.Event(), threading.Event()

    def write_slowly() -> None:
        with any_db.begin() as session:
            session.add(Workspace(name="Acme"))
            session.flush()
            writing.set()
            done.wait(GIVES_UP)

    writer = threading.Thread(target=write_slowly)
    writer.start()
    writing.wait(GIVES_UP)
    with any_db.read() as session:
        seen = session.exec(select(Workspace)).all()
    assert writer.is_alive(), "the writer still holds its row"
    done.set()
    writer.join()
    assert seen == []


def test_sqlite_is_set_up_to_keep_what_it_acknowledged(tmp_path: Path) -> None:
    db = Database(f"sqlite:///{tmp_path / 'own.db'}")
    with db.engine.connect() as connection:
        settings = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        }
    db.close()
    assert settings == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


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


@pytest.mark.parametrize("url", ["nonsense", "mysql://x/y", ""])
def test_an_url_of_nothing_known_is_refused_with_a_sentence(url: str) -> None:
    with pytest.raises(Misconfigured, match="DATABASE_URL"):
        Database(url)


def test_a_postgresql_url_without_a_driver_is_understood(postgresql: PostgreSQL) -> None:
    with postgresql.fresh() as db:
        plain = Database(db.url.set(drivername="postgresql").render_as_string(hide_password=False))
        with plain.read() as session:
            assert session.exec(select(InboxEvent)).all() == []
        plain.close()
