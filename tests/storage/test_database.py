"""The doors keep their promises, on both databases."""

import threading
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError, StatementError
from sqlmodel import select

from bot.core.errors import Misconfigured
from storage.database import Database, Session
from storage.tables import InboxEvent, Leave, Person, Team, Workspace
from tests.support.databases import PostgreSQL


def test_what_fails_half_way_leaves_nothing(any_db: Database) -> None:
    with pytest.raises(RuntimeError), any_db.begin() as session:
        session.add(Workspace(name="Acme"))
        session.flush()
        raise RuntimeError("the power went")

    with any_db.read() as session:
        assert session.exec(select(Workspace)).all() == []


def test_a_connection_that_rested_is_asked_whether_its_server_is_there(
    postgresql: PostgreSQL, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.engines.RESTED", 0.0)
    with postgresql.fresh() as db:
        for door in (db.read, db.begin):
            with door() as session:
                session.exec(select(Workspace)).all()
            with postgresql.fresh() as elsewhere, elsewhere.begin() as session:
                session.execute(
                    sa.text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = :it"),
                    {"it": db.url.database},
                )
            with door() as session:
                assert session.exec(select(Workspace)).all() == []


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


def test_every_connection_sets_its_own_limits_and_brings_none_that_a_pooler_would_refuse(
    postgresql: PostgreSQL,
) -> None:
    limits = sa.text(
        "SELECT name, setting, source FROM pg_settings WHERE name IN "
        "('jit', 'lock_timeout', 'statement_timeout', 'idle_in_transaction_session_timeout') ORDER BY name"
    )

    def told(session: Session) -> list[tuple[str, str]]:
        rows = session.execute(limits).all()
        assert {source for _, _, source in rows} == {"session"}
        return [(name, setting) for name, setting, _ in rows]

    with postgresql.fresh() as db:
        for urgent in (False, True):
            with db.begin(urgent=urgent) as session:
                session.rollback()  # what was set in a transaction would be gone now
        with db.begin() as session:
            patient = told(session)
        with db.begin(urgent=True) as session:
            hasty = told(session)

    assert patient == [
        ("idle_in_transaction_session_timeout", "60000"),
        ("jit", "off"),
        ("lock_timeout", "15000"),
        ("statement_timeout", "120000"),
    ]
    assert dict(hasty) == dict(patient) | {"lock_timeout": "1500", "statement_timeout": "3000"}


def test_without_a_pooler_before_it_what_one_connection_tells_reaches_another(any_db: Database) -> None:
    assert any_db.pooling_trouble() == ""
