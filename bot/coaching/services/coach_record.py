"""What became of a coach's learners, and what they say: the coach's record, and what pairing makes of it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.calendar.wallclock import local_date
from bot.coaching.domain.lifts import CoachRecord
from bot.coaching.domain.lifts import lifts as lifts_of
from bot.coaching.domain.lifts import record as make_record
from bot.coaching.domain.observations import FEWEST_WEEKS, MOST_WEEKS, Window, window
from bot.coaching.domain.sessions import HeldSession, credited
from bot.coaching.services.before_after import RoleHistory, was_coached
from bot.core.enums import SELLING_ROLES, Metric
from bot.core.session_cache import read_once
from bot.people.services import workspace as workspaces
from bot.scorecards.domain.definitions import metrics_of
from storage.books import Books
from storage.queries.coaching import sessions
from storage.queries.coaching.sessions import Held

LIFTS_COUNT = timedelta(weeks=26)
"""How long ago a first session may be for its lift to count: people and markets change."""
BEFORE = timedelta(weeks=MOST_WEEKS + 1)
RECORD = timedelta(weeks=52)
"""How long sessions and their ratings count."""


def record_of_coach(books: Books, coach_id: int, *, as_of: datetime) -> CoachRecord:
    """A coach's record of the last 52 weeks."""
    today = _today(books, as_of)
    held = [
        one for one in sessions.held(books, today) if one.coach == coach_id and one.held_on >= today - RECORD
    ]
    given = [
        HeldSession(one.id, one.coach, one.learner, one.held_on, one.minutes, one.commitment) for one in held
    ]
    rated = sessions.ratings(books, since=today - RECORD, until=today)
    return make_record(
        sessions=sum(one.earns for one in given),
        learners=len({one.learner for one in held}),
        minutes=sum(one.minutes for one in credited(given)),
        ratings=[rating for coach, rating in rated if coach == coach_id],
        lifted=lifts(books, as_of=as_of).get(coach_id, ()),
    )


def lifts(books: Books, *, as_of: datetime) -> Mapping[int, tuple[float, ...]]:
    """By coach, how far each learner of the last 26 weeks came, once there are four weeks to look at."""
    today = _today(books, as_of)
    return _lifts(books, today, as_of)


@read_once
def _lifts(books: Books, today: date, as_of: datetime) -> Mapping[int, tuple[float, ...]]:
    held = sessions.held(books, today)
    settings = workspaces.settings(books)
    found: dict[int, list[float]] = defaultdict(list)
    for role in SELLING_ROLES:
        compared = _compared([one for one in held if one.metric in metrics_of(role)], today)
        if not compared:
            continue
        history = RoleHistory(books.session, settings, role, as_of, since=today - LIFTS_COUNT - BEFORE)
        for (metric, weeks), couples in compared.items():
            for coach, lift in _of_weeks(history, metric, weeks, couples, held):
                found[coach].append(lift)
    return {coach: tuple(gained) for coach, gained in found.items()}


def _compared(held: Iterable[Held], today: date) -> dict[tuple[Metric, Window], list[tuple[int, int]]]:
    """Couples by metric and by the weeks around their first session, where enough of these are over."""
    first: dict[tuple[int, int, Metric], date] = {}
    for one in held:
        first.setdefault((one.coach, one.learner, one.metric), one.held_on)
    compared: dict[tuple[Metric, Window], list[tuple[int, int]]] = defaultdict(list)
    for (coach, learner, metric), day in first.items():
        weeks = window(day, today)
        if day >= today - LIFTS_COUNT and weeks.weeks_after >= FEWEST_WEEKS:
            compared[(metric, weeks)].append((coach, learner))
    return compared


def _of_weeks(
    history: RoleHistory,
    metric: Metric,
    weeks: Window,
    couples: Iterable[tuple[int, int]],
    held: Iterable[Held],
) -> list[tuple[int, float]]:
    """The lift of each couple of the role that has figures on both sides."""
    met: dict[int, list[date]] = defaultdict(list)
    for one in held:
        met[one.learner].append(one.held_on)
    pairs = [
        (coach, pair)
        for coach, learner in couples
        if learner in history.held and (pair := history.pair(learner, metric, weeks))
    ]
    free = [rep for rep in history.held if not was_coached(met.get(rep, ()), weeks)]
    others = [pair for rep in free if (pair := history.pair(rep, metric, weeks))]
    gained = lifts_of(metric, [pair for _coach, pair in pairs], others) if pairs else None
    return list(zip((coach for coach, _pair in pairs), gained, strict=True)) if gained else []


def _today(books: Books, as_of: datetime) -> date:
    return local_date(as_of, ZoneInfo(workspaces.settings(books).time_zone))


def ratings(books: Books, *, until: date) -> dict[int, tuple[int, ...]]:
    """What learners said of each coach in the last year, 1 to 5."""
    found: dict[int, list[int]] = defaultdict(list)
    for coach, rating in sessions.ratings(books, since=until - RECORD, until=until):
        found[coach].append(rating)
    return {coach: tuple(ratings) for coach, ratings in found.items()}
