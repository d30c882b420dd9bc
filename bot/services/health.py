"""Whether the bot can really serve."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session, text

from storage import schema
from storage.database import Database
from storage.queries import inbox, outbox


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something that did not arrive or could not be worked, and what to do about it."""

    where: str
    says: str


def unready(db: Database) -> str:
    """What keeps it from serving, in a sentence; blank when nothing does."""
    try:
        with db.read() as session:
            session.execute(text("SELECT 1"))
        found = schema.status(db)
    except SQLAlchemyError as error:
        return f"The database does not answer ({type(error).__name__})."
    return "" if found.is_current else f"The schema is {found.current}, not {found.needed}."


def set_aside(session: Session) -> Iterator[Trouble]:
    """Deliveries and messages that wait for a person, oldest first, of all workspaces."""
    for event in inbox.set_aside(session):
        yield Trouble(f"{event.source} event {event.id}", f"{event.state}: {event.error}")
    for message in outbox.set_aside(session):
        yield Trouble(f"{message.kind} message {message.id}", f"{message.state}: {message.error}")
