"""When two people can meet, by both their clocks; and when the learner is asked whether they did."""

from collections.abc import Collection, Iterator
from datetime import UTC, datetime, time, timedelta

from bot.calendar.wallclock import first_valid, local_date
from bot.calendar.working_hours import WorkHours, next_start, open_between

LENGTH = timedelta(minutes=30)
NOTICE = timedelta(hours=2)
"""From the proposal to the earliest meeting."""
BETWEEN_QUESTIONS = timedelta(days=7)
"""Nobody is asked about meetings more than once a week."""
CHOICE_DAY = 3
"""Thursday: in the fourth week the pair is asked by then whether to go on, before the next pairs are made."""
STALE = timedelta(days=10)
"""A meeting this long ago is asked about no more."""

_LUNCH = time(12), time(13)


def propose(
    coach: WorkHours,
    learner: WorkHours,
    *,
    since: datetime,
    until: datetime,
    taken: Collection[datetime] = (),
) -> datetime | None:
    """The first free half hour that both work in the span, at a full or half hour of the learner's clock.

    One that is nobody's lunchtime comes before those that are. `taken` are starts of other meetings of either. None
    where there is none.
    """
    free = [
        start
        for start in _starts(coach, learner, since, until)
        if not any(abs(start - other) < LENGTH for other in taken)
    ]
    return next((start for start in free if not _is_lunch(start, coach, learner)), next(iter(free), None))


def ask_about(starts_at: datetime, learner: WorkHours) -> datetime | None:
    """When work begins for the learner on the first working day after the meeting's day."""
    return next_start(learner, local_date(starts_at, learner.zone) + timedelta(days=1))


def ask_about_going_on(ask_at: datetime | None, monday: datetime, learner: WorkHours) -> datetime:
    """In the fourth week: the day after the meeting, and on Thursday at the latest."""
    thursday = local_date(monday, learner.zone) + timedelta(days=CHOICE_DAY)
    latest = first_valid(thursday, learner.opens, learner.zone)
    return min(ask_at, latest) if ask_at else latest


def _starts(coach: WorkHours, learner: WorkHours, since: datetime, until: datetime) -> Iterator[datetime]:
    theirs = list(open_between(coach, since, until))
    for opens, closes in open_between(learner, since, until):
        for other_opens, other_closes in theirs:
            start = _half_hour(max(opens, other_opens), learner)
            while start + LENGTH <= min(closes, other_closes):
                yield start
                start += LENGTH


def _half_hour(moment: datetime, learner: WorkHours) -> datetime:
    """The first full or half hour of the learner's clock from the moment on, in UTC."""
    wall = moment.astimezone(learner.zone)
    past = timedelta(minutes=wall.minute % 30, seconds=wall.second, microseconds=wall.microsecond)
    return (moment + (LENGTH - past if past else timedelta())).astimezone(UTC)


def _is_lunch(start: datetime, *people: WorkHours) -> bool:
    first, last = _LUNCH
    return any(first <= start.astimezone(one.zone).time() < last for one in people)
