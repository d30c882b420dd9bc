"""Which of a team's records stopped coming, and that its manager and the admin hear of it once."""

from collections.abc import Collection
from datetime import timedelta
from zoneinfo import ZoneInfo

from bot.calendar.wallclock import local_date
from bot.digest.domain.digest import Feed, Silence
from bot.digest.domain.feeds import LEARNED_FROM, silent_since
from bot.people.services import calendars
from storage.books import Books
from storage.insert_once import insert_once
from storage.queries.digest import digests
from storage.queries.digest import feeds as queries
from storage.tables import SilentFeed, Team

LOOK_BACK = LEARNED_FROM + timedelta(weeks=5)
"""Who has been silent for longer was told, and has another way of working now."""
_ASKED = {Feed.CALLS: queries.calls, Feed.LEADS: queries.leads, Feed.DEALS: queries.deals}


def silences(books: Books, team: Team, reps: Collection[int]) -> list[Silence]:
    """What the team's reps lived on and that has stopped coming."""
    today = local_date(books.now, ZoneInfo(team.time_zone))
    holidays = calendars.public_holidays(team.country, today.year - 1, today.year)
    days = {feed: ask(books, reps, books.now - LOOK_BACK) for feed, ask in _ASKED.items()}
    found = ((feed, silent_since(days[feed], today, holidays)) for feed in Feed)
    return [Silence(feed, last_on) for feed, last_on in found if last_on]


def news(books: Books) -> list[tuple[Team, Silence]]:
    """Of every team with a channel, what nobody was told yet; telling it is claimed here."""
    return [
        (team, silence)
        for team in digests.teams(books)
        if team.channel
        for silence in silences(books, team, _reps(books, team))
        if insert_once(books.session, _claim(books, team, silence))
    ]


def _reps(books: Books, team: Team) -> set[int]:
    day = local_date(books.now, ZoneInfo(team.time_zone))
    return {held.person_id for held in digests.reps_between(books, team.id, day, day)}


def _claim(books: Books, team: Team, silence: Silence) -> SilentFeed:
    return SilentFeed(
        workspace_id=books.workspace_id,
        team_id=team.id,
        feed=silence.feed,
        last_on=silence.last_on,
        told_at=books.now,
    )
