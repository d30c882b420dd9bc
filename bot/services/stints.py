"""Who held which role over a period."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.domain.periods import Period
from bot.domain.stints import Rep, Stint, in_role, standing
from bot.domain.wallclock import local_date
from bot.errors import NotFound
from bot.language import gettext as _
from bot.services.remembered import once
from bot.words import Role
from storage.queries import presence as queries
from storage.queries.presence import Held


def of_role(
    session: Session, workspace_id: int, role: Role, period: Period, *, as_of: datetime
) -> list[Stint]:
    """Whoever holds the role at the period's end (at `as_of`, where it still runs), with their time in it."""
    _first, last = _days(period, as_of)
    return once(session, ("role", workspace_id, role, last), lambda: _on(session, workspace_id, role, last))


def ever_in_role(
    session: Session, workspace_id: int, role: Role, period: Period, *, as_of: datetime
) -> list[Stint]:
    """Whoever held the role at any time of the period, with their time in it."""
    first, last = _days(period, as_of)
    found = []
    for stints in _by_person(queries.roles_until(session, workspace_id, last)):
        held = [stint for stint in stints if stint.rep.role is role and stint.touches(first, last)]
        if held:
            found.append(in_role(stints, held[-1]))
    return found


def of_person(
    session: Session, workspace_id: int, person_id: int, period: Period, *, as_of: datetime
) -> Stint:
    """The role and team that a person held at the period's end, or held latest in it; raises NotFound."""
    first, last = _days(period, as_of)
    stints = [_stint(held) for held in queries.roles_until(session, workspace_id, last, person_id=person_id)]
    now = standing(stints, first, last)
    if now is None:
        raise NotFound(_("There are no numbers for that period: nobody had given this person a role yet."))
    return in_role(stints, now)


def _on(session: Session, workspace_id: int, role: Role, day: date) -> list[Stint]:
    people = _by_person(queries.roles_until(session, workspace_id, day))
    held = ((stints, standing(stints, day, day)) for stints in people)
    return [in_role(stints, now) for stints, now in held if now and now.rep.role is role]


def _days(period: Period, as_of: datetime) -> tuple[date, date]:
    """The period's first day and the last one that has begun."""
    first = local_date(period.start, period.zone)
    return first, max(first, local_date(period.until(as_of).last, period.zone))


def _by_person(rows: Iterable[Held]) -> Iterable[list[Stint]]:
    people: dict[int, list[Stint]] = defaultdict(list)
    for row in rows:
        people[row.person_id].append(_stint(row))
    return people.values()


def _stint(held: Held) -> Stint:
    rep = Rep(
        held.person_id,
        held.name,
        held.email,
        held.slack_user_id,
        held.named_publicly,
        held.role,
        held.team_id,
        held.team,
    )
    return Stint(rep, ZoneInfo(held.time_zone), held.country, held.started_on, held.ended_on)
