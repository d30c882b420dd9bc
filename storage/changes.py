"""Who waits for something is told that it was written, instead of looking again and again.

Within a process a commit tells at once. Other processes are heard through PostgreSQL's NOTIFY, or, on SQLite, through
one cheap look at the file's version, which tells that something changed and not what.
"""

import re
import threading
from collections import Counter
from collections.abc import Callable, Collection
from datetime import datetime, timedelta
from typing import Any, NamedTuple, Protocol
from uuid import uuid4

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine
from sqlmodel import Session

from storage.types import UTCDateTime

CHANNEL = "cornerman"
LOOK_EVERY = 0.5
"""Seconds after which a change of another process is seen in a SQLite file."""
TOUCHED = "tables touched"
_PROBE = "doctor"
"""Told in place of tables: nobody waits for it."""
_PATIENCE = 2.0
"""Seconds until what was told should have been heard."""
ROADS = frozenset({"inbox_event", "outbox_message", "slack_pause"})
WATCHED = ROADS | {
    "call_agent", "call_to_fetch", "commitment_question", "erasure", "handoff_question", "help_request", "meeting",
    "pairing", "person", "prompt", "stray_call", "team", "workflow_step",
}  # fmt: skip
"""Tables that somebody waits for."""
_CHANGES = re.compile(r'\s*(?:INSERT INTO|UPDATE|DELETE FROM) "?(\w+)')


class _Waits(NamedTuple):
    tables: frozenset[str]
    group: str
    condition: threading.Condition


class Changes:
    """Counts, for each watched table, how often it was changed; who waits gives the count it has seen."""

    def __init__(self) -> None:
        self.teller = uuid4().hex
        """Whose commits these are: what comes back of them through the server was told here before."""
        self._counts: Counter[str] = Counter()
        self._lock = threading.Lock()
        self._waiting: list[_Waits] = []
        """Each with a condition of its own: to wake everybody for every commit costs more than the commit."""

    def tell(self, tables: Collection[str]) -> None:
        """Of each group one is woken; that it takes something up is written, which wakes the next."""
        if not tables:
            return
        with self._lock:
            self._counts.update(tables)
            first = {one.group: one for one in reversed(self._waiting) if not one.tables.isdisjoint(tables)}
            for one in first.values():
                one.condition.notify()

    def wake(self) -> None:
        """Whoever waits looks whether they are to stop."""
        with self._lock:
            for one in self._waiting:
                one.condition.notify()

    def seen(self, tables: Collection[str]) -> int:
        return sum(self._counts[table] for table in tables)

    def wait(
        self, tables: frozenset[str], group: str, seen: int, *, at_most: float, unless: Callable[[], bool]
    ) -> None:
        """Until one of the tables has changed since `seen`, at most so many seconds; not at all `unless` it stops.

        Those of a `group` do the same work, and one of them is enough to see whether there is any.
        """
        waits = _Waits(tables, group, threading.Condition(self._lock))
        with waits.condition:
            self._waiting.append(waits)
            try:
                waits.condition.wait_for(lambda: unless() or self.seen(tables) != seen, at_most)
            finally:
                self._waiting.remove(waits)


def note_writes(engine: Engine) -> None:
    """From now on each connection remembers which watched tables it touched; `touched` takes them out."""
    sa.event.listen(engine, "begin", _forget)
    sa.event.listen(engine, "after_cursor_execute", _note)


def _forget(connection: Connection) -> None:
    """What an earlier transaction touched that was rolled back."""
    connection.info.pop(TOUCHED, None)


def _note(connection: Connection, cursor: Any, statement: str, *_given: Any) -> None:
    found = _CHANGES.match(statement)
    if found is None or found[1] not in WATCHED:
        return
    if cursor.rowcount != 0 or statement.startswith("INSERT"):
        connection.info.setdefault(TOUCHED, set()).add(found[1])


def touched(session: Session, teller: str) -> frozenset[str]:
    """What the transaction that is about to commit has changed; on PostgreSQL its commit tells other processes."""
    connection = session.connection()
    tables = frozenset(connection.info.pop(TOUCHED, ()))
    if tables and connection.dialect.name == "postgresql":
        connection.execute(
            sa.text("SELECT pg_notify(:channel, :told)"),
            {"channel": CHANNEL, "told": " ".join((teller, *tables))},
        )
    return tables


class Others(Protocol):
    """Hears what other processes write."""

    def look(self) -> int:
        """Tell of what was written since the last look; gives 0 where the next look may wait a while."""

    def close(self) -> None: ...


class OthersInFile:
    """SQLite's file has a version that each commit changes, whoever made it."""

    def __init__(self, engine: Engine, changes: Changes) -> None:
        self._engine, self._changes = engine, changes
        self._connection: Connection | None = None
        self._version = 0

    def look(self) -> int:
        if self._connection is None:  # one connection for all looks: versions of two cannot be compared
            self._connection = self._engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        driver: Any = self._connection.connection.driver_connection
        [version] = driver.execute("PRAGMA data_version").fetchone()
        if version != self._version:
            self._version = version
            self._changes.tell(WATCHED)
        return 0

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()


def _listening(engine: Engine) -> Any:
    made: Any = engine.raw_connection()
    connection = made.driver_connection
    made.detach()  # it is ours now, and no other's turn
    connection.autocommit = True
    connection.execute(f"LISTEN {CHANNEL}")
    return connection


class OthersOnServer:
    """PostgreSQL's NOTIFY, on a connection of its own."""

    def __init__(self, engine: Engine, changes: Changes) -> None:
        self._engine, self._changes = engine, changes
        self._connection: Any = None

    def look(self) -> int:
        """Raises what the server raises when it is away; the next look connects anew, and everybody looks once.

        Who wrote it is at it already, so what comes within the rest that follows is heard after it, all at once.
        """
        try:
            listening = self._connection or self._listen()
            first = listening.notifies(timeout=LOOK_EVERY, stop_after=1)
            self._changes.tell(
                {table for one in (*first, *listening.notifies(timeout=0)) for table in self._theirs(one)}
            )
        except Exception:
            self.close()
            raise
        return 0

    def _theirs(self, told: Any) -> list[str]:
        teller, *tables = told.payload.split()
        return [] if teller == self._changes.teller else tables

    def _listen(self) -> Any:
        self._connection = _listening(self._engine)
        self._changes.tell(WATCHED)
        return self._connection

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
        self._connection = None


def hears(engine: Engine) -> bool:
    """Whether what one connection tells another arrives; not where a pooler lends PostgreSQL by the transaction."""
    listening = _listening(engine)
    try:
        with engine.begin() as other:
            other.execute(sa.text("SELECT pg_notify(:channel, :said)"), {"channel": CHANNEL, "said": _PROBE})
        return any(told.payload == _PROBE for told in listening.notifies(timeout=_PATIENCE))
    finally:
        listening.close()


POOLED_WRONGLY = (
    "what one connection tells does not reach another: a pooler that lends PostgreSQL by the transaction is between "
    "them; it must pool sessions (pool_mode = session)."
)


def bring_due(session: Session, column: str, now: datetime, by: timedelta) -> None:
    """What was due, and not done yet, when the clock was set back by so much is due now; the rest waits for its hour.

    Over all workspaces, and any number of times.
    """
    table, name = column.split(".")
    when: Any = sa.column(name, UTCDateTime)
    was_due = sa.and_(when > now, when <= now + by)
    session.execute(sa.update(sa.table(table, when)).where(was_due).values({name: now}))


def first_after(session: Session, column: str, now: datetime) -> datetime | None:
    """The earliest moment after now in a column such as `prompt.next_at`, over all workspaces; None where none is."""
    table, name = column.split(".")
    when: Any = sa.column(name, UTCDateTime)
    earliest = sa.select(sa.func.min(when, type_=UTCDateTime)).select_from(sa.table(table))
    return session.scalar(earliest.where(when > now))
