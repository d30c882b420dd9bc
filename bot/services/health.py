"""Whether the bot can really serve."""

from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import text

from storage import schema
from storage.database import Database


def unready(db: Database) -> str:
    """What keeps it from serving, in a sentence; blank when nothing does."""
    try:
        with db.read() as session:
            session.execute(text("SELECT 1"))
        found = schema.status(db)
    except SQLAlchemyError as error:
        return f"The database does not answer ({type(error).__name__})."
    return "" if found.is_current else f"The schema is {found.current}, not {found.needed}."
