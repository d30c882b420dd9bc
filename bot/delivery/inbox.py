"""The road in: a delivery is stored before it is acknowledged, and worked once, by any process.

An event is worked and marked done in one transaction that holds its row, so a process that dies half-way leaves it
exactly as it was. Events that wait together share one, each within a savepoint of its own. PostgreSQL's row lock
(SKIP LOCKED) and SQLite's one writer are the lease. Events of one name are worked in the order they came; one that
fails is put off and lets the others pass.
"""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import structlog
from slack_sdk import WebClient
from sqlmodel import Session

from bot.core import telemetry
from bot.core.clock import Clock, seconds_of_rest, stopwatch
from bot.core.errors import CoachError
from bot.delivery.group_commit import Gathering
from storage.audit import trail
from storage.books import Books, insert_once
from storage.database import Database, DatabaseError
from storage.queries.delivery import inbox as queries
from storage.tables import InboxEvent, InboxState

log = structlog.get_logger()

MAX_ATTEMPTS = 8
FIRST_DELAY = timedelta(seconds=2)
LONGEST_DELAY = FIRST_DELAY * 2**MAX_ATTEMPTS
INBOX = frozenset({"inbox_event"})
"""What a worker of this road waits for."""
BESIDE_OTHERS = 0.2
"""Seconds for which what another process has in hand is left to it: looking in vain takes more than working."""
FAILING_FOR = 10.0
"""Seconds for which a delivery that could not be stored says that none can be."""
AT_ONCE, AT_LEAST, LONG_ENOUGH, LONG_ENOUGH_ON_SERVER = 25, 3, 0.05, 0.25
"""Events claimed together, at most and at least, and the seconds after which a commit takes no further one: where there
is one writer, and where others write meanwhile."""


@dataclass(frozen=True, slots=True)
class Event:
    """What a worker is given: one stored delivery; database and Slack are for what comes after the commit."""

    db: Database
    workspace_id: int
    slack: WebClient
    source: str
    body: dict[str, Any]
    request_id: str
    received_at: datetime
    worked_at: datetime


ClientFor = Callable[[int], WebClient]
AfterCommit = Callable[[], None]
Work = Callable[[Books, Event], AfterCommit | None]
"""Does the event's work in the books it is given; what must go over the network comes back as a function."""


class NotStored(Exception):
    """A delivery could not be stored; its sender has to try again."""


class NotYet(Exception):
    """The delivery tells of what is still to come by our clock, which may have been set back: it waits until then."""

    def __init__(self, until: datetime) -> None:
        super().__init__(until)
        self.until = until


class Inbox:
    def __init__(self, db: Database, client_for: ClientFor, clock: Clock) -> None:
        self._db = db
        self._client_for = client_for
        self._clock = clock
        self._routes: dict[str, Work] = {}
        self._gathering = Gathering(db)
        self._turn = threading.Lock()
        """One works at a time: what waits is mostly of one name, and a second would look in vain."""
        self._others_until = 0.0
        """By our stopwatch, when what another process has in hand is looked at again."""
        self._failed_at = -FAILING_FOR
        """By our stopwatch, when a delivery could not be stored, unless one could since."""
        self._at_once = AT_ONCE
        """To be claimed next: claiming rows that a sender's wait leaves unworked costs more than working one."""

    def on(self, name: str, work: Work) -> None:
        """Send events called `name` to `work`: a Slack event's type, or `calls/` and a source."""
        self._routes[name] = work

    @property
    def known(self) -> frozenset[str]:
        """The names that are worked; others are stored and done."""
        return frozenset(self._routes)

    def keep(
        self,
        session: Session,
        workspace_id: int,
        source: str,
        event_key: str,
        body: dict[str, Any],
        request_id: str,
    ) -> bool:
        """Store a delivery; False when it was here before. The first body stands."""
        now = self._clock()
        name = _name(source, body)
        is_new = insert_once(
            session,
            InboxEvent(
                workspace_id=workspace_id,
                source=source,
                name=name,
                event_key=event_key,
                body=body,
                request_id=request_id,
                received_at=now,
                next_at=now,
            ),
        )
        (telemetry.EVENTS_IN if is_new else telemetry.EVENTS_AGAIN).labels(self._label(name)).inc()
        return is_new

    def take(
        self, workspace_id: int, source: str, event_key: str, body: dict[str, Any], request_id: str
    ) -> bool:
        """`keep`, committed with whatever comes in at the same time; raises NotStored: then nothing is acknowledged."""
        try:
            is_new = self._gathering.take(
                lambda session: self.keep(session, workspace_id, source, event_key, body, request_id)
            )
        except Exception as error:
            if isinstance(error, DatabaseError):  # else it is this delivery alone
                self._failed_at = stopwatch()
            raise NotStored(type(error).__name__) from error
        self._failed_at = -FAILING_FOR
        return is_new

    @property
    def is_failing(self) -> bool:
        """The last delivery could not be stored, and that was just now: what comes next would fare no better."""
        return stopwatch() - self._failed_at < FAILING_FOR

    def work_some(self) -> int:
        """Work the oldest events that are due, with one commit; returns how many. An idle look takes no write lock."""
        with self._turn:
            worked = self._worked_some()
        for row, after in worked:
            telemetry.EVENTS_WORKED.labels(self._label(row.name), row.state).inc()
            if after is not None:
                self._run(row, after)
        return len(worked)

    def _worked_some(self) -> list[tuple[InboxEvent, AfterCommit | None]]:
        if stopwatch() < self._others_until:
            return []
        with self._db.read() as session:
            if not queries.is_due(session, now=self._clock()):
                return []
        with self._db.begin() as session:
            worked = list(self._worked(session))
        self._at_once = min(AT_ONCE, max(AT_LEAST, 2 * len(worked)))
        self._others_until = stopwatch() + (0.0 if worked else BESIDE_OTHERS)
        return worked

    def rests(self) -> float:
        """Seconds for which a worker may rest that found nothing to do and is told what comes in."""
        if (beside_others := self._others_until - stopwatch()) > 0:
            return beside_others
        with self._db.read() as session:
            return seconds_of_rest(queries.next_due(session), self._clock())

    def work_all(self) -> int:
        """Work until nothing is due; returns how many."""
        return sum(iter(self.work_some, 0))

    def clock_went_back(self, by: timedelta) -> None:
        """What was to wait a while waits that while, not an hour more."""
        with self._db.begin() as session:
            queries.bring_forward(session, by)

    def look_at_the_clock(self) -> None:
        """After a clock was set back, nothing waits longer than the longest wait there is."""
        with self._db.begin() as session:
            queries.wait_no_longer_than(session, self._clock() + LONGEST_DELAY)

    def _worked(self, session: Session) -> Iterator[tuple[InboxEvent, AfterCommit | None]]:
        """As many as are done before SQLite's one writer is waited for, or others have waited long enough."""
        long_enough, began = LONG_ENOUGH if self._db.is_sqlite else LONG_ENOUGH_ON_SERVER, stopwatch()
        for row in queries.claim_due(session, now=self._clock(), limit=self._at_once):
            with structlog.contextvars.bound_contextvars(request_id=row.request_id):
                yield row, self._try(session, row)
            if (self._db.is_sqlite and self._gathering.is_waited_for) or stopwatch() - began > long_enough:
                return

    def _try(self, session: Session, row: InboxEvent) -> AfterCommit | None:
        try:
            with session.begin_nested():
                return self._work(session, row)
        except NotYet as early:
            row.next_at = early.until
            log.warning("event put off", name=row.name, id=row.id, until=str(early.until))
        except CoachError as error:
            row.state, row.done_at, row.error = InboxState.PARKED, self._clock(), str(error)
            log.warning("event parked", name=row.name, id=row.id)
        except Exception as error:  # noqa: BLE001  one bad event must not stop the others; it is kept and told
            self._postpone(row, error)
        return None

    def _work(self, session: Session, row: InboxEvent) -> AfterCommit | None:
        slack, now = self._client_for(row.workspace_id), self._clock()
        event = Event(
            self._db, row.workspace_id, slack, row.source, row.body, row.request_id, row.received_at, now
        )
        work = self._routes.get(row.name)
        trail.watch(session, row.workspace_id, now)
        after = work(Books(session, row.workspace_id, now), event) if work else None
        trail.write(session)
        row.state, row.done_at, row.error = InboxState.DONE, self._clock(), ""
        return after

    def _postpone(self, row: InboxEvent, error: Exception) -> None:
        row.attempts += 1
        row.error = type(error).__name__
        row.state = InboxState.DEAD if row.attempts >= MAX_ATTEMPTS else InboxState.WAITING
        row.next_at = self._clock() + FIRST_DELAY * 2**row.attempts
        log.exception("event failed", name=row.name, attempts=row.attempts, state=row.state)

    def _run(self, row: InboxEvent, after: AfterCommit) -> None:
        with structlog.contextvars.bound_contextvars(request_id=row.request_id):
            try:
                after()
            except Exception:
                log.exception("after an event")

    def _label(self, name: str) -> str:
        """Names come from outside: in telemetry only those that are worked have their own."""
        return name if name in self._routes else "other"


def _name(source: str, body: dict[str, Any]) -> str:
    return str(body.get("event", {}).get("type", "")) if source == "slack" else source
