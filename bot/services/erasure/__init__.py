"""Data that is to go: asked for, called off, and worked in small steps until a receipt is left."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto

from sqlmodel import Session

from bot.domain import erasure as rules
from bot.errors import NotFound
from bot.language import gettext as _
from bot.services.erasure import people, whole
from bot.words import ErasureCause
from storage.queries import erasing as queries
from storage.queries import members
from storage.queries import outbox as messages
from storage.tables import Erasure, OutboxState, Person


class Stage(Enum):
    """MORE to erase; TELL the person, then TOLD; DONE; OTHERS work it, or it is not there any more."""

    MORE = auto()
    TELL = auto()
    TOLD = auto()
    DONE = auto()
    OTHERS = auto()


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


@dataclass(frozen=True, slots=True)
class Receipt:
    """Rows erased, by table."""

    id: int
    person_id: int | None
    cause: ErasureCause
    asked_at: datetime
    done_at: datetime | None
    counts: dict[str, int]


def ask(
    session: Session, workspace_id: int, person_id: int | None, cause: ErasureCause, *, now: datetime
) -> Request:
    """The data of a person, or of the whole workspace, is to go; one asked for before goes at the earlier time."""
    row = _open(session, workspace_id, person_id)
    begins = rules.begins_at(cause, now)
    if row is None:
        row = Erasure(
            workspace_id=workspace_id,
            person_id=person_id,
            cause=cause,
            asked_at=now,
            begins_at=begins,
            due_at=now + rules.FINISHED_WITHIN,
        )
        session.add(row)
    elif begins < row.begins_at:
        row.cause, row.begins_at = cause, begins
    session.flush()
    return _request(session, row)


def pending(session: Session, workspace_id: int) -> list[Request]:
    """What is to go, oldest first."""
    return [_request(session, row) for row in queries.open_erasures(session, workspace_id)]


def of_person(session: Session, workspace_id: int, person_id: int) -> Request | None:
    row = _open(session, workspace_id, person_id)
    return _request(session, row) if row else None


def call_off(session: Session, workspace_id: int, erasure_id: int) -> Request:
    """Raises NotFound once it has begun: what is gone does not come back."""
    row = queries.held(session, workspace_id, erasure_id)
    if row is None or row.begun_at is not None:
        raise NotFound(_("That erasure has begun, or is not planned any more."))
    request = _request(session, row)
    session.delete(row)
    if row.person_id is None:
        messages.give_up_queued(session, workspace_id, why="the app was away from Slack")
    session.flush()
    return request


def came_back(session: Session, workspace_id: int) -> None:
    """The app is in Slack again: the erasure that its removal started is called off, unless it has begun."""
    for row in queries.open_erasures(session, workspace_id):
        if row.cause is ErasureCause.UNINSTALLED and row.begun_at is None:
            call_off(session, workspace_id, row.id)


def due(session: Session, workspace_id: int, *, now: datetime) -> list[int]:
    return [row.id for row in queries.open_erasures(session, workspace_id) if row.begins_at <= now]


def step(session: Session, workspace_id: int, erasure_id: int, *, now: datetime, tell: bool) -> Stage:
    """One small batch; `tell` says whether the person is to have the receipt by DM."""
    row = queries.held(session, workspace_id, erasure_id)
    if row is None or row.done_at is not None:
        return Stage.OTHERS
    row.begun_at = row.begun_at or now
    if row.person_id is None:
        return Stage.MORE if whole.erase_some(session, row) else _done(row, now)
    person = next(iter(members.by_ids(session, workspace_id, [row.person_id])), None)
    if person is None:
        return _done(row, now)
    if people.erase_some(session, row, person, now=now):
        return Stage.MORE
    if tell and _may_tell(row, person):
        return Stage.TELL
    if tell and _is_on_its_way(session, row):
        return Stage.TOLD
    people.empty(session, row, person)
    return _done(row, now)


def told(session: Session, workspace_id: int, erasure_id: int, message_id: int) -> None:
    """The receipt is in the outbox as this message."""
    row = queries.held(session, workspace_id, erasure_id)
    if row is not None:
        row.message_id = message_id


def receipt(session: Session, workspace_id: int, erasure_id: int) -> Receipt:
    """Raises NotFound."""
    row = queries.by_id(session, workspace_id, erasure_id)
    if row is None:
        raise NotFound(_("There is no such erasure."))
    return Receipt(row.id, row.person_id, row.cause, row.asked_at, row.done_at, dict(row.counts))


def _open(session: Session, workspace_id: int, person_id: int | None) -> Erasure | None:
    rows = queries.open_erasures(session, workspace_id)
    return next((row for row in rows if row.person_id == person_id), None)


def _request(session: Session, row: Erasure) -> Request:
    ids = [] if row.person_id is None else [row.person_id]
    found = members.by_ids(session, row.workspace_id, ids)
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


def _may_tell(row: Erasure, person: Person) -> bool:
    return row.message_id is None and person.slack_user_id is not None


def _is_on_its_way(session: Session, row: Erasure) -> bool:
    """A receipt that the outbox has given up is not waited for."""
    if row.message_id is None:
        return False
    message = messages.by_id(session, row.workspace_id, row.message_id)
    return message is not None and message.state in (OutboxState.QUEUED, OutboxState.SENDING)


def _done(row: Erasure, now: datetime) -> Stage:
    row.done_at = now
    return Stage.DONE
