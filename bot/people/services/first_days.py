"""When those began whom somebody added in Slack: that day, unless records of theirs are older."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.calendar.wallclock import local_date
from storage.books import Books
from storage.queries.people import first_days as queries
from storage.queries.people import people

_DAY = timedelta(days=1)


def of(books: Books, person_id: int, zone: ZoneInfo, *, added_on: date) -> date:
    """The day they were added, or of their first record since they last left a role, where that came before."""
    known = [
        local_date(one, zone) if isinstance(one, datetime) else one
        for one in queries.first_records(books, person_id)
    ]
    first = min([added_on, *known])
    if first == added_on:
        return first
    held = (one for one, _team in people.memberships(books) if one.person_id == person_id)
    return max([first, *(one.ended_on + _DAY for one in held if one.ended_on and one.ended_on < added_on)])


def move_back(books: Books) -> None:
    """Begin with their records where a file has brought some from before they were added."""
    for held, team in queries.since_added(books):
        held.started_on = of(books, held.person_id, ZoneInfo(team.time_zone), added_on=held.started_on)
    books.session.flush()
