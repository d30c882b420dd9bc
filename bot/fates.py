"""What becomes of a message in the outbox, by what came of trying to send it or of asking for it."""

import random
from datetime import datetime, timedelta

from bot import slack
from bot.slack import AskLater, Gone, Outcome, Refused, Sent, TryLater, Unknown, Unsure, Uploaded
from storage.database import Session
from storage.queries import outbox as queries
from storage.tables import OutboxMessage, OutboxState

MAX_ATTEMPTS = 40
"""Nearly three hours of trying; being told to wait does not count."""
SETTLE = timedelta(seconds=10)
"""How long a message whose answer was lost may still be on its way: it is asked for no sooner."""
KEEP_ASKING = timedelta(hours=1)
FIRST_DELAY = timedelta(seconds=1)
LONGEST_DELAY = timedelta(minutes=5)
LONGEST_PAUSE = timedelta(minutes=15)
"""For which Slack is left alone when it says so; then it is asked again."""


def settle(session: Session, row: OutboxMessage, outcome: Outcome, now: datetime) -> OutboxState:
    """Write the outcome into the row, which its caller holds; one still in doubt stays SENDING, with a lease."""
    row.error = outcome.why
    row.leased_until = None
    match outcome:
        case Sent():
            _sent(session, row, outcome, now)
        case Uploaded(file_id):
            row.state, row.file_id, row.next_at, row.attempts = OutboxState.QUEUED, file_id, now, 0
        case TryLater():
            _try_later(session, row, outcome, now)
        case Unsure():
            row.leased_until = now + SETTLE
        case AskLater():
            _ask_later(session, row, outcome, now)
        case Unknown():
            row.state = OutboxState.UNKNOWN
        case Refused() | Gone():
            row.state = OutboxState.DEAD
    return row.state


def _sent(session: Session, row: OutboxMessage, outcome: Sent, now: datetime) -> None:
    row.state, row.sent_at = OutboxState.SENT, now
    row.channel, row.ts = outcome.channel, outcome.ts
    row.file_body = None
    if row.person_id is not None and row.updates_id is None:
        person = queries.recipient(session, row.workspace_id, row.person_id)
        if person is not None:
            person.dm_channel = outcome.channel


def _try_later(session: Session, row: OutboxMessage, outcome: TryLater, now: datetime) -> None:
    """Slack's own wait holds for the method, in every process; ours doubles, and is spread."""
    if outcome.after is not None:
        queries.pause(session, row.workspace_id, row.method, now + min(outcome.after, LONGEST_PAUSE))
        row.attempts -= 1
    else:
        doubled = min(FIRST_DELAY * 2 ** (row.attempts - 1), LONGEST_DELAY)
        row.next_at = now + doubled * random.uniform(0.5, 1)  # noqa: S311  spreads tries, guards nothing
    row.state = OutboxState.DEAD if row.attempts >= MAX_ATTEMPTS else OutboxState.QUEUED


def _ask_later(session: Session, row: OutboxMessage, outcome: AskLater, now: datetime) -> None:
    if now - (row.attempted_at or now) >= KEEP_ASKING:
        row.state = OutboxState.UNKNOWN
        return
    pause = min(outcome.after or SETTLE, LONGEST_PAUSE)
    if outcome.after is not None:
        queries.pause(session, row.workspace_id, slack.ASK, now + pause)
    row.leased_until = now + pause
