"""The two doors to the data: `read()` never waits for a writer, `begin()` takes the write lock at once.

Errors hide the parameters of a statement, which hold people's words and end up in logs.
"""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import URL, Connection, Engine, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.exc import SQLAlchemyError as DatabaseError
from sqlmodel import Session

from bot.errors import Misconfigured
from storage.turns import Turns
from storage.upkeep import settle

__all__ = ["Database", "DatabaseError", "Session"]

SQLITE_PRAGMAS = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",  # acknowledged means stored, through a power cut too
    "PRAGMA busy_timeout = 30000",
    "PRAGMA foreign_keys = ON",
    "PRAGMA cache_size = -16384",
)

POSTGRESQL_OPTIONS = {
    # whoever is cut off or hangs half-way must not hold rows for ever; and compiling a question to machine code takes
    # longer than answering it here (a rep's counts: 10.4 ms with, 4.8 without)
    "options": "-c idle_in_transaction_session_timeout=60000 -c jit=off",
    "connect_timeout": 10,
    "keepalives_idle": 15,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 20000,
}


class Database:
    """A SQLite file or a PostgreSQL server, by URL. Sessions live as long as their `with`; only `begin` commits."""

    def __init__(self, url: str, *, pool_size: int = 10) -> None:
        self.url = _parsed(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self.engine = _sqlite(self.url) if self.is_sqlite else _postgresql(self.url, pool_size)
        self._writers = self.engine.execution_options(writes=True)
        self._turns = Turns()

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session for questions: a deferred transaction that ends without a commit."""
        with Session(self.engine) as session:
            yield session

    @contextmanager
    def begin(self, *, urgent: bool = False) -> Iterator[Session]:
        """A session for changes: all of the block is committed, or none of it.

        SQLite has one writer: threads of this process queue here, where waiting is cheap, other processes at
        `BEGIN IMMEDIATE`. Who is `urgent`, because a sender waits for the answer, goes first here. A deferred
        transaction that turns into a writer fails or loses updates instead.
        """
        with (
            self._turns.turn(urgent=urgent) if self.is_sqlite else nullcontext(),
            Session(self._writers, expire_on_commit=False) as session,
            session.begin(),
        ):
            yield session
            if session.in_transaction():  # it may have been rolled back on purpose
                settle(session)

    def write_something(self) -> None:
        """Raises SQLAlchemyError when nothing can be stored: a full disk still reads well. Changes no data."""
        with self.begin() as session:
            connection = session.connection()
            if self.is_sqlite:  # a number that is nobody's: a row set to what it was is not written at all
                number = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
                connection.exec_driver_sql(f"PRAGMA user_version = {(number + 1) % 2**31}")
            else:
                connection.exec_driver_sql("SELECT pg_logical_emit_message(true, 'cornerman', 'ready?')")

    def close(self) -> None:
        self.engine.dispose()


def _parsed(url: str) -> URL:
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise Misconfigured(
            "DATABASE_URL cannot be read; it looks like sqlite:///cornerman.db or "
            "postgresql+psycopg://user:password@host/database."
        ) from error
    if parsed.get_backend_name() not in ("sqlite", "postgresql"):
        raise Misconfigured(
            "DATABASE_URL must name SQLite (sqlite:///…) or PostgreSQL (postgresql+psycopg://…)."
        )
    return (
        parsed.set(drivername="postgresql+psycopg") if parsed.get_backend_name() == "postgresql" else parsed
    )


def _postgresql(url: URL, pool_size: int) -> Engine:
    return sa.create_engine(
        url,
        pool_size=pool_size,
        max_overflow=pool_size,
        pool_pre_ping=True,
        hide_parameters=True,
        connect_args=POSTGRESQL_OPTIONS,
    )


def _sqlite(url: URL) -> Engine:
    engine = sa.create_engine(url, pool_size=10, max_overflow=20, hide_parameters=True)
    sa.event.listen(engine, "connect", _prepare)
    sa.event.listen(engine, "begin", _begin)
    return engine


def _prepare(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # Python's own BEGIN comes too late to be immediate
    for pragma in SQLITE_PRAGMAS:
        connection.execute(pragma)


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN DEFERRED")
