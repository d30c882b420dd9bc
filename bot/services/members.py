"""The person on the other side of the conversation: who they are, and how and when to speak to them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.domain.stints import foremost
from bot.errors import NotFound
from bot.language import gettext as _
from bot.services import workspaces
from bot.wall import zone_named
from bot.words import Role
from storage.queries import members as queries
from storage.tables import Person

STRANGER = _(
    "You are not on the roster yet. Ask your manager to add you with the email address of your Slack profile; "
    "within ten minutes this works."
)


@dataclass(frozen=True, slots=True)
class Member:
    """`zone` is Slack's for the person, else the team's, else the workspace's; `country` is the team's."""

    id: int
    name: str
    email: str | None
    slack_user_id: str | None
    locale: str | None
    zone: ZoneInfo
    country: str | None
    roles: frozenset[Role]
    is_admin: bool
    willing: bool
    named_publicly: bool

    @property
    def leads(self) -> bool:
        return Role.MANAGER in self.roles


def is_known(session: Session, workspace_id: int, slack_user_id: str) -> bool:
    return queries.by_slack_user(session, workspace_id, slack_user_id) is not None


def me(session: Session, workspace_id: int, slack_user_id: str, *, now: datetime) -> Member:
    """The Slack user on the roster; raises NotFound with what to do about it."""
    person = queries.by_slack_user(session, workspace_id, slack_user_id)
    if person is None:
        raise NotFound(STRANGER)
    return _member(session, person, now)


def member(session: Session, workspace_id: int, person_id: int, *, now: datetime) -> Member:
    found = queries.by_ids(session, workspace_id, [person_id])
    if not found:
        raise NotFound(_("That person is not on the roster any more."))
    return _member(session, found[0], now)


def id_by_email(session: Session, workspace_id: int, email: str) -> int | None:
    person = queries.by_email(session, workspace_id, email)
    return person.id if person else None


def managers_of(session: Session, workspace_id: int, team_id: int, *, now: datetime) -> list[Member]:
    return [
        _member(session, person, now)
        for person in queries.managers_of(session, workspace_id, team_id, now.date())
    ]


def link(session: Session, workspace_id: int, users: Iterable[Mapping[str, Any]]) -> int:
    """Match Slack's users (as `users.list` tells them) to the roster by email; returns how many were linked anew.

    Zone and locale are kept up to date for everybody; a user who was deleted in Slack is linked no longer.
    """
    linked = 0
    for user in users:
        email = str(user.get("profile", {}).get("email") or "").lower()
        person = queries.by_slack_user(session, workspace_id, user["id"])
        if person is None and email and not user.get("deleted") and not user.get("is_bot"):
            person = queries.by_email(session, workspace_id, email)
            linked += person is not None
        if person is None:
            continue
        person.slack_user_id = None if user.get("deleted") else user["id"]
        person.time_zone = zone_of(user) or person.time_zone
        person.locale = user.get("locale") or person.locale
        person.is_admin = person.is_admin or bool(user.get("is_primary_owner"))
    session.flush()
    return linked


def zone_of(user: Mapping[str, Any]) -> str | None:
    """The zone Slack tells; None where this machine does not know it, so that nobody's digest fails for it."""
    zone = zone_named(str(user.get("tz") or ""))
    return zone.key if zone else None


def anyone_unlinked(session: Session, workspace_id: int) -> bool:
    return bool(queries.unlinked_emails(session, workspace_id))


def days_away(session: Session, workspace_id: int, person_id: int, *, since: date) -> list[tuple[date, date]]:
    """Leave that has not ended before `since`: first and last days, both included."""
    return [
        (leave.first_day, leave.last_day)
        for leave in queries.leave_of(session, workspace_id, person_id, since=since)
    ]


def _member(session: Session, person: Person, now: datetime) -> Member:
    held = queries.teams_on(session, person.workspace_id, person.id, now.date())
    found = foremost(held, lambda one: one[0].role)
    team = found[1] if found else None
    default = team.time_zone if team else workspaces.settings(session, person.workspace_id).time_zone
    return Member(
        id=person.id,
        name=person.name,
        email=person.email,
        slack_user_id=person.slack_user_id,
        locale=person.locale,
        zone=ZoneInfo(person.time_zone or default),
        country=team.country if team else None,
        roles=frozenset(membership.role for membership, _team in held),
        is_admin=person.is_admin,
        willing=person.willing,
        named_publicly=person.named_publicly,
    )
