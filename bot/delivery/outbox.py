"""The road out: a message is written with the state it speaks of, and sent once.

`put` writes it in the caller's transaction. `Outbox` sends what is due: it claims one message (commit), speaks to
Slack with no transaction open, and writes down what came of it (commit). Writes to Slack are never repeated blindly.
A message stays SENDING, with a lease, until somebody knows its fate. Its sender died, or heard no answer: when the
lease is over Slack is asked for the message's key; where it may not be asked the message is UNKNOWN: its kind decides.

The step that cannot be repeated is only begun in the first third of a lease and takes at most `slack.TIMEOUT`, so
that two processes whose clocks agree to within 20 seconds never both have a message in hand.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import structlog
from slack_sdk import WebClient
from slack_sdk.models.blocks import Block

from bot import slack
from bot.core import telemetry
from bot.core.clock import Clock, seconds_of_rest, stopwatch
from bot.core.enums import OutboxKind
from bot.delivery import outcomes
from bot.slack import PICTURE_TRIES, Delivery, Outcome, ask, deliver
from storage.books import Books
from storage.database import Database
from storage.queries.delivery import outbox as queries
from storage.queries.delivery import outbox_due as due
from storage.tables import OutboxMessage, OutboxState

log = structlog.get_logger()

OUTBOX = frozenset({"outbox_message", "slack_pause"})
"""What a worker of this road waits for."""
LEASE = timedelta(seconds=45)
BETWEEN_POSTS = timedelta(seconds=1)
"""Slack takes about one message a second per channel; more may be dropped without a word."""

ClientFor = Callable[[int], WebClient]
WhenUnknown = Callable[[Books, int], None]
"""Told of a message (its id) that is given up, in the transaction that writes so down."""
Draw = Callable[[Mapping[str, Any]], bytes]


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
    chart: Mapping[str, Any] | None = None
    """JSON that the outbox's `draw` makes a picture of, shown in the image block that has no file yet."""


def put(books: Books, message: Message, *, request_id: str = "", at: datetime | None = None) -> int:
    """Write a message to be sent; returns its id, by which it can be updated or answered in a thread.

    It bears the request id that is being worked on, unless another is given. What is to wait until `at` stands in a
    line of its own, so that nothing waits for it.
    """
    waits = at is not None and at > books.now
    row = OutboxMessage(
        workspace_id=books.workspace_id,
        key=uuid4().hex,
        kind=message.kind,
        method=_method(message),
        conversation=_conversation(books, message) + (queries.LATER if waits else ""),
        person_id=message.person_id,
        channel=message.channel,
        updates_id=message.updates,
        thread_id=message.thread,
        text=message.text,
        blocks=[block.to_dict() for block in message.blocks],
        file_name=message.file.name if message.file else None,
        file_body=message.file.body if message.file else None,
        chart=dict(message.chart) if message.chart else None,
        request_id=request_id or str(structlog.contextvars.get_contextvars().get("request_id", "")),
        created_at=books.now,
        next_at=at if at is not None and waits else books.now,
    )
    books.session.add(row)
    books.session.flush()
    return row.id


def _method(message: Message) -> str:
    if message.updates is not None:
        return slack.UPDATE
    return slack.SHARE if message.file else slack.POST


def _conversation(books: Books, message: Message) -> str:
    """What follows an earlier message stands in line behind it, wherever that one went."""
    earlier_id = message.updates or message.thread
    earlier = queries.by_id(books, earlier_id) if earlier_id else None
    return earlier.conversation if earlier else message.channel or f"person {message.person_id}"


@dataclass(frozen=True, slots=True)
class _Claim:
    """A message in hand until `lease`; `in_doubt` when it may have arrived already."""

    message_id: int
    delivery: Delivery
    lease: datetime
    in_doubt: bool
    request_id: str


class Outbox:
    """Sends what `put` wrote; any number of them may run."""

    def __init__(
        self,
        db: Database,
        client_for: ClientFor,
        clock: Clock,
        *,
        between_posts: timedelta = BETWEEN_POSTS,
        when_unknown: WhenUnknown | None = None,
        when_dead: WhenUnknown | None = None,
        draw: Draw | None = None,
    ) -> None:
        self._db = db
        self._client_for = client_for
        self._clock = clock
        self._between_posts = between_posts
        self._when_given_up = {OutboxState.UNKNOWN: when_unknown, OutboxState.DEAD: when_dead}
        self._draw = draw

    def send_all(self) -> int:
        """Send until nothing is due; returns how many were claimed."""
        return sum(1 for _claimed in iter(self.send_one, False))

    def send_one(self) -> bool:
        """Send the oldest message that is due, or ask about one in doubt; False when there is none."""
        claim = self._claim()
        if claim is None:
            return False
        with structlog.contextvars.bound_contextvars(request_id=claim.request_id):
            client = self._client_for(claim.delivery.workspace_id)
            if claim.in_doubt:
                outcome = ask(client, claim.delivery)
            else:
                latest = stopwatch() + LEASE.total_seconds() / 3
                outcome = deliver(client, self._drawn(claim.delivery), in_time=lambda: stopwatch() < latest)
            self._write_down(claim, outcome)
        return True

    def rests(self) -> float:
        """Seconds for which a worker may rest that found nothing to say and is told what is put."""
        with self._db.read() as session:
            return seconds_of_rest(due.next_due(session), self._clock())

    def clock_went_back(self, by: timedelta) -> None:
        """What was to wait a while waits that while, not an hour more; any number of processes may say so."""
        with self._db.begin() as session:
            queries.bring_forward(session, by, now=(now := self._clock()), lease_until=now + LEASE)

    def look_at_the_clock(self) -> None:
        """After a clock was set back, nothing waits longer than the longest wait there is."""
        now = self._clock()
        longest = now + outcomes.LONGEST_PAUSE
        with self._db.begin() as session:
            queries.wait_no_longer_than(
                session, now + outcomes.LONGEST_DELAY, lease_until=longest, pause_until=longest
            )

    def _claim(self) -> _Claim | None:
        """An idle look takes no write lock."""
        now = self._clock()
        with self._db.read() as session:
            if not due.is_due(session, now=now, rest=self._between_posts):
                return None
        with self._db.begin() as session:
            doubtful = due.claim_doubtful(session, now=now, method=slack.ASK)
            row = doubtful or due.claim_due(session, now=now, rest=self._between_posts)
            if row is None:
                return None
            row.state, row.leased_until = OutboxState.SENDING, now + LEASE
            if doubtful is None:
                row.attempts += 1
                row.attempted_at = now
            delivery = _delivery(Books(session, row.workspace_id, now), row)
            return _Claim(row.id, delivery, row.leased_until, doubtful is not None, row.request_id)

    def _drawn(self, delivery: Delivery) -> Delivery:
        """With the picture of its chart, unless Slack has it or it has failed too often: then the text goes alone."""
        if delivery.chart is None or delivery.file_id or delivery.attempt > PICTURE_TRIES or not self._draw:
            return delivery
        try:
            return replace(delivery, file_name="chart.png", file_body=self._draw(delivery.chart))
        except Exception:  # a picture is never worth the words
            log.exception("a chart cannot be drawn")
            return delivery

    def _write_down(self, claim: _Claim, outcome: Outcome) -> None:
        now = self._clock()
        with self._db.writing(claim.delivery.workspace_id, now) as books:
            row = queries.held(books, claim.message_id)
            if row is None or row.state != OutboxState.SENDING or row.leased_until != claim.lease:
                return  # erased, or in somebody else's hands, meanwhile
            state = outcomes.settle(books.session, row, outcome, now)
            if tell := self._when_given_up.get(state):
                tell(books, row.id)
            kind, attempts, error = row.kind, row.attempts, row.error
        telemetry.OUTBOX_TRIES.labels(kind, type(outcome).__name__).inc()
        log.info(
            "outbox", id=claim.message_id, kind=kind, state=state, attempts=attempts, error=error or None
        )


def _delivery(books: Books, row: OutboxMessage) -> Delivery:
    earlier_id = row.updates_id or row.thread_id
    earlier = queries.by_id(books, earlier_id) if earlier_id else None
    person = queries.recipient(books, row.person_id) if row.person_id else None
    return Delivery(
        workspace_id=row.workspace_id,
        key=row.key,
        method=row.method,
        user=person.slack_user_id if person else None,
        channel=row.channel or (person.dm_channel if person else None),
        text=row.text,
        blocks=row.blocks,
        follows=earlier_id is not None,
        earlier_channel=earlier.channel if earlier else None,
        earlier_ts=earlier.ts if earlier else None,
        file_name=row.file_name,
        file_body=row.file_body,
        file_id=row.file_id,
        chart=row.chart,
        attempt=row.attempts,
        written_at=row.created_at,
    )
