"""Teams as one asks about them, each with its calendar."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.domain.access import Subject
from bot.domain.stints import foremost
from bot.domain.wallclock import local_date
from bot.errors import NotFound
from bot.language import gettext as _
from bot.services import workspaces
from bot.services.members import Member
from bot.words import Role
from storage.queries import members, people
from storage.tables import Membership, Team


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


def own(session: Session, workspace_id: int, member: Member, *, now: datetime) -> Floor:
    """The team that a person sells in, else leads; else the workspace."""
    found = foremost(_held(session, workspace_id, member, now), lambda one: one[0].role)
    return _floor(found[1]) if found else everywhere(session, workspace_id)


def led(session: Session, workspace_id: int, member: Member, *, now: datetime) -> Floor:
    """The team that a person leads (the first by name), else sells in; else the workspace."""
    held = _held(session, workspace_id, member, now)
    teams = [team for membership, team in held if membership.role is Role.MANAGER]
    teams.sort(key=lambda team: team.name)
    teams += [team for _membership, team in held]
    return _floor(teams[0]) if teams else everywhere(session, workspace_id)


def named(session: Session, workspace_id: int, name: str) -> Floor:
    """Whatever its letters' case; raises NotFound."""
    asked = name.strip().casefold()
    found = [team for team in people.teams(session, workspace_id) if team.name.casefold() == asked]
    if not found:
        raise NotFound(_("I know no team of that name. Write it as it stands in the roster."))
    return _floor(found[0])


def every(session: Session, workspace_id: int) -> list[Floor]:
    """By name."""
    return [_floor(team) for team in people.teams(session, workspace_id)]


def among(session: Session, workspace_id: int, team_ids: Collection[int]) -> list[Floor]:
    """By name."""
    return [_floor(team) for team in people.teams(session, workspace_id) if team.id in team_ids]


def _held(
    session: Session, workspace_id: int, member: Member, now: datetime
) -> list[tuple[Membership, Team]]:
    return list(members.teams_on(session, workspace_id, member.id, local_date(now, member.zone)))


def everywhere(session: Session, workspace_id: int) -> Floor:
    settings = workspaces.settings(session, workspace_id)
    return Floor(None, settings.name, ZoneInfo(settings.time_zone))


def _floor(team: Team) -> Floor:
    return Floor(team.id, team.name, ZoneInfo(team.time_zone), team.fiscal_start)
