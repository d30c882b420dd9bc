"""Which of the records that a team lives on have stopped coming."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from bot.calendar.wallclock import local_date
from bot.core.session_cache import read_once
from bot.people.services import calendars, teams
from bot.people.services.teams import Floor
from bot.pipeline.domain.feeds import LEARNED_FROM, Feed, Silence, silent_since
from storage.books import Books
from storage.queries.digest import digests
from storage.queries.pipeline import feeds as queries
from storage.tables import Team

SILENT_FOR = LEARNED_FROM + timedelta(weeks=5)
"""Who has been silent for longer was told, and has another way of working now."""


def silences(books: Books, team: Team) -> tuple[Silence, ...]:
    """By the records of those who sell in the team that day."""
    return _silences(books, team.id, ZoneInfo(team.time_zone), team.country)


def of_deals(books: Books, floor: Floor) -> Silence | None:
    """Where news of the team's deals has stopped coming; never of the whole workspace."""
    found = silences(books, teams.row(books, floor.id)) if floor.id is not None else ()
    return next((one for one in found if one.feed is Feed.DEALS), None)


@read_once
def _silences(books: Books, team_id: int, zone: ZoneInfo, country: str | None) -> tuple[Silence, ...]:
    today = local_date(books.now, zone)
    reps = {held.person_id for held in digests.reps_between(books, team_id, today, today)}
    holidays = calendars.public_holidays(country, today.year - 1, today.year)
    days = queries.days(books, reps, books.now - SILENT_FOR)
    found = ((feed, silent_since(days.get(feed, ()), today, holidays)) for feed in Feed)
    return tuple(Silence(feed, last_on) for feed, last_on in found if last_on)
