"""Data that is to go: asked for by whom and why, and called off while it can be. `bot.privacy` does the erasing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType

from bot.core.enums import ErasureCause
from bot.core.errors import NotFound
from bot.core.i18n import gettext as _
from storage.books import Books
from storage.queries.delivery import outbox as messages
from storage.queries.people import members
from storage.queries.privacy import erasure as queries
from storage.tables import Erasure

FINISHED_WITHIN = timedelta(days=14)
GRACE: Mapping[ErasureCause, timedelta] = MappingProxyType(
    {
        ErasureCause.ASKED: timedelta(),
        ErasureCause.OPERATOR: timedelta(),
        ErasureCause.LEFT: timedelta(days=7),
        ErasureCause.UNINSTALLED: timedelta(days=7),
    }
)
"""How long it can be called off: whoever asked meant it, an account closed or an app removed may be a mistake."""


@dataclass(frozen=True, slots=True)
class Request:
    """Without a person it is the whole workspace that goes; `name` is blank then, and once it has gone."""

    id: int
    person_id: int | None
    name: str
    cause: ErasureCause
    asked_at: datetime
    begins_at: datetime
    due_at: datetime
    has_begun: bool


def ask(books: Books, person_id: int | None, cause: ErasureCause) -> Request:
    """The data of a person, or of the whole workspace, is to go; one asked for before goes at the earlier time."""
    row = _open(books, person_id)
    begins = books.now + GRACE[cause]
    if row is None:
        row = Erasure(
            workspace_id=books.workspace_id,
            person_id=person_id,
            cause=cause,
            asked_at=books.now,
            begins_at=begins,
            due_at=books.now + FINISHED_WITHIN,
        )
        books.session.add(row)
    elif begins < row.begins_at:
        row.cause, row.begins_at = cause, begins
    books.session.flush()
    return _request(books, row)


def of_person(books: Books, person_id: int) -> Request | None:
    row = _open(books, person_id)
    return _request(books, row) if row else None


def call_off(books: Books, erasure_id: int) -> Request:
    """Raises NotFound once it has begun: what is gone does not come back."""
    row = queries.held(books, erasure_id)
    if row is None or row.begun_at is not None:
        raise NotFound(_("That erasure has begun, or is not planned any more."))
    request = _request(books, row)
    books.session.delete(row)
    if row.person_id is None:
        messages.give_up_queued(books, why="the app was away from Slack")
    books.session.flush()
    return request


def came_back(books: Books) -> None:
    """The app is in Slack again: the erasure that its removal started is called off, unless it has begun."""
    for row in queries.open_erasures(books):
        if row.cause is ErasureCause.UNINSTALLED and row.begun_at is None:
            call_off(books, row.id)


def _open(books: Books, person_id: int | None) -> Erasure | None:
    rows = queries.open_erasures(books)
    return next((row for row in rows if row.person_id == person_id), None)


def _request(books: Books, row: Erasure) -> Request:
    ids = [] if row.person_id is None else [row.person_id]
    found = members.by_ids(books, ids)
    name = found[0].name if found else ""
    return Request(
        row.id,
        row.person_id,
        name,
        row.cause,
        row.asked_at,
        row.begins_at,
        row.due_at,
        row.begun_at is not None,
    )
