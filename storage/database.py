"""The two doors to the data: `read()` never waits for a writer, `begin()` takes the write lock at once."""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from datetime import datetime
from heapq import heappop, heappush
from itertools import count
from threading import Condition

from sqlalchemy.exc import SQLAlchemyError as DatabaseError
from sqlmodel import Session

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
from storage.engines import IMPATIENT, parsed, postgresql, sqlite
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


class Database:
    """A SQLite file or a PostgreSQL server, by URL. Sessions live as long as their `with`; only `begin` commits."""

    def __init__(self, url: str, *, pool_size: int = 10) -> None:
        self.url = parsed(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self.engine = sqlite(self.url) if self.is_sqlite else postgresql(self.url, pool_size)
        self._writers = self.engine.execution_options(writes=True)
        self._readers = (
            self.engine if self.is_sqlite else self.engine.execution_options(isolation_level="AUTOCOMMIT")
        )
        self._urgent = self._writers if self.is_sqlite else postgresql(self.url, 2, IMPATIENT, pool_timeout=2)
        """Connections of their own for whoever's sender waits: they never stand in line behind long work."""
        self._turns = Turns()
        self.changes = Changes()
        for engine in {self.engine, self._urgent if not self.is_sqlite else self.engine}:
            note_writes(engine)

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session for questions. On SQLite a deferred transaction that ends without a commit, and so one moment's
        truth; on PostgreSQL each question sees what is committed, as in a transaction there, without its two trips.
        """
        with Session(self._readers) as session:
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
                written = touched(session, self.changes.teller)
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
