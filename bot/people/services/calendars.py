"""When a person works: the workspace's hours or their own, public holidays of the team's country, and leave."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache

import holidays

from bot.calendar.working_hours import Quiet, WorkHours, is_open, is_workday, on_leave
from bot.core.errors import BadInput, NotFound
from bot.core.i18n import gettext as _
from bot.people.domain.leave import Days
from bot.people.services import members
from bot.people.services import workspace as workspaces
from bot.people.services.members import Member
from storage.books import Books
from storage.queries.coaching import pairing as pair_queries
from storage.queries.people import members as member_queries
from storage.tables import Leave, Person

_WELCOMED_WITHIN = timedelta(minutes=2)


def hours_of(
    books: Books, member: Member, *, quiet: Collection[Quiet] = (), welcoming: bool = False
) -> WorkHours:
    """The member's working time from now on; `quiet` is Slack's do-not-disturb, besides the quiet they asked for.

    Who was not welcomed yet is asked nothing before; `welcoming` is for the welcome itself.
    """
    settings = workspaces.settings(books)
    person = members.person(books, member.id)
    today = books.now.astimezone(member.zone).date()
    return WorkHours(
        zone=member.zone,
        opens=person.work_starts or settings.work_starts,
        closes=person.work_ends or settings.work_ends,
        holidays=public_holidays(member.country, today.year, (today + timedelta(days=366)).year),
        leave=tuple(members.days_away(books, member.id, since=today - timedelta(days=1))),
        quiet=(*quiet, *_own_quiet(person, books.now, welcoming=welcoming)),
    )


def is_at_work(
    books: Books, member: Member, *, quiet: Collection[Quiet] = (), welcoming: bool = False
) -> bool:
    """Whether the member can be spoken to now."""
    return is_open(hours_of(books, member, quiet=quiet, welcoming=welcoming), books.now)


def _own_quiet(person: Person, now: datetime, *, welcoming: bool) -> Iterator[Quiet]:
    if person.quiet_until:
        yield now, person.quiet_until
    if person.welcome_due and not welcoming:
        yield now, now + _WELCOMED_WITHIN


@cache
def public_holidays(country: str | None, first_year: int, last_year: int) -> frozenset[date]:
    """Of a country by its ISO 3166 code, optionally with a subdivision (`DE-BY`); none for one nobody knows."""
    code, _, subdivision = (country or "").upper().partition("-")
    supported = holidays.list_supported_countries()
    if code not in supported:
        return frozenset()
    known = subdivision if subdivision in supported[code] else None
    return frozenset(holidays.country_holidays(code, subdiv=known, years=range(first_year, last_year + 1)))


@dataclass(frozen=True, slots=True)
class Away:
    id: int
    person_id: int
    days: Days


def ahead(books: Books, person_id: int, today: date) -> list[Away]:
    """What has not ended, in order."""
    rows = member_queries.leave_of(books, person_id, since=today)
    return sorted((_away(row) for row in rows), key=lambda away: away.days.first)


def add(books: Books, person_id: int, days: Days) -> None:
    """Raises BadInput where it overlaps leave that is known already."""
    for known in ahead(books, person_id, days.first):
        if known.days.first <= days.last:
            raise BadInput(
                _("That overlaps the leave from {first} to {last}. Take that back first.").format(
                    first=known.days.first, last=known.days.last
                )
            )
    books.session.add(
        Leave(workspace_id=books.workspace_id, person_id=person_id, first_day=days.first, last_day=days.last)
    )
    books.session.flush()


def find(books: Books, leave_id: int) -> Away:
    """Raises NotFound."""
    row = member_queries.leave_by_id(books, leave_id)
    if row is None:
        raise NotFound(_("That leave was taken back already."))
    return _away(row)


def take_back(books: Books, leave_id: int, *, today: date) -> None:
    """Leave that runs ends yesterday; days that are past stay leave."""
    row = member_queries.leave_by_id(books, leave_id)
    if row is None or row.last_day < today:
        raise NotFound(_("That leave is over, or was taken back already."))
    if row.first_day >= today:
        books.session.delete(row)
    else:
        row.last_day = today.fromordinal(today.toordinal() - 1)
    books.session.flush()


def _away(row: Leave) -> Away:
    return Away(row.id, row.person_id, Days(row.first_day, row.last_day))


def away_all_week(books: Books, countries: Mapping[int, str | None], monday: date) -> set[int]:
    """Of these people, each with the country whose holidays they keep, those whose leave spares no working day."""
    days = [monday + timedelta(days=n) for n in range(7)]
    leave: dict[int, list[tuple[date, date]]] = defaultdict(list)
    for one in pair_queries.leave_between(books, days[0], days[-1]):
        leave[one.person_id].append((one.first_day, one.last_day))
    return {
        id for id, spans in leave.items() if id in countries and not _days_there(days, spans, countries[id])
    }


def _days_there(days: Sequence[date], leave: Sequence[tuple[date, date]], country: str | None) -> list[date]:
    holidays = public_holidays(country, days[0].year, days[-1].year)
    return [day for day in days if is_workday(day, holidays=holidays) and not on_leave(day, leave)]
