"""A database put back from a backup does not know what was said since: nothing of it is said again unasked."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from bot import slack
from storage.queries.delivery import inbox, outbox
from storage.queries.delivery import restored as queries
from storage.tables import InboxState, OutboxState

WHY = "the database was put back from a backup; it may have been done before"


@dataclass(frozen=True, slots=True)
class PutBack:
    """How many of each kind, over all workspaces."""

    asked_about: int
    """Messages that Slack is asked for by their key before they are said."""
    given_up: int
    """Files, which bear no key: whoever waits asks again, or an admin sends them."""
    set_aside: int
    """Deliveries that wait for `cornerman inbox retry`."""
    at_rest: int
    """Questions and digests whose time came meanwhile, which are not put again."""


def settle(session: Session, *, now: datetime) -> PutBack:
    """To be called once, after the restore and before any bot runs on it."""
    messages = outbox.unsent(session)
    for message in messages:
        is_askable = message.method != slack.SHARE or message.file_id is not None
        message.state = OutboxState.SENDING if is_askable else OutboxState.UNKNOWN
        message.leased_until = now - timedelta(seconds=1) if is_askable else None
        message.attempted_at, message.error = now, WHY
    events = inbox.waiting(session)
    for event in events:
        event.state, event.done_at, event.error = InboxState.PARKED, now, WHY
    at_rest = queries.let_rest(session, now)
    session.flush()
    given_up = sum(message.state is OutboxState.UNKNOWN for message in messages)
    return PutBack(len(messages) - given_up, given_up, len(events), at_rest)
