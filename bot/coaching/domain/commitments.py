"""When a learner is asked whether a commitment was kept, and for how long the answer may change."""

from datetime import date, datetime, timedelta

from bot.calendar.wallclock import local_date
from bot.calendar.working_hours import WorkHours, next_open, next_start
from bot.debriefs.domain.debrief import EDITABLE_FOR

TOO_LATE = timedelta(days=14)
"""A question this long overdue, because the program was down, is asked no more; it can be answered in Home."""

_DAY = timedelta(days=1)


def first_asked(due_on: date, *, hours: WorkHours) -> datetime | None:
    """When work begins on the first working day after the due day, which is the learner's to its end."""
    return next_start(hours, due_on + _DAY)


def when_to_ask(due_at: datetime, *, hours: WorkHours, asked_today: bool, now: datetime) -> datetime | None:
    """The moment to ask, from `now` on, of a question that is due; None: not any more.

    `asked_today`: the learner was asked about another commitment on their own date of `now`; one a day is enough.
    """
    if now - due_at >= TOO_LATE:
        return None
    if asked_today:
        return next_start(hours, local_date(now, hours.zone) + _DAY)
    return next_open(hours, now)


def is_changeable(answered_at: datetime, *, now: datetime) -> bool:
    return now < answered_at + EDITABLE_FOR
