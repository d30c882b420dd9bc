"""The person on the other side of the conversation: who they are, and how and when to speak to them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

import structlog

from bot.calendar.wallclock import zone_named
from bot.core.enums import Role
from bot.core.errors import NotFound
from bot.core.i18n import gettext as _
from bot.core.session_cache import keep, read_once
from bot.people.domain.stints import foremost
from bot.people.services import workspace as workspaces
from storage.books import Books
from storage.queries.people import members as queries
from storage.tables import Membership, Person, Team

log = structlog.get_logger()

Rows = Sequence[queries.Placed]
Place = tuple[Person, Membership, Team]

STRANGER = _(
    "You are not on the roster yet. Ask your manager to add you with the email address of your Slack profile; "
    "then this works at once."
)
NO_EMAILS = _(
    "I cannot tell who you are: Slack does not tell me email addresses. Your admin adds the scope users:read.email "
    "on the app's page OAuth & Permissions and installs the app again."
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


def is_known(books: Books, slack_user_id: str) -> bool:
    return bool(_known(books, slack_user_id))


def me(books: Books, slack_user_id: str) -> Member:
    """The Slack user on the roster; raises NotFound with what to do about it."""
    rows = _known(books, slack_user_id)
    if not rows:
        scopes = workspaces.scopes(books)
        may_match = scopes is None or "users:read.email" in scopes.replace(",", " ").split()
        raise NotFound(STRANGER if may_match else NO_EMAILS)
    return _member(books, rows)


@read_once
def _known(books: Books, slack_user_id: str) -> Rows:
    rows = queries.with_places(books, slack_user_id=slack_user_id)
    if rows:
        keep(rows, _with_places, books, rows[0][0].id)
    return rows


def member(books: Books, person_id: int) -> Member:
    """Raises NotFound."""
    return _member(books, _found(books, person_id))


def person(books: Books, person_id: int) -> Person:
    """Their row; raises NotFound."""
    return _found(books, person_id)[0][0]


def places(books: Books, person_id: int) -> list[Place]:
    """Whatever the person was, is and will be, in the order it begins."""
    return _places(_with_places(books, person_id))


def _found(books: Books, person_id: int) -> Rows:
    rows = _with_places(books, person_id)
    if not rows:
        raise NotFound(_("That person is not on the roster any more."))
    return rows


@read_once
def _with_places(books: Books, person_id: int) -> Rows:
    return queries.with_places(books, person_id=person_id)


def _places(rows: Rows) -> list[Place]:
    return [(person, membership, team) for person, membership, team in rows if membership and team]


def id_by_email(books: Books, email: str) -> int | None:
    person = queries.by_email(books, email)
    return person.id if person else None


def managers_of(books: Books, team_id: int) -> list[Member]:
    return [member(books, person.id) for person in queries.managers_of(books, team_id, books.now.date())]


def is_foreign(books: Books, user: Mapping[str, Any]) -> bool:
    """Somebody of another Slack workspace (Slack Connect): what Slack tells of them, email included, says nothing here.

    On an Enterprise Grid a person has a home workspace and a list of those they are in.
    """
    ours, home = workspaces.slack_team(books), user.get("team_id")
    if user.get("is_stranger"):
        return True
    if ours is None or home == ours:
        return False
    grid = user.get("enterprise_user")
    teams = grid.get("teams") if isinstance(grid, dict) else None
    return not isinstance(teams, list) or ours not in teams


def link(books: Books, users: Iterable[Mapping[str, Any]]) -> int:
    """Match Slack's users (as `users.list` tells them) to the roster by email; returns how many were linked anew.

    Who is linked stays so, whoever else comes with that email. Zone, locale and an admin's rights are kept as Slack
    tells them; a user who was deleted in Slack is linked no longer. People of other workspaces are passed over.
    """
    linked = 0
    for user in users:
        if is_foreign(books, user):
            continue
        person = queries.by_slack_user(books, user["id"])
        if person is None and not user.get("deleted") and not user.get("is_bot"):
            person = _unlinked(books, user)
            linked += person is not None
        if person is None:
            continue
        person.slack_user_id = None if user.get("deleted") else user["id"]
        person.time_zone = zone_of(user) or person.time_zone
        person.locale = user.get("locale") or person.locale
        _follow_rights(books, person, user)
    books.session.flush()
    return linked


def _unlinked(books: Books, user: Mapping[str, Any]) -> Person | None:
    """The person of the user's email, unless they are somebody in Slack already."""
    email = str(user.get("profile", {}).get("email") or "")
    person = queries.by_email(books, email) if email else None
    return person if person is not None and person.slack_user_id is None else None


def _follow_rights(books: Books, person: Person, user: Mapping[str, Any]) -> None:
    """Admins and owners of the Slack workspace are admins here, and no longer than they are it there.

    The first one begins by hand, so before that nobody is; what Slack does not tell changes nothing.
    """
    told = [bool(user[name]) for name in ("is_admin", "is_owner", "is_primary_owner") if name in user]
    is_admin = any(told) and not user.get("deleted")
    if not told or is_admin == person.is_admin:
        return
    if is_admin and not queries.admins(books):
        return
    person.is_admin = is_admin
    log.info("an admin's rights follow Slack", person=person.id, is_admin=is_admin)


def holder(books: Books, user: Mapping[str, Any]) -> str | None:
    """The other Slack user who is linked to the person of this user's email, if there is one."""
    email = str(user.get("profile", {}).get("email") or "")
    person = queries.by_email(books, email) if email else None
    held = person.slack_user_id if person else None
    return held if held != user["id"] else None


def let_go(books: Books, slack_user_id: str) -> None:
    """Slack says that there is no such user any more: whoever comes with that email may be linked."""
    person = queries.by_slack_user(books, slack_user_id)
    if person is not None:
        person.slack_user_id = person.dm_channel = None
        books.session.flush()


def zone_of(user: Mapping[str, Any]) -> str | None:
    """The zone Slack tells; None where this machine does not know it, so that nobody's digest fails for it."""
    zone = zone_named(str(user.get("tz") or ""))
    return zone.key if zone else None


def anyone_unlinked(books: Books) -> bool:
    return bool(queries.unlinked_emails(books))


def days_away(books: Books, person_id: int, *, since: date) -> list[tuple[date, date]]:
    """Leave that has not ended before `since`: first and last days, both included."""
    return [(leave.first_day, leave.last_day) for leave in queries.leave_of(books, person_id, since=since)]


def held_on(books: Books, person_id: int, day: date) -> list[tuple[Membership, Team]]:
    """The person's memberships on a day, each with its team, in the order they began."""
    return _on(day, places(books, person_id))


def _on(day: date, places: Iterable[Place]) -> list[tuple[Membership, Team]]:
    return [
        (membership, team)
        for _person, membership, team in places
        if membership.started_on <= day and (membership.ended_on is None or membership.ended_on >= day)
    ]


def _member(books: Books, rows: Rows) -> Member:
    person, held = rows[0][0], _on(books.now.date(), _places(rows))
    found = foremost(held, lambda one: one[0].role)
    team = found[1] if found else None
    default = team.time_zone if team else workspaces.settings(books).time_zone
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
