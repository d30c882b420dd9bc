"""What did not arrive or could not be worked, and may be tried again; for admins, who see no words of it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.core.enums import AuditAct, OutboxKind
from bot.core.errors import NotFound
from bot.core.i18n import gettext as _
from bot.people.domain import access
from bot.people.domain.access import Right, Subject, Viewer
from bot.people.services import audit_log
from storage.books import Books
from storage.queries.delivery import inbox as events
from storage.queries.delivery import outbox as queries
from storage.queries.digest import digests
from storage.tables import InboxEvent, InboxState, OutboxMessage, OutboxState


class Road(StrEnum):
    IN = "in"
    OUT = "out"


@dataclass(frozen=True, slots=True)
class Undelivered:
    """`what` is a message's kind or an event's name, `where_to` a channel's id or a person's name ("" for events)."""

    road: Road
    id: int
    what: str
    where_to: str
    state: str
    why: str
    since: datetime


@dataclass(frozen=True, slots=True)
class Doubt:
    """A message that did not arrive, or may not have, and `why`. A digest has its team, others may have a person."""

    message_id: int
    kind: OutboxKind
    channel: str | None
    person_id: int | None
    team_id: int | None
    team: str
    why: str
    file_name: str = ""


def listed(books: Books) -> list[Undelivered]:
    """Messages, then events, oldest first."""
    messages = [row for row in queries.set_aside(books.session) if row.workspace_id == books.workspace_id]
    parked = [row for row in events.set_aside(books.session) if row.workspace_id == books.workspace_id]
    return [_message(books, row) for row in messages] + [_event(row) for row in parked]


def send_again(books: Books, message_id: int, by: int | None) -> None:
    """Send a message that did not arrive, or may not have; raises NotFound for any other.

    A digest goes to the channel that its team has now.
    """
    row = _set_aside(books, message_id)
    digest = queries.digest_of(books, message_id)
    team = digests.team(books, digest.team_id) if digest else None
    if team is not None and team.channel:
        row.channel = row.conversation = team.channel
    _noted(books, f"message {row.id}", row.state, OutboxState.QUEUED, by)
    row.state, row.next_at, row.attempts, row.error = OutboxState.QUEUED, books.now, 0, ""


def work_again(books: Books, event_id: int, by: int | None) -> None:
    """Work an event that could not be worked; raises NotFound for any other."""
    row = events.by_id(books, event_id)
    if row is None or row.state not in events.SET_ASIDE:
        raise NotFound(_("There is no event {id} that waits to be worked again.").format(id=event_id))
    _noted(books, f"event {row.id}", row.state, InboxState.WAITING, by)
    row.state, row.next_at, row.attempts, row.error, row.done_at = InboxState.WAITING, books.now, 0, "", None


def doubt(books: Books, message_id: int) -> Doubt:
    """What is known of a message whose fate is not; raises NotFound once it is settled."""
    row = _set_aside(books, message_id)
    digest = queries.digest_of(books, message_id)
    team = digests.team(books, digest.team_id) if digest else None
    return Doubt(
        row.id,
        row.kind,
        row.channel,
        row.person_id,
        team.id if team else None,
        team.name if team else "",
        row.error,
        row.file_name or "",
    )


def is_first_in_a_day(books: Books, lost: Doubt) -> bool:
    """Whether nothing else for the same person was given up within a day: one word about it is enough."""
    if lost.person_id is None:
        return True
    since = books.now - timedelta(days=1)
    return not queries.given_up_since(books, lost.person_id, since, but_not=lost.message_id)


def settle(books: Books, message_id: int, viewer: Viewer, *, arrived: bool) -> Doubt:
    """The team's manager has looked: count it as sent, or send it again; raises NotFound once that is decided."""
    known = doubt(books, message_id)
    teams = frozenset() if known.team_id is None else frozenset({known.team_id})
    access.require(viewer, Right.POST_DIGEST, Subject(team_ids=teams))
    if arrived:
        row = _set_aside(books, message_id)
        _noted(books, f"message {row.id}", row.state, OutboxState.SENT, viewer.person_id)
        row.state, row.sent_at, row.error = OutboxState.SENT, books.now, ""
    else:
        send_again(books, message_id, viewer.person_id)
    return known


def _noted(books: Books, what: str, before: str, after: str, by: int | None) -> None:
    audit_log.note(books, by, AuditAct.SET, what=f"{what}: {before} → {after}")


def _set_aside(books: Books, message_id: int) -> OutboxMessage:
    row = queries.held(books, message_id)
    if row is None or row.state not in queries.SET_ASIDE:
        raise NotFound(_("There is no message {id} that waits for a decision.").format(id=message_id))
    return row


def _message(books: Books, row: OutboxMessage) -> Undelivered:
    person = queries.recipient(books, row.person_id) if row.person_id else None
    where_to = person.name if person else row.channel or ""
    return Undelivered(Road.OUT, row.id, row.kind, where_to, row.state, row.error, row.created_at)


def _event(row: InboxEvent) -> Undelivered:
    return Undelivered(Road.IN, row.id, row.name, "", row.state, row.error, row.received_at)
