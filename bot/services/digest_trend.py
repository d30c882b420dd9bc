"""The one trend that a team's digest draws: its debrief rate, else how its calls end."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.domain.periods import week_starting
from bot.domain.trend import FEWEST_REPS, Trend, WeekCount
from bot.domain.wallclock import local_date, start_of_day
from bot.words import Metric
from storage.queries import digests as queries
from storage.queries import tallies
from storage.queries.spans import Span, count
from storage.tables import Membership, Team

WEEKS = 13
_WEEK, _DAY = timedelta(weeks=1), timedelta(days=1)


def of_team(session: Session, workspace_id: int, team: Team, week: date, *, as_of: datetime) -> Trend | None:
    """Over the 13 weeks that end with the one beginning on the Monday `week`, each by who was in the team then.

    None with too few reps, or too few weeks to draw.
    """
    mondays = [week - _WEEK * back for back in reversed(range(WEEKS))]
    held = queries.reps_between(session, workspace_id, team.id, mondays[0], week + _WEEK - _DAY)
    weekly = {monday: _spans(held, monday, ZoneInfo(team.time_zone)) for monday in mondays}
    if len(weekly[week]) < FEWEST_REPS:
        return None
    for ask in (_debriefed, _advanced):
        trend = ask(session, workspace_id, weekly, as_of)
        if trend.is_told:
            return trend
    return None


def debriefed_this_week(
    session: Session, workspace_id: int, team_id: int, zone: ZoneInfo, *, as_of: datetime
) -> WeekCount:
    """Of the calls asked about in the running week, how many were debriefed."""
    today = local_date(as_of, zone)
    monday = today - timedelta(days=today.weekday())
    held = queries.reps_between(session, workspace_id, team_id, monday, monday + _WEEK - _DAY)
    return _asked(session, workspace_id, monday, _spans(held, monday, zone), as_of)


def _asked(
    session: Session, workspace_id: int, monday: date, spans: Sequence[Span], as_of: datetime
) -> WeekCount:
    counts = count(session, (tallies.prompts,), workspace_id, spans, as_of=as_of).values()
    return WeekCount(
        monday, sum(one["prompted_debriefed"] for one in counts), sum(one["prompted"] for one in counts)
    )


def _debriefed(
    session: Session, workspace_id: int, weekly: Mapping[date, Sequence[Span]], as_of: datetime
) -> Trend:
    weeks = tuple(_asked(session, workspace_id, *one, as_of) for one in weekly.items())
    return Trend(Metric.DEBRIEF_RATE, weeks)


def _advanced(
    session: Session, workspace_id: int, weekly: Mapping[date, Sequence[Span]], as_of: datetime
) -> Trend:
    def ended(monday: date, spans: Sequence[Span]) -> WeekCount:
        counts = count(session, (tallies.debriefs,), workspace_id, spans, as_of=as_of).values()
        return WeekCount(
            monday, sum(one["advanced"] for one in counts), sum(one["debriefs"] for one in counts)
        )

    return Trend(Metric.EFFECTIVE_RATE, tuple(ended(*one) for one in weekly.items()))


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
