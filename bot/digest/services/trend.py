"""The one trend that a team's digest draws: its debrief rate, else how its calls end."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.calendar.periods import week_starting
from bot.calendar.wallclock import local_date, start_of_day
from bot.core.enums import Metric
from bot.core.session_cache import read_once
from bot.digest.domain.trend import FEWEST_REPS, Trend, WeekCount
from storage.books import Books
from storage.queries.digest import digests as queries
from storage.queries.scorecards import tallies
from storage.queries.scorecards.asking import count
from storage.queries.scorecards.spans import Span
from storage.tables import Membership, Team

WEEKS = 13
_WEEK, _DAY = timedelta(weeks=1), timedelta(days=1)
_SHARES = {
    Metric.DEBRIEF_RATE: (tallies.prompts, "prompted_debriefed", "prompted"),
    Metric.EFFECTIVE_RATE: (tallies.debriefs, "advanced", "debriefs"),
}
"""The first that can be told is: what counts it, and how many of how many it is."""


def of_team(books: Books, team: Team, week: date, *, as_of: datetime) -> Trend | None:
    """Over the 13 weeks that end with the one beginning on the Monday `week`, each by who was in the team then.

    None with too few reps, or too few weeks to draw.
    """
    mondays = [week - _WEEK * back for back in reversed(range(WEEKS))]
    held = sold_between(books, team.id, mondays[0], week + _WEEK - _DAY)
    weekly = {monday: _spans(held, monday, ZoneInfo(team.time_zone)) for monday in mondays}
    if len(weekly[week]) < FEWEST_REPS:
        return None
    trends = (Trend(metric, _counted(books, metric, weekly, as_of)) for metric in _SHARES)
    return next((trend for trend in trends if trend.is_told), None)


def debriefed_this_week(books: Books, team_id: int, zone: ZoneInfo, *, as_of: datetime) -> WeekCount:
    """Of the calls asked about in the running week, how many were debriefed."""
    today = local_date(as_of, zone)
    monday = today - timedelta(days=today.weekday())
    held = sold_between(books, team_id, monday, monday + _WEEK - _DAY)
    [week] = _counted(books, Metric.DEBRIEF_RATE, {monday: _spans(held, monday, zone)}, as_of)
    return week


@read_once
def sold_between(books: Books, team_id: int, first: date, last: date) -> Sequence[Membership]:
    """Who sold in the team on any of the days, both included."""
    return queries.reps_between(books, team_id, first, last)


def _counted(
    books: Books, metric: Metric, weekly: Mapping[date, Sequence[Span]], as_of: datetime
) -> tuple[WeekCount, ...]:
    question, some, of_all = _SHARES[metric]
    spans = [span for held in weekly.values() for span in held]
    counts = iter(count(books.session, (question,), books.workspace_id, spans, as_of=as_of))
    told = {monday: [next(counts) for _span in held] for monday, held in weekly.items()}
    return tuple(
        WeekCount(monday, sum(one.get(some, 0) for one in held), sum(one.get(of_all, 0) for one in held))
        for monday, held in told.items()
    )


def _spans(held: Sequence[Membership], monday: date, zone: ZoneInfo) -> list[Span]:
    """One for each rep who was in the team for a part of the week, over that part."""
    sunday = monday + _WEEK - _DAY
    days: dict[int, tuple[date, date]] = {}
    for one in held:
        first, last = max(one.started_on, monday), min(one.ended_on or sunday, sunday)
        if first <= last:
            known = days.get(one.person_id, (first, last))
            days[one.person_id] = (min(known[0], first), max(known[1], last))
    whole = week_starting(monday, zone)
    return [
        Span(
            rep,
            whole.start if first == monday else start_of_day(first, zone),
            whole.end if last == sunday else start_of_day(last + _DAY, zone),
            first,
            last,
        )
        for rep, (first, last) in days.items()
    ]
