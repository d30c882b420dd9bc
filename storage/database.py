"""The two doors to the data: `read()` never waits for a writer, `begin()` takes the write lock at once."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext, suppress
from datetime import datetime
from functools import partial
from heapq import heappop, heappush
from itertools import count
from threading import Condition
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import URL, Connection, Engine, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.exc import SQLAlchemyError as DatabaseError
from sqlmodel import Session

from bot.core.errors import Misconfigured
from bot.core.session_cache import remember
from storage.audit import trail
from storage.books import Books
from storage.changes import (
    POOLED_WRONGLY,
    Changes,
    Others,
    OthersInFile,
    OthersOnServer,
    hears,
    note_writes,
    touched,
)
from storage.rollup_upkeep import settle

__all__ = ["Database", "DatabaseError", "Session"]


class Turns:
    """A lock between the threads of a process that starves nobody among the patient, and lets the urgent pass them."""

    def __init__(self) -> None:
        self._changed = Condition()
        self._tickets = count()
        self._waiting: list[tuple[bool, int]] = []
        self._is_taken = False

    @contextmanager
    def turn(self, *, urgent: bool = False) -> Iterator[None]:
        """Waits for it, and holds it for the block."""
        with self._changed:
            ticket = (not urgent, next(self._tickets))
            heappush(self._waiting, ticket)
            self._changed.wait_for(lambda: not self._is_taken and self._waiting[0] == ticket)
            heappop(self._waiting)
            self._is_taken = True
        try:
            yield
        finally:
            with self._changed:
                self._is_taken = False
                self._changed.notify_all()


PRIVATE = 0o600
"""Who may read the database and its copies: their owner."""

SQLITE_PRAGMAS = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",  # acknowledged means stored, through a power cut too
    "PRAGMA busy_timeout = 30000",
    "PRAGMA foreign_keys = ON",
    "PRAGMA cache_size = -16384",
)

POSTGRESQL_OPTIONS = {
    "connect_timeout": 10,
    "keepalives_idle": 15,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 20000,
}


SERVER_SETTINGS = {
    # whoever is cut off or hangs half-way must not hold rows for ever; and compiling a question to machine code takes
    # longer than answering it here (a rep's counts: 10.4 ms with, 4.8 without)
    "idle_in_transaction_session_timeout": "60s",
    "jit": "off",
    "lock_timeout": "15s",
    "statement_timeout": "120s",
}
"""Set by each connection itself: a pooler in between passes on none that come as startup options, and takes back what
it was told to set as soon as the first who used the connection has left."""

IMPATIENT = SERVER_SETTINGS | {"lock_timeout": "1500ms", "statement_timeout": "3s"}
"""Who waits for an answer has a "no" within five seconds, and tries again."""


class Database:
    """A SQLite file or a PostgreSQL server, by URL. Sessions live as long as their `with`; only `begin` commits."""

    def __init__(self, url: str, *, pool_size: int = 10) -> None:
        self.url = _parsed(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self.engine = _sqlite(self.url) if self.is_sqlite else _postgresql(self.url, pool_size)
        self._writers = self.engine.execution_options(writes=True)
        self._urgent = (
            self._writers if self.is_sqlite else _postgresql(self.url, 2, IMPATIENT, pool_timeout=2)
        )
        """Connections of their own for whoever's sender waits: they never stand in line behind long work."""
        self._turns = Turns()
        self.changes = Changes()
        for engine in {self.engine, self._urgent if not self.is_sqlite else self.engine}:
            note_writes(engine)

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
        transaction that turns into a writer fails or loses updates instead. Who waits for what was written is told.
        """
        written: frozenset[str] = frozenset()
        with (
            self._turns.turn(urgent=urgent) if self.is_sqlite else nullcontext(),
            Session(self._urgent if urgent else self._writers, expire_on_commit=False) as session,
            session.begin(),
        ):
            yield session
            if session.in_transaction():  # it may have been rolled back on purpose
                settle(session)
                written = touched(session)
        self.changes.tell(written)

    @contextmanager
    def reading(self, workspace_id: int, now: datetime) -> Iterator[Books]:
        """One workspace's books for questions; what is asked through `read_once` is asked once."""
        with self.read() as session:
            remember(session)
            yield Books(session, workspace_id, now)

    @contextmanager
    def writing(
        self, workspace_id: int, now: datetime, *, urgent: bool = False, by: str = ""
    ) -> Iterator[Books]:
        """One workspace's books for changes, which the audit log tells as those of the Slack user `by`."""
        with self.begin(urgent=urgent) as session:
            trail.watch(session, workspace_id, now, by=by)
            yield Books(session, workspace_id, now)
            if session.in_transaction():
                trail.write(session)

    def write_something(self) -> None:
        """Raises SQLAlchemyError when nothing can be stored: a full disk still reads well. Changes no data."""
        with self.begin(urgent=True) as session:
            connection = session.connection()
            if self.is_sqlite:  # a number that is nobody's: a row set to what it was is not written at all
                number = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
                connection.exec_driver_sql(f"PRAGMA user_version = {(number + 1) % 2**31}")
            else:
                connection.exec_driver_sql("SELECT pg_logical_emit_message(true, 'cornerman', 'ready?')")

    def others(self) -> Others:
        """The ears for what other processes write."""
        return (OthersInFile if self.is_sqlite else OthersOnServer)(self.engine, self.changes)

    def pooling_trouble(self) -> str:
        """Why a pooler before the server will not do, in a sentence; blank where none is in the way."""
        return "" if self.is_sqlite or hears(self.engine) else POOLED_WRONGLY

    def close(self) -> None:
        self.engine.dispose()
        self._urgent.dispose()


def _parsed(url: str) -> URL:
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):  # its own words may hold the password
        parsed = None
    if parsed is None or "@" in (parsed.host or ""):
        raise Misconfigured(
            "DATABASE_URL cannot be read; it looks like sqlite:///cornerman.db or "
            "postgresql+psycopg://user:password@host/database. In a password write @ as %40, / as %2F and : as %3A."
        )
    backend = parsed.get_backend_name()
    if backend not in ("sqlite", "postgresql"):
        raise Misconfigured(
            "DATABASE_URL must name SQLite (sqlite:///…) or PostgreSQL (postgresql+psycopg://…)."
        )
    return parsed.set(drivername="postgresql+psycopg") if backend == "postgresql" else parsed


def _postgresql(
    url: URL, pool_size: int, settings: Mapping[str, str] = SERVER_SETTINGS, *, pool_timeout: float = 30
) -> Engine:
    engine = sa.create_engine(
        url,
        pool_size=pool_size,
        max_overflow=pool_size,
        pool_timeout=pool_timeout,
        pool_pre_ping=True,
        hide_parameters=True,
        connect_args=POSTGRESQL_OPTIONS,
    )
    sa.event.listen(engine, "connect", partial(_set, settings))
    return engine


def _set(settings: Mapping[str, str], connection: Any, _record: Any) -> None:
    connection.autocommit = True  # set in a transaction, they would end with its rollback
    calls = ", ".join("set_config(%s, %s, false)" for _ in settings)
    connection.execute(f"SELECT {calls}", [word for pair in settings.items() for word in pair])
    connection.autocommit = False


def _sqlite(url: URL) -> Engine:
    engine = sa.create_engine(url, pool_size=10, max_overflow=20, hide_parameters=True)
    sa.event.listen(engine, "do_connect", partial(_keep_private, url.database))
    sa.event.listen(engine, "connect", _prepare)
    sa.event.listen(engine, "begin", _begin)
    return engine


def _keep_private(path: str | None, *_connect: Any) -> None:
    """A new file is its owner's alone; SQLite gives those beside it the same mode."""
    if path and path != ":memory:" and not path.startswith("file:"):
        with suppress(OSError):  # it is there already, or SQLite has the sentence for it
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, PRIVATE))


def _prepare(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # Python's own BEGIN comes too late to be immediate
    for pragma in SQLITE_PRAGMAS:
        connection.execute(pragma)


def _begin(connection: Connection) -> None:
    options = connection.get_execution_options()
    if options.get("migrates", False):  # inside a transaction SQLite would not hear it
        connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
    writes = options.get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN DEFERRED")
