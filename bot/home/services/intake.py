"""What does not come in from outside as it should, in sentences for an admin."""

from collections.abc import Iterator
from datetime import datetime

from sqlmodel import Session

from bot.calls.services import agent_names
from bot.crm import services
from storage.books import Books
from storage.queries.crm import slack_teams


def crm_troubles(books: Books) -> Iterator[str]:
    for one in services.troubled(books):
        last = (
            f"Last read to the end: {one.last_whole:%Y-%m-%d %H:%M} UTC."
            if one.last_whole
            else "Never read yet."
        )
        yield f"{one.crm}, {one.kind}: {one.why} {last}"


def crm_refusals(books: Books) -> Iterator[str]:
    for one in services.refused(books):
        rows = "1 row" if one.rows == 1 else f"{one.rows} rows"
        yield f"{one.crm}, {rows} of {one.kind} refused: {one.reason}"


def crm_of_all(session: Session, now: datetime) -> Iterator[str]:
    """Over all workspaces."""
    for workspace_id in slack_teams(session):
        yield from crm_troubles(Books(session, workspace_id, now))
        yield from crm_refusals(Books(session, workspace_id, now))


def unnamed_of_all(session: Session, now: datetime) -> int:
    """How many agents nobody has named, over all workspaces."""
    return sum(
        agent_names.count_unnamed(Books(session, workspace_id, now)) for workspace_id in slack_teams(session)
    )
