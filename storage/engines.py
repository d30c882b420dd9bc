"""Connections to SQLite's files and PostgreSQL's servers, as this program wants them."""

import os
from collections.abc import Mapping
from contextlib import suppress
from functools import partial
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import URL, Connection, Engine, make_url
from sqlalchemy.exc import ArgumentError, InvalidatePoolError

from bot.core.clock import stopwatch
from bot.core.errors import Misconfigured

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

RESTED = 1.0
"""Seconds of rest after which a connection is asked whether its server is there; to ask each time is a trip in five."""

IMPATIENT = SERVER_SETTINGS | {"lock_timeout": "1500ms", "statement_timeout": "3s"}
"""Who waits for an answer has a "no" within five seconds, and tries again."""


def parsed(url: str) -> URL:
    """What DATABASE_URL names, PostgreSQL with its driver. Raises Misconfigured, without the password."""
    try:
        address = make_url(url)
    except (ArgumentError, ValueError):  # its own words may hold the password
        address = None
    if address is None or "@" in (address.host or ""):
        raise Misconfigured(
            "DATABASE_URL cannot be read; it looks like sqlite:///cornerman.db or "
            "postgresql+psycopg://user:password@host/database. In a password write @ as %40, / as %2F and : as %3A."
        )
    backend = address.get_backend_name()
    if backend not in ("sqlite", "postgresql"):
        raise Misconfigured(
            "DATABASE_URL must name SQLite (sqlite:///…) or PostgreSQL (postgresql+psycopg://…)."
        )
    return address.set(drivername="postgresql+psycopg") if backend == "postgresql" else address


def postgresql(
    url: URL, pool_size: int, settings: Mapping[str, str] = SERVER_SETTINGS, *, pool_timeout: float = 30
) -> Engine:
    """A pool of `pool_size` connections and as many more at need; `pool_timeout` is in seconds."""
    engine = sa.create_engine(
        url,
        pool_size=pool_size,
        max_overflow=pool_size,
        pool_timeout=pool_timeout,
        hide_parameters=True,
        connect_args=POSTGRESQL_OPTIONS,
    )
    sa.event.listen(engine, "connect", partial(_set, settings))
    sa.event.listen(engine, "checkin", _rest)
    sa.event.listen(engine, "checkout", partial(_ask_after_a_rest, engine))
    return engine


def _rest(_connection: Any, record: Any) -> None:
    record.info["rests since"] = stopwatch()


def _ask_after_a_rest(engine: Engine, connection: Any, record: Any, _proxy: Any) -> None:
    """Whether the server is still there. Raises, and has a new one made, where it is not."""
    if stopwatch() - record.info.get("rests since", stopwatch()) < RESTED:
        return
    try:
        engine.dialect.do_ping(connection)
    except Exception as error:
        raise InvalidatePoolError from error


def _set(settings: Mapping[str, str], connection: Any, _record: Any) -> None:
    connection.autocommit = True  # set in a transaction, they would end with its rollback
    calls = ", ".join("set_config(%s, %s, false)" for _ in settings)
    connection.execute(f"SELECT {calls}", [word for pair in settings.items() for word in pair])
    connection.autocommit = False


def sqlite(url: URL) -> Engine:
    """One whose transactions begin at once, those of writers (`writes=True`) with the write lock."""
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
