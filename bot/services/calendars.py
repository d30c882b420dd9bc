"""When a person works: the workspace's hours or their own, public holidays of the team's country, leave."""

from collections.abc import Collection
from datetime import date, datetime, timedelta
from functools import cache

import holidays
from sqlmodel import Session

from bot.domain.hours import Quiet, WorkHours
from bot.services import members, workspaces
from bot.services.members import Member
from storage.queries import members as queries


def hours_of(
    session: Session, workspace_id: int, member: Member, *, now: datetime, quiet: Collection[Quiet] = ()
) -> WorkHours:
    """The member's working time from now on; `quiet` is Slack's do-not-disturb, besides the quiet they asked for."""
    settings = workspaces.settings(session, workspace_id)
    person = queries.by_ids(session, workspace_id, [member.id])[0]
    today = now.astimezone(member.zone).date()
    return WorkHours(
        zone=member.zone,
        opens=person.work_starts or settings.work_starts,
        closes=person.work_ends or settings.work_ends,
        holidays=public_holidays(member.country, today.year, (today + timedelta(days=366)).year),
        leave=tuple(members.days_away(session, workspace_id, member.id, since=today - timedelta(days=1))),
        quiet=(*quiet, (now, person.quiet_until)) if person.quiet_until else tuple(quiet),
    )


@cache
def public_holidays(country: str | None, first_year: int, last_year: int) -> frozenset[date]:
    """Of a country by its ISO 3166 code, optionally with a subdivision (`DE-BY`); none for one nobody knows."""
    code, _, subdivision = (country or "").upper().partition("-")
    supported = holidays.list_supported_countries()
    if code not in supported:
        return frozenset()
    known = subdivision if subdivision in supported[code] else None
    return frozenset(holidays.country_holidays(code, subdiv=known, years=range(first_year, last_year + 1)))
