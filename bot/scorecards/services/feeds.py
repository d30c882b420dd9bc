"""Which of a team's records have stopped coming."""

from collections.abc import Collection
from datetime import timedelta
from zoneinfo import ZoneInfo

from bot.calendar.wallclock import local_date
from bot.people.services import calendars
from bot.scorecards.domain.feeds import LEARNED_FROM, Feed, Silence, silent_since
from storage.books import Books
from storage.queries.digest import risks as queries
from storage.tables import Team

SILENT_FOR = LEARNED_FROM + timedelta(weeks=5)
"""Who has been silent for longer was told, and has another way of working now."""
_ASKED = {Feed.CALLS: queries.calls, Feed.LEADS: queries.leads, Feed.DEALS: queries.deals}


def silences(books: Books, team: Team, reps: Collection[int]) -> list[Silence]:
    """What the team's reps lived on and that has stopped coming."""
    today = local_date(books.now, ZoneInfo(team.time_zone))
    holidays = calendars.public_holidays(team.country, today.year - 1, today.year)
    days = {feed: ask(books, reps, books.now - SILENT_FOR) for feed, ask in _ASKED.items()}
    found = ((feed, silent_since(days[feed], today, holidays)) for feed in Feed)
    return [Silence(feed, last_on) for feed, last_on in found if last_on]
