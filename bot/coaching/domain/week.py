"""The coaching week: an ISO week of a team, which begins on its first working day, and how long a proposal stands."""

from collections.abc import Set as AbstractSet
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.calendar.wallclock import first_valid, local_date
from bot.calendar.working_hours import WorkHours, is_workday, next_start

ANSWER_DAYS = 3
"""Working days that a learner has to answer, the day of the proposal counted."""
UNDO = timedelta(minutes=5)
"""How long a no may be taken back; until then the other side hears of nothing, and the place is kept."""
WEEK, _DAY = timedelta(weeks=1), timedelta(days=1)
_LONGEST_HOLIDAY = 8
"""Weeks ahead that a working day is looked for."""


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def begins(monday: date, opens: time, zone: ZoneInfo, holidays: AbstractSet[date]) -> datetime | None:
    """When the team's week begins: as work opens on its first working day; None where nobody works in it."""
    days = (monday + _DAY * n for n in range(7))
    first = next((day for day in days if is_workday(day, holidays=holidays)), None)
    return first_valid(first, opens, zone) if first else None


def next_begin(after: datetime, opens: time, zone: ZoneInfo, holidays: AbstractSet[date]) -> datetime:
    """The first beginning of a week that is strictly after the moment."""
    monday = monday_of(local_date(after, zone))
    ahead = (begins(monday + WEEK * n, opens, zone, holidays) for n in range(_LONGEST_HOLIDAY))
    found = next((start for start in ahead if start is not None and start > after), None)
    return found or first_valid(monday + WEEK, opens, zone)


def lapses_at(proposed_at: datetime, learner: WorkHours) -> datetime | None:
    """When a proposal that nobody answered is over: as work opens once the learner had three working days for it."""
    day = local_date(proposed_at, learner.zone)
    at = next_start(learner, day)
    for _n in range(ANSWER_DAYS):
        if at is None:
            return None
        day = local_date(at, learner.zone) + _DAY
        at = next_start(learner, day)
    return at


def last_day_to_answer(lapses: datetime, zone: ZoneInfo) -> date:
    """What the learner is told: the working day before, or the weekend's end, both in time."""
    return local_date(lapses, zone) - _DAY
