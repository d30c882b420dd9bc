"""Whether the bot can really serve, and whether anything is under way on the two roads."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session

from bot.core.telemetry import Depths
from storage import schema
from storage.database import Database
from storage.queries.delivery import errands, inbox, outbox, outbox_due


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something that did not arrive or could not be worked, and what to do about it."""

    where: str
    says: str


def unready(db: Database) -> str:
    """What keeps it from serving, in a sentence; blank when nothing does. A full disk reads well, so it writes."""
    try:
        db.write_something()
        found = schema.status(db)
    except SQLAlchemyError as error:
        return f"The database cannot be written ({type(error).__name__})."
    return "" if found.is_current else f"The schema is {found.current}, not {found.needed}."


def depths(session: Session, *, now: datetime) -> Depths:
    """How much waits on the two roads, over all workspaces."""
    return Depths(
        inbox={state.value: n for state, n in inbox.counts(session).items()},
        oldest_event=_age(inbox.oldest_waiting(session), now),
        outbox={state.value: n for state, n in outbox.counts(session).items()},
        oldest_message=_age(outbox.oldest_unsent(session), now),
    )


def _age(since: datetime | None, now: datetime) -> float:
    return max(0.0, (now - since).total_seconds()) if since else 0.0


def set_aside(session: Session) -> Iterator[Trouble]:
    """Deliveries and messages that wait for a person, oldest first, of all workspaces."""
    for event in inbox.set_aside(session):
        yield Trouble(f"{event.source} event {event.id}", f"{event.state}: {event.error}")
    for message in outbox.set_aside(session):
        yield Trouble(f"{message.kind} message {message.id}", f"{message.state}: {message.error}")


def is_quiet(session: Session, *, now: datetime) -> bool:
    """Nothing that came in or was asked for waits to be worked, nothing waits to be said, and nothing is being said."""
    if inbox.is_due(session, now=now) or outbox_due.is_due(session, now=now):
        return False
    return errands.next_due(session) is None and not outbox.is_sending(session)
