"""The roster keeps itself: who left Slack, came back or was renamed, and who holds which role from when."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

import structlog

from bot.calendar.wallclock import local_date
from bot.core.enums import ErasureCause
from bot.people.services import erasure_requests, members
from bot.people.services import workspace as workspaces
from bot.people.services.erasure_requests import Request
from storage.books import Books, insert_once
from storage.queries.people import members as queries
from storage.queries.people import people
from storage.tables import FormerEmail, Person

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Left:
    """Somebody whose Slack account was closed, and what was started by it."""

    name: str
    erasure: Request


def heard_of(books: Books, user: Mapping[str, Any]) -> Left | None:
    """Take in what Slack tells of a user: the zone, the name, an account that was closed or came back.

    An email alone lets nobody in: not somebody of another workspace, and not in the place of who is linked.
    """
    if members.is_foreign(books, user):
        return None
    linked = queries.by_slack_user(books, str(user["id"]))
    if user.get("deleted"):
        left = _leave(books, linked) if linked else None
        members.link(books, [user])
        return left
    members.link(books, [user])
    person = queries.by_slack_user(books, str(user["id"]))
    if person is not None:
        _come_back(books, person)
        _rename(person, user)
        _follow_email(books, person, user)
    return None


def _leave(books: Books, person: Person) -> Left:
    """From tomorrow on they hold no role; whatever is theirs goes after a while, unless they come back."""
    today = local_date(books.now, ZoneInfo(workspaces.settings(books).time_zone))
    for membership, _team in people.memberships(books):
        if membership.person_id == person.id and (membership.ended_on is None or membership.ended_on > today):
            membership.ended_on = max(today, membership.started_on)
    request = erasure_requests.ask(books, person.id, ErasureCause.LEFT)
    return Left(person.name, request)


def _come_back(books: Books, person: Person) -> None:
    """What the closing of the account ended and started is taken back."""
    request = erasure_requests.of_person(books, person.id)
    if request is None or request.cause is not ErasureCause.LEFT or request.has_begun:
        return
    zone = ZoneInfo(workspaces.settings(books).time_zone)
    closed_on = local_date(request.asked_at, zone)
    erasure_requests.call_off(books, request.id)
    for membership, _team in people.memberships(books):
        if membership.person_id == person.id and membership.ended_on == closed_on:
            membership.ended_on = None


def _follow_email(books: Books, person: Person, user: Mapping[str, Any]) -> None:
    """A new email is taken over from Slack, unless it is somebody else's; the old one goes on naming the person."""
    email = str(user.get("profile", {}).get("email") or "").strip().lower()
    if not email or person.email in (None, email):
        return
    other = queries.by_email(books, email)
    if other is not None and other.email == email:
        log.warning("Slack gives somebody an email that is another's on the roster", person=person.id)
        return
    former = FormerEmail(workspace_id=books.workspace_id, person_id=person.id, email=person.email)
    insert_once(books.session, former)
    person.email = email


def _rename(person: Person, user: Mapping[str, Any]) -> None:
    """Slack's name is the name, but for those whose name is their key."""
    name = " ".join(str(user.get("profile", {}).get("real_name") or user.get("real_name") or "").split())
    if name and person.email:
        person.name = name
