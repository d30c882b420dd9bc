"""Who held which role over a period."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.calendar.periods import Period
from bot.calendar.wallclock import local_date
from bot.core.enums import Role
from bot.core.errors import NotFound
from bot.core.i18n import gettext as _
from bot.core.session_cache import read_once
from bot.people.domain.stints import Rep, Stint, in_role, standing
from storage.books import Books
from storage.queries.people import presence as queries
from storage.queries.people.presence import Held


def of_role(books: Books, role: Role, period: Period, *, as_of: datetime) -> list[Stint]:
    """Whoever holds the role at the period's end (at `as_of`, where it still runs), with their time in it."""
    _first, last = _days(period, as_of)
    return _on(books, role, last)


def ever_in_role(books: Books, role: Role, period: Period, *, as_of: datetime) -> list[Stint]:
    """Whoever held the role at any time of the period, with their time in it."""
    first, last = _days(period, as_of)
    found = []
    for stints in _by_person(queries.roles_until(books, last)):
        held = [stint for stint in stints if stint.rep.role is role and stint.touches(first, last)]
        if held:
            found.append(in_role(stints, held[-1]))
    return found


@read_once
def of_person(books: Books, person_id: int, period: Period, *, as_of: datetime) -> Stint:
    """The role and team that a person held at the period's end, or held latest in it; raises NotFound."""
    first, last = _days(period, as_of)
    stints = [_stint(held) for held in queries.roles_until(books, last, person_id=person_id)]
    now = standing(stints, first, last)
    if now is None:
        raise NotFound(_("There are no numbers for that period: nobody had given this person a role yet."))
    return in_role(stints, now)


@read_once
def _on(books: Books, role: Role, day: date) -> list[Stint]:
    people = _by_person(queries.roles_until(books, day))
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
