"""The road out: a message is written with the state it speaks of, and sent once.

`put` writes it in the caller's transaction. `Outbox` sends what is due: it claims one message (commit), speaks to
Slack with no transaction open, and writes down what came of it (commit). Writes to Slack are never repeated blindly:
when nobody knows whether a message arrived, Slack is asked for its key, and where it may not be asked the message
stays UNKNOWN rather than being said twice.
"""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

import structlog
from slack_sdk import WebClient
from slack_sdk.models.blocks import Block
from sqlmodel import Session

from bot.clock import Clock, stopwatch
from bot.slack import Delivery, Gone, Refused, Sent, TryLater, Unsure, arrived, deliver
from bot.words import OutboxKind
from storage.database import Database
from storage.queries import outbox as queries
from storage.tables import OutboxMessage, OutboxState

log = structlog.get_logger()

MAX_ATTEMPTS = 10
LEASE = timedelta(seconds=60)
FIRST_DELAY = timedelta(seconds=1)
LONGEST_DELAY = timedelta(minutes=15)
BETWEEN_POSTS = timedelta(seconds=1)
"""Slack takes about one message a second per channel; more may be dropped without a word."""

ClientFor = Callable[[int], WebClient]


@dataclass(frozen=True, slots=True)
class File:
    name: str
    body: bytes


@dataclass(frozen=True, slots=True)
class Message:
    """To a person's DM or to a channel; `updates` and `thread` are ids of earlier messages."""

    kind: OutboxKind
    text: str
    blocks: Sequence[Block] = ()
    person_id: int | None = None
    channel: str | None = None
    updates: int | None = None
    thread: int | None = None
    file: File | None = None


def put(session: Session, workspace_id: int, message: Message, *, now: datetime, request_id: str = "") -> int:
    """Write a message to be sent; returns its id, by which it can be updated or answered in a thread."""
    row = OutboxMessage(
        workspace_id=workspace_id,
        key=uuid4().hex,
        kind=message.kind,
        conversation=message.channel or f"person {message.person_id}",
        person_id=message.person_id,
        channel=message.channel,
        updates_id=message.updates,
        thread_id=message.thread,
        text=message.text,
        blocks=[block.to_dict() for block in message.blocks],
        file_name=message.file.name if message.file else None,
        file_body=message.file.body if message.file else None,
        request_id=request_id,
        created_at=now,
        next_at=now,
    )
    session.add(row)
    session.flush()
    return row.id


class Outbox:
    """Sends what `put` wrote; any number of them may run."""

    def __init__(
        self, db: Database, client_for: ClientFor, clock: Clock, *, between_posts: timedelta = BETWEEN_POSTS
    ) -> None:
        self._db = db
        self._client_for = client_for
        self._clock = clock
        self._between_posts = between_posts
        self._busy: dict[str, float] = {}
        """Conversations that rest, each until a time of the stopwatch."""

    def send_all(self) -> int:
        """Send until nothing is due; returns how many were claimed. An idle look takes no write lock."""
        with self._db.read() as session:
            if not queries.is_due(session, now=self._clock()):
                return 0
        claimed = 0
        while self.send_one():
            claimed += 1
        return claimed

    def send_one(self) -> bool:
        """Send the oldest message that is due; False when there is none."""
        found = self._claim()
        if found is None:
            return False
        message_id, delivery, was_abandoned = found
        client = self._client_for(delivery.workspace_id)
        outcome = Unsure("the sender stopped while sending") if was_abandoned else deliver(client, delivery)
        if isinstance(outcome, Unsure):
            outcome = arrived(client, delivery) or outcome
        self._write_down(message_id, delivery, outcome)
        return True

    def _claim(self) -> tuple[int, Delivery, bool] | None:
        now = self._clock()
        self._busy = {name: until for name, until in self._busy.items() if until > stopwatch()}
        with self._db.begin() as session:
            row = queries.claim_abandoned(session, now=now)
            was_abandoned = row is not None
            row = row or queries.claim_due(session, now=now, busy=self._busy)
            if row is None:
                return None
            row.state = OutboxState.SENDING
            row.leased_until = now + LEASE
            if not was_abandoned:
                row.attempts += 1
                row.attempted_at = now
            return row.id, _delivery(session, row), was_abandoned

    def _write_down(
        self, message_id: int, delivery: Delivery, outcome: Sent | TryLater | Unsure | Refused | Gone
    ) -> None:
        now = self._clock()
        with self._db.begin() as session:
            row = queries.by_id(session, delivery.workspace_id, message_id)
            if row is None:
                return  # erased meanwhile
            row.leased_until = None
            row.file_id = outcome.file_id or row.file_id
            match outcome:
                case Sent():
                    self._sent(session, row, outcome, now)
                case TryLater():
                    self._try_later(row, outcome, now)
                case Unsure():
                    row.state, row.error = OutboxState.UNKNOWN, outcome.why
                case Refused() | Gone():
                    row.state, row.error = OutboxState.DEAD, outcome.why
        structlog.contextvars.bind_contextvars(request_id=row.request_id)
        log.info(
            "outbox",
            id=row.id,
            kind=row.kind,
            state=row.state,
            attempts=row.attempts,
            error=row.error or None,
        )

    def _sent(self, session: Session, row: OutboxMessage, outcome: Sent, now: datetime) -> None:
        row.state, row.sent_at, row.error = OutboxState.SENT, now, ""
        row.channel, row.ts = outcome.channel, outcome.ts
        row.file_body = None
        self._rest(row.conversation, self._between_posts)
        if row.person_id is not None:
            person = queries.recipient(session, row.workspace_id, row.person_id)
            if person is not None:
                person.dm_channel = outcome.channel

    def _try_later(self, row: OutboxMessage, outcome: TryLater, now: datetime) -> None:
        row.error = outcome.why
        if row.attempts >= MAX_ATTEMPTS:
            row.state = OutboxState.DEAD
            return
        doubled = min(FIRST_DELAY * 2 ** (row.attempts - 1), LONGEST_DELAY)
        pause = outcome.after or doubled * random.uniform(0.75, 1.25)  # noqa: S311  spreads tries, guards nothing
        row.state, row.next_at = OutboxState.QUEUED, now + pause

    def _rest(self, conversation: str, pause: timedelta) -> None:
        if pause:
            self._busy[conversation] = stopwatch() + pause.total_seconds()


def _delivery(session: Session, row: OutboxMessage) -> Delivery:
    earlier_id = row.updates_id or row.thread_id
    earlier = queries.by_id(session, row.workspace_id, earlier_id) if earlier_id else None
    person = queries.recipient(session, row.workspace_id, row.person_id) if row.person_id else None
    return Delivery(
        workspace_id=row.workspace_id,
        key=row.key,
        user=person.slack_user_id if person else None,
        channel=row.channel or (person.dm_channel if person else None),
        text=row.text,
        blocks=row.blocks,
        updates=row.updates_id is not None,
        earlier_channel=earlier.channel if earlier else None,
        earlier_ts=earlier.ts if earlier else None,
        file_name=row.file_name,
        file_body=row.file_body,
        file_id=row.file_id,
        attempted_at=row.attempted_at or row.created_at,
    )
