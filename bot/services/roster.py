"""The roster keeps itself: who left Slack, came back or was renamed, and who holds which role from when."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.domain.wallclock import local_date
from bot.services import erasure, members, workspaces
from bot.services.erasure import Request
from bot.words import ErasureCause
from storage.queries import members as queries
from storage.queries import people as everyone
from storage.tables import Person


@dataclass(frozen=True, slots=True)
class Left:
    """Somebody whose Slack account was closed, and what was started by it."""

    name: str
    erasure: Request


def heard_of(session: Session, workspace_id: int, user: Mapping[str, Any], *, now: datetime) -> Left | None:
    """Take in what Slack tells of a user: the zone, the name, an account that was closed or came back."""
    person = _known(session, workspace_id, user)
    if person is not None and user.get("deleted"):
        left = _leave(session, person, now=now) if person.slack_user_id else None
        members.link(session, workspace_id, [user])
        return left
    members.link(session, workspace_id, [user])
    if person is not None:
        _come_back(session, person)
        _rename(person, user)
    return None


def _known(session: Session, workspace_id: int, user: Mapping[str, Any]) -> Person | None:
    known = queries.by_slack_user(session, workspace_id, str(user["id"]))
    email = str(user.get("profile", {}).get("email") or "")
    return known or (queries.by_email(session, workspace_id, email) if email else None)


def _leave(session: Session, person: Person, *, now: datetime) -> Left:
    """From tomorrow on they hold no role; whatever is theirs goes after a while, unless they come back."""
    today = local_date(now, ZoneInfo(workspaces.settings(session, person.workspace_id).time_zone))
    for membership, _team in everyone.memberships(session, person.workspace_id):
        if membership.person_id == person.id and (membership.ended_on is None or membership.ended_on > today):
            membership.ended_on = max(today, membership.started_on)
    request = erasure.ask(session, person.workspace_id, person.id, ErasureCause.LEFT, now=now)
    return Left(person.name, request)


def _come_back(session: Session, person: Person) -> None:
    """What the closing of the account ended and started is taken back."""
    request = erasure.of_person(session, person.workspace_id, person.id)
    if request is None or request.cause is not ErasureCause.LEFT or request.has_begun:
        return
    zone = ZoneInfo(workspaces.settings(session, person.workspace_id).time_zone)
    closed_on = local_date(request.asked_at, zone)
    erasure.call_off(session, person.workspace_id, request.id)
    for membership, _team in everyone.memberships(session, person.workspace_id):
        if membership.person_id == person.id and membership.ended_on == closed_on:
            membership.ended_on = None


def _rename(person: Person, user: Mapping[str, Any]) -> None:
    """Slack's name is the name, but for those whose name is their key."""
    name = " ".join(str(user.get("profile", {}).get("real_name") or user.get("real_name") or "").split())
    if name and person.email:
        person.name = name
