"""What becomes of a message in the outbox, by what came of trying to send it or of asking for it."""

import random
from datetime import datetime, timedelta
from typing import assert_never

from bot import slack
from bot.slack import AskLater, Gone, Outcome, Refused, Sent, TryLater, Unknown, Unreached, Unsure, Uploaded
from storage.books import Books
from storage.database import Session
from storage.queries.delivery import outbox as queries
from storage.tables import OutboxMessage, OutboxState

KEEP_TRYING = timedelta(hours=24)
"""For so long, at least, Slack may answer badly before a message is given up. Where it cannot be reached at all, or
says "wait", a message waits for as long as that lasts."""
SETTLE = timedelta(seconds=10)
"""How long a message whose answer was lost may still be on its way: it is asked for no sooner."""
KEEP_ASKING = KEEP_TRYING
FIRST_DELAY = timedelta(seconds=1)
LONGEST_DELAY = timedelta(minutes=10)
LONGEST_PAUSE = timedelta(minutes=15)
"""For which Slack is left alone when it says so; then it is asked again."""
REACH_AGAIN = timedelta(seconds=20)
"""After which one message tries whether Slack can be reached again."""
MAX_ATTEMPTS = int(KEEP_TRYING / (LONGEST_DELAY / 2))
"""Half the longest delay is the shortest that the spread makes of it."""


def settle(session: Session, row: OutboxMessage, outcome: Outcome, now: datetime) -> OutboxState:
    """Write the outcome into the row, which its caller holds; one still in doubt stays SENDING, with a lease."""
    row.error = outcome.why
    row.leased_until = None
    match outcome:
        case Sent():
            _sent(session, row, outcome, now)
        case Uploaded(file_id):
            row.state, row.file_id, row.next_at, row.attempts = OutboxState.QUEUED, file_id, now, 0
        case TryLater() | Unreached():
            _try_later(session, row, outcome, now)
        case Unsure():
            row.leased_until = now + SETTLE
        case AskLater():
            _ask_later(session, row, outcome, now)
        case Unknown():
            row.state = OutboxState.UNKNOWN
        case Refused() | Gone():
            row.state = OutboxState.DEAD
        case _:
            assert_never(outcome)
    return row.state


def _sent(session: Session, row: OutboxMessage, outcome: Sent, now: datetime) -> None:
    row.state, row.sent_at = OutboxState.SENT, now
    row.channel, row.ts = outcome.channel, outcome.ts
    row.file_body = None
    if row.person_id is not None and row.updates_id is None:
        person = queries.recipient(Books(session, row.workspace_id, now), row.person_id)
        if person is not None:
            person.dm_channel = outcome.channel


def _try_later(session: Session, row: OutboxMessage, outcome: TryLater | Unreached, now: datetime) -> None:
    """Slack's own wait holds for the method, in every process; ours doubles, and is spread.

    Neither a wait that Slack asked for nor a Slack that was not reached is a try.
    """
    wait = REACH_AGAIN if isinstance(outcome, Unreached) else outcome.after
    if wait is not None:
        queries.pause(Books(session, row.workspace_id, now), row.method, now + min(wait, LONGEST_PAUSE))
        row.attempts -= 1
    else:
        doubled = min(FIRST_DELAY * 2 ** min(row.attempts - 1, 20), LONGEST_DELAY)
        row.next_at = now + doubled * random.uniform(0.5, 1)  # noqa: S311  spreads tries, guards nothing
    row.state = OutboxState.DEAD if row.attempts >= MAX_ATTEMPTS else OutboxState.QUEUED


def _ask_later(session: Session, row: OutboxMessage, outcome: AskLater, now: datetime) -> None:
    if outcome.unreached:  # a day without Slack is not a day in which it could not tell
        queries.pause(Books(session, row.workspace_id, now), slack.ASK, now + REACH_AGAIN)
        row.attempted_at, row.leased_until = now, now + SETTLE
        return
    waited = now - (row.attempted_at or row.created_at)
    if waited >= KEEP_ASKING:
        row.state = OutboxState.UNKNOWN
        return
    pause = min(outcome.after or max(SETTLE, waited / 8), LONGEST_PAUSE)
    if outcome.after is not None:
        queries.pause(Books(session, row.workspace_id, now), slack.ASK, now + pause)
    row.leased_until = now + pause
