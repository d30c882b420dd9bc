"""The road in: a delivery is stored before it is acknowledged, and worked once, by any process.

An event is worked and marked done in one transaction that holds its row, so a process that dies half-way leaves it
exactly as it was. PostgreSQL's row lock (SKIP LOCKED) and SQLite's one writer are the lease.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import structlog
from sqlmodel import Session

from bot.clock import Clock
from bot.errors import CoachError
from storage.database import Database
from storage.queries import inbox as queries
from storage.tables import InboxEvent, InboxState

log = structlog.get_logger()

MAX_ATTEMPTS = 8
FIRST_DELAY = timedelta(seconds=2)


@dataclass(frozen=True, slots=True)
class Event:
    """What a worker is given: one stored delivery."""

    workspace_id: int
    source: str
    body: dict[str, Any]
    request_id: str
    received_at: datetime
    worked_at: datetime


AfterCommit = Callable[[], None]
Work = Callable[[Session, Event], AfterCommit | None]
"""Does the event's work in the session it is given; what must go over the network comes back as a function."""


class Inbox:
    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock
        self._routes: dict[str, Work] = {}

    def on(self, name: str, work: Work) -> None:
        """Send events called `name` to `work`: a Slack event's type, or `calls/` and a source."""
        self._routes[name] = work

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
        return queries.insert_once(
            session,
            InboxEvent(
                workspace_id=workspace_id,
                source=source,
                event_key=event_key,
                body=body,
                request_id=request_id,
                received_at=now,
                next_at=now,
            ),
        )

    def work_one(self) -> bool:
        """Work the oldest event that is due; False when there is none."""
        after: AfterCommit | None = None
        with self._db.begin() as session:
            row = queries.claim_due(session, now=self._clock())
            if row is None:
                return False
            structlog.contextvars.bind_contextvars(request_id=row.request_id)
            try:
                with session.begin_nested():
                    after = self._work(session, row)
            except CoachError as error:
                _finish(row, InboxState.PARKED, self._clock(), str(error))
                log.warning("event parked", source=row.source, reason=str(error))
            except Exception as error:  # noqa: BLE001  one bad event must not stop the others; it is kept and told
                self._postpone(row, error)
        if after is not None:
            self._run(after)
        return True

    def work_all(self) -> int:
        """Work until nothing is due; returns how many. An idle look takes no write lock."""
        with self._db.read() as session:
            if not queries.is_due(session, now=self._clock()):
                return 0
        worked = 0
        while self.work_one():
            worked += 1
        return worked

    def _work(self, session: Session, row: InboxEvent) -> AfterCommit | None:
        event = Event(row.workspace_id, row.source, row.body, row.request_id, row.received_at, self._clock())
        work = self._routes.get(_name(event))
        after = work(session, event) if work else None
        session.flush()
        _finish(row, InboxState.DONE, self._clock())
        return after

    def _postpone(self, row: InboxEvent, error: Exception) -> None:
        row.attempts += 1
        row.error = type(error).__name__
        row.state = InboxState.DEAD if row.attempts >= MAX_ATTEMPTS else InboxState.WAITING
        row.next_at = self._clock() + FIRST_DELAY * 2**row.attempts
        log.exception("event failed", source=row.source, attempts=row.attempts, state=row.state)

    def _run(self, after: AfterCommit) -> None:
        try:
            after()
        except Exception:
            log.exception("after an event")


def _name(event: Event) -> str:
    return str(event.body.get("event", {}).get("type", "")) if event.source == "slack" else event.source


def _finish(row: InboxEvent, state: InboxState, now: datetime, error: str = "") -> None:
    row.state, row.done_at, row.error = state, now, error
