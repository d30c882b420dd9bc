"""When and where a team's digest comes, as its manager sees and changes it."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.domain.digest_plan import Plan
from bot.errors import NotFound
from bot.language import gettext as _
from bot.services import digest_schedule
from storage.queries import digests as queries
from storage.tables import Team


def of_team(session: Session, workspace_id: int, team_id: int) -> Plan:
    """Raises NotFound."""
    return _plan(_found(queries.team(session, workspace_id, team_id)))


def change(
    session: Session,
    workspace_id: int,
    team_id: int,
    *,
    weekday: int,
    at: time,
    channel: str,
    zone: str | None = None,
    locale: str | None = None,
    now: datetime,
) -> Plan:
    """The next one comes on the new day; a week that was told already is not told again. Raises NotFound.

    Without a zone or a locale the team keeps its own.
    """
    team = _found(queries.claim_team(session, workspace_id, team_id))
    team.time_zone, team.locale = zone or team.time_zone, locale or team.locale
    team.digest_weekday, team.digest_time, team.channel = weekday, at, channel
    team.digest_next_at = digest_schedule.next_at(team, now)
    session.flush()
    return _plan(team)


def _found(team: Team | None) -> Team:
    if team is None:
        raise NotFound(_("There is no such team."))
    return team


def _plan(team: Team) -> Plan:
    return Plan(
        team_id=team.id,
        team=team.name,
        weekday=team.digest_weekday,
        at=team.digest_time,
        zone=ZoneInfo(team.time_zone),
        channel=team.channel,
        next_at=team.digest_next_at,
        locale=team.locale,
    )
