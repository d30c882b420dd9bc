"""When a person works: the workspace's hours or their own, public holidays of the team's country, leave."""

from collections.abc import Collection, Iterator
from datetime import date, datetime, timedelta
from functools import cache

import holidays

from bot.calendar.working_hours import Quiet, WorkHours, is_open
from bot.people.services import members
from bot.people.services import workspace as workspaces
from bot.people.services.members import Member
from storage.books import Books
from storage.queries.people import members as queries
from storage.tables import Person

_WELCOMED_WITHIN = timedelta(minutes=2)


def hours_of(
    books: Books, member: Member, *, quiet: Collection[Quiet] = (), welcoming: bool = False
) -> WorkHours:
    """The member's working time from now on; `quiet` is Slack's do-not-disturb, besides the quiet they asked for.

    Who was not welcomed yet is asked nothing before; `welcoming` is for the welcome itself.
    """
    settings = workspaces.settings(books)
    person = queries.by_ids(books, [member.id])[0]
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
