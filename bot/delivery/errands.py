"""What takes long and was promised: a workbook, a file to be read.

`put` keeps it, in the transaction of what was decided and before anything is acknowledged. `Errands` runs it with no
transaction open, under a lease that is renewed while the process lives: one that dies leaves it to another, which
begins anew. What it says at its end is written with the note that it is done, so that it is said once.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import structlog
from slack_sdk import WebClient
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolIsEmpty

from bot.core.clock import Clock, seconds_of_rest
from bot.core.enums import OutboxKind
from bot.core.errors import CoachError, NotNow
from bot.delivery import outbox
from bot.delivery.inbox import FIRST_DELAY, MAX_ATTEMPTS, ClientFor
from bot.delivery.outbox import Message
from storage.books import Books
from storage.collisions import came_second
from storage.database import Database
from storage.queries.delivery import errands as queries
from storage.tables import InboxEvent, InboxState

log = structlog.get_logger()

LEASE = timedelta(seconds=60)
"""For which an errand is left to whoever runs it: one whose process died waits so long at most."""
AWAY = (OperationalError, InterfaceError, PoolIsEmpty)
"""What a database says that will do better a little later."""
RENEWED = 15.0
"""Seconds from one renewal to the next."""
MOST_PUT_OFF = 150
"""Attempts that do not count, since the database was away: they take most of a day."""


class TakenOver(Exception):
    """Somebody else runs it by now, or has done it."""


def put(books: Books, name: str, person_id: int, body: dict[str, Any]) -> None:
    """To be done for that person, after what they asked for before."""
    request_id = str(structlog.contextvars.get_contextvars().get("request_id", ""))
    row = InboxEvent(
        workspace_id=books.workspace_id,
        source=queries.ERRAND,
        name=f"{name} {person_id}",
        event_key=uuid4().hex,
        body=body | {"errand": name, "person_id": person_id},
        request_id=request_id,
        received_at=books.now,
        next_at=books.now,
    )
    books.session.add(row)


@dataclass(frozen=True, slots=True)
class Errand:
    """One that is being run, for the `attempt`th time; `worked_at` is the moment at which this was begun."""

    db: Database
    workspace_id: int
    slack: WebClient
    id: int
    attempt: int
    body: dict[str, Any]
    request_id: str
    received_at: datetime
    worked_at: datetime

    @property
    def person_id(self) -> int:
        """Whoever asked."""
        return int(self.body["person_id"])

    @property
    def put_off(self) -> int:
        """How many of the attempts are no fault of its own: what it needs was away."""
        return int(self.body.get("put_off", 0))

    @contextmanager
    def last_words(self) -> Iterator[Books]:
        """The transaction that ends it: what is written here is written once. Raises TakenOver."""
        with self.db.writing(self.workspace_id, self.worked_at) as books:
            row = self.held(books)
            row.state, row.done_at = InboxState.DONE, books.now
            yield books

    def held(self, books: Books) -> InboxEvent:
        """Raises TakenOver."""
        row = queries.held(books, self.id)
        if row is None or row.state != InboxState.WAITING or row.attempts != self.attempt:
            raise TakenOver
        return row

    def says_first(self, message: Message) -> int:
        """That it is under way: said once, though it be begun anew; its id, by which it is brought up to date."""
        with self.db.writing(self.workspace_id, self.worked_at) as books:
            row = self.held(books)
            if "news" not in row.body:
                row.body = row.body | {"news": outbox.put(books, message)}
            return int(row.body["news"])

    def say(self, text: str) -> None:
        """To whoever asked, as the last of it."""
        with self.last_words() as books:
            outbox.put(books, Message(OutboxKind.NOTICE, text, person_id=self.person_id))


Run = Callable[[Errand], None]
Broke = Callable[[Errand], str]
"""What is said where an errand broke for a reason that nobody has foreseen."""


class Errands:
    """Runs what `put` keeps; any number of workers may."""

    def __init__(self, db: Database, client_for: ClientFor, clock: Clock) -> None:
        self._db, self._client_for, self._clock = db, client_for, clock
        self._routes: dict[str, tuple[Run, Broke | None]] = {}

    def on(self, name: str, run: Run, broke: Broke | None) -> None:
        """Without `broke` nobody waits for it, and nobody is told where it fails."""
        self._routes[name] = run, broke

    def run_all(self) -> int:
        """Until nothing is due; returns how many."""
        return sum(1 for _run in iter(self.run_one, False))

    def run_one(self) -> bool:
        """The oldest that is due; False when there is none."""
        errand = self._claim()
        if errand is None:
            return False
        with structlog.contextvars.bound_contextvars(request_id=errand.request_id), self._renewing(errand):
            self._try(errand)
        return True

    def rests(self) -> float:
        """Seconds for which a worker may rest that found nothing to do and is told what is put."""
        with self._db.read() as session:
            return seconds_of_rest(queries.next_due(session), self._clock())

    def _claim(self) -> Errand | None:
        """An idle look takes no write lock."""
        now = self._clock()
        with self._db.read() as session:
            if not queries.is_due(session, now=now):
                return None
        with self._db.begin() as session:
            row = queries.claim_due(session, now=now)
            if row is None:
                return None
            row.attempts += 1
            row.next_at = now + LEASE
            session.flush()
            slack = self._client_for(row.workspace_id)
            about = (row.id, row.attempts, row.body, row.request_id, row.received_at)
            return Errand(self._db, row.workspace_id, slack, *about, now)

    def _try(self, errand: Errand) -> None:
        """Whoever finds it taken over, even as they tell of a failure, leaves it to the other."""
        try:
            self._run(errand)
        except TakenOver:
            log.info("an errand was taken over", id=errand.id)

    def _run(self, errand: Errand) -> None:
        run, broke = self._routes[errand.body["errand"]]
        failed = broke or (lambda _errand: "")
        try:
            if errand.attempt - errand.put_off > MAX_ATTEMPTS:  # it may be what kills whoever runs it
                log.error("an errand was given up", id=errand.id, errand=errand.body["errand"])
                self._fails(errand, failed(errand))
            else:
                run(errand)
                self._end(errand)
        except TakenOver:
            raise
        except CoachError as error:
            self._fails(errand, str(error) if broke else "")
        except NotNow as error:
            log.warning("an errand is put off", id=errand.id, reason=str(error))
            self._put_off(errand, is_away=False)
        except Exception as error:
            if isinstance(error, AWAY) or came_second(error):
                log.exception("an errand is put off", id=errand.id)
                self._put_off(errand, is_away=isinstance(error, AWAY))
            else:
                log.exception("an errand broke", id=errand.id)
                self._fails(errand, failed(errand))

    def _fails(self, errand: Errand, text: str) -> None:
        if text:
            errand.say(text)
        else:
            self._end(errand)

    def _end(self, errand: Errand) -> None:
        """Whatever had no last words."""
        with suppress(TakenOver), errand.last_words():
            pass

    def _put_off(self, errand: Errand, *, is_away: bool) -> None:
        with self._db.writing(errand.workspace_id, self._clock()) as books:
            row = errand.held(books)
            if is_away and errand.put_off < MOST_PUT_OFF:
                row.body = row.body | {"put_off": errand.put_off + 1}
            row.next_at = books.now + FIRST_DELAY * 2 ** min(errand.attempt, MAX_ATTEMPTS)

    @contextmanager
    def _renewing(self, errand: Errand) -> Iterator[None]:
        ended = threading.Event()
        thread = threading.Thread(target=self._renew, args=(errand, ended), name="lease", daemon=True)
        thread.start()
        try:
            yield
        finally:
            ended.set()
            thread.join()

    def _renew(self, errand: Errand, ended: threading.Event) -> None:
        while not ended.wait(RENEWED):
            try:
                with self._db.writing(errand.workspace_id, self._clock()) as books:
                    errand.held(books).next_at = books.now + LEASE
            except (*AWAY, TakenOver) as error:
                log.warning("a lease was not renewed", id=errand.id, error=type(error).__name__)
