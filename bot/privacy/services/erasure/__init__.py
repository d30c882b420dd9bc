"""Data that is to go is erased in small steps until a receipt is left; `erasure_requests` says what is to go."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto

from bot.core.enums import ErasureCause
from bot.core.errors import NotFound
from bot.core.i18n import gettext as _
from bot.privacy.services.erasure import people
from storage.audit import trail
from storage.books import Books
from storage.queries.delivery import outbox as messages
from storage.queries.people import members
from storage.queries.privacy import erasure as queries
from storage.tables import Erasure, OutboxState, Person, Workspace

BATCH = 500
"""Rows of a whole workspace that go at once."""


class Stage(Enum):
    """MORE to erase; TELL the person, then TOLD; DONE; OTHERS work it, or it is not there any more."""

    MORE = auto()
    TELL = auto()
    TOLD = auto()
    DONE = auto()
    OTHERS = auto()


@dataclass(frozen=True, slots=True)
class Receipt:
    """Rows erased, by table."""

    id: int
    person_id: int | None
    cause: ErasureCause
    asked_at: datetime
    done_at: datetime | None
    counts: dict[str, int]


def erasures_due(books: Books) -> list[int]:
    return [row.id for row in queries.open_erasures(books) if row.begins_at <= books.now]


def erase_some(books: Books, erasure_id: int, *, tell: bool) -> Stage:
    """One small batch; `tell` says whether the person is to have the receipt by DM."""
    queries.hold_workspace(books)
    row = queries.held(books, erasure_id)
    if row is None or row.done_at is not None:
        return Stage.OTHERS
    row.begun_at = row.begun_at or books.now
    if row.person_id is None:
        return Stage.MORE if _erase_whole(books, row) else _done(row, books.now)
    person = next(iter(members.by_ids(books, [row.person_id])), None)
    if person is None:
        return _done(row, books.now)
    if people.erase_some(books, row, person):
        return Stage.MORE
    if tell and _may_tell(row, person):
        return Stage.TELL
    if tell and _is_on_its_way(books, row):
        return Stage.TOLD
    people.empty(books, row, person)
    return _done(row, books.now)


def note_told(books: Books, erasure_id: int, message_id: int) -> None:
    """The receipt is in the outbox as this message."""
    row = queries.held(books, erasure_id)
    if row is not None:
        row.message_id = message_id


def receipt(books: Books, erasure_id: int) -> Receipt:
    """Raises NotFound."""
    row = queries.by_id(books, erasure_id)
    if row is None:
        raise NotFound(_("There is no such erasure."))
    return Receipt(row.id, row.person_id, row.cause, row.asked_at, row.done_at, dict(row.counts))


def _may_tell(row: Erasure, person: Person) -> bool:
    return row.message_id is None and person.slack_user_id is not None


def _is_on_its_way(books: Books, row: Erasure) -> bool:
    """A receipt that the outbox has given up is not waited for."""
    if row.message_id is None:
        return False
    message = messages.by_id(books, row.message_id)
    return message is not None and message.state in (OutboxState.QUEUED, OutboxState.SENDING)


def _done(row: Erasure, now: datetime) -> Stage:
    row.done_at = now
    return Stage.DONE


def _erase_whole(books: Books, erasure: Erasure) -> bool:
    """Every row of every table, then its name and settings: one batch.

    False when nothing is left but an empty workspace, as on the first day.
    """
    trail.look_away(books.session)
    for table in queries.owned():
        found = queries.rows(books, table, BATCH)
        if found:
            queries.delete(books, table, [row["id"] for row in found])
            people.note(erasure, table.name, len(found))
            return True
    workspace = books.session.get_one(Workspace, erasure.workspace_id)
    people.note(erasure, "slack_bots", queries.delete_installations(books.session, workspace.slack_team_id))
    nothing = Workspace(name="Cornerman")
    for field in set(Workspace.model_fields) - {"id"}:
        setattr(workspace, field, getattr(nothing, field))
    books.session.flush()
    return False
