"""Teams as one asks about them, each with its calendar; who is in them on a day, and who looks after them."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from bot.calendar.wallclock import local_date
from bot.core.enums import Role
from bot.core.errors import NotFound
from bot.core.i18n import gettext as _
from bot.core.session_cache import read_once
from bot.people.domain.access import Subject
from bot.people.domain.stints import foremost
from bot.people.services import members
from bot.people.services import workspace as workspaces
from bot.people.services.members import Member, held_on
from storage.books import Books
from storage.queries.people import members as queries
from storage.queries.people import people
from storage.tables import Membership, Person, Team


@dataclass(frozen=True, slots=True)
class Floor:
    """A team, or, without an `id`, the whole workspace."""

    id: int | None
    name: str
    zone: ZoneInfo
    fiscal_start: int = 1

    @property
    def subject(self) -> Subject:
        return Subject(team_ids=frozenset({self.id} if self.id is not None else ()))


def own(books: Books, member: Member) -> Floor:
    """The team that a person sells in, else leads; else the workspace."""
    found = foremost(_held(books, member), lambda one: one[0].role)
    return _floor(found[1]) if found else everywhere(books)


def led(books: Books, member: Member) -> Floor:
    """The team that a person leads (the first by name), else sells in; else the workspace."""
    held = _held(books, member)
    teams = [team for membership, team in held if membership.role is Role.MANAGER]
    teams.sort(key=lambda team: team.name)
    teams += [team for _membership, team in held]
    return _floor(teams[0]) if teams else everywhere(books)


def named(books: Books, name: str) -> Floor:
    """Whatever its letters' case; raises NotFound."""
    asked = name.strip().casefold()
    found = [team for team in _teams(books) if team.name.casefold() == asked]
    if not found:
        raise NotFound(_("I know no team of that name. Write it as it stands in the roster."))
    return _floor(found[0])


def every(books: Books) -> list[Floor]:
    """By name."""
    return [_floor(team) for team in _teams(books)]


def among(books: Books, team_ids: Collection[int]) -> list[Floor]:
    """By name."""
    return [_floor(team) for team in _teams(books) if team.id in team_ids]


def row(books: Books, team_id: int) -> Team:
    """Raises NotFound."""
    found = next((team for team in _teams(books) if team.id == team_id), None)
    if found is None:
        raise NotFound(_("There is no such team."))
    return found


@read_once
def _teams(books: Books) -> Sequence[Team]:
    return people.teams(books)


def _held(books: Books, member: Member) -> list[tuple[Membership, Team]]:
    return list(held_on(books, member.id, local_date(books.now, member.zone)))


def everywhere(books: Books) -> Floor:
    settings = workspaces.settings(books)
    return Floor(None, settings.name, ZoneInfo(settings.time_zone))


def _floor(team: Team) -> Floor:
    return Floor(team.id, team.name, ZoneInfo(team.time_zone), team.fiscal_start)


Held = tuple[Person, Membership, Team]


@read_once
def roster_on(books: Books, day: date) -> Sequence[Held]:
    """Everybody, by name."""
    return [
        held
        for held in _ever(books)
        if held[1].started_on <= day and (held[1].ended_on is None or held[1].ended_on >= day)
    ]


@read_once
def _ever(books: Books) -> Sequence[Held]:
    return people.members_ever(books)


@read_once
def roster_by_team(books: Books, day: date) -> Mapping[int, Sequence[Held]]:
    """The same by the team's id."""
    found: dict[int, list[Held]] = defaultdict(list)
    for held in roster_on(books, day):
        found[held[2].id].append(held)
    return found


def caretakers(books: Books, team_id: int) -> list[Member]:
    """The team's managers who are in Slack; where there is none (left, or never named), the workspace's admins."""
    managers = members.managers_of(books, team_id)
    if reached := [manager for manager in managers if manager.slack_user_id]:
        return reached
    return admins(books)


def admins(books: Books) -> list[Member]:
    """Those who are in Slack."""
    return [members.member(books, admin.id) for admin in queries.admins(books)]
