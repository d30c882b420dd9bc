"""A copy of the database: sound, whole, its owner's alone, or a sentence."""

import sqlite3
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot import cli
from bot.core.errors import BadInput
from storage.backup import back_up
from storage.database import Database
from storage.tables import Workspace
from tests.support.databases import PostgreSQL, SQLiteFiles


def test_a_backup_into_a_folder_that_is_not_there_is_a_sentence(db: Database, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="no folder"):
        back_up(db, tmp_path / "nowhere" / "copy.db")


def test_where_no_bot_has_started_yet_nothing_is_called_damaged(tmp_path: Path) -> None:
    fresh = Database(f"sqlite:///{tmp_path / 'none.db'}")
    with pytest.raises(BadInput, match=r"There is no database .*none\.db yet"):
        back_up(fresh, tmp_path / "copy.db")
    fresh.close()


def test_database_and_backup_are_their_owners_alone(db: Database, tmp_path: Path) -> None:
    back_up(db, tmp_path / "copy.db")
    fresh = Database(f"sqlite:///{tmp_path / 'fresh.db'}")
    with fresh.engine.connect() as connection:
        connection.exec_driver_sql("CREATE TABLE x (y)")
    modes = {path.name: oct(path.stat().st_mode & 0o777) for path in tmp_path.iterdir()}
    fresh.close()

    assert set(modes) >= {"copy.db", "fresh.db"}
    assert set(modes.values()) == {"0o600"}


def test_a_damaged_database_is_not_copied_and_status_says_so(
    sqlite_files: SQLiteFiles, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with sqlite_files.fresh() as db:
        path = Path(str(db.url.database))
        with db.begin() as session:
            session.add_all(Workspace(name=f"Workspace {n} {'x' * 500}") for n in range(200))
        db.close()
        body = bytearray(path.read_bytes())
        for at in range(len(body) // 2, len(body), 4096):
            body[at : at + 200] = b"\xff" * 200
        path.write_bytes(body)
        with pytest.raises(BadInput, match="damaged"):
            back_up(db, tmp_path / "copy.db")
        assert list(tmp_path.iterdir()) == []
        monkeypatch.setenv("DATABASE_URL", db.url.render_as_string())
        shown = CliRunner().invoke(cli.app, ["db", "status"])

    assert isinstance(shown.exception, BadInput)
    assert "damaged" in str(shown.exception)


def test_a_backup_is_one_file(db: Database, tmp_path: Path) -> None:
    back_up(db, tmp_path / "copy.db")

    assert [path.name for path in tmp_path.iterdir()] == ["copy.db"]
    with sqlite3.connect(tmp_path / "copy.db") as copy:
        assert copy.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    copy.close()


def test_postgresql_is_not_copied_as_a_file(postgresql: PostgreSQL, tmp_path: Path) -> None:
    with postgresql.fresh() as db, pytest.raises(BadInput, match="pg_dump"):
        back_up(db, tmp_path / "copy")
