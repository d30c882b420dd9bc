"""When a person can be spoken to: working hours on working days, without leave and do-not-disturb."""

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.calendar.wallclock import first_valid, local_date
from bot.calendar.workdays import WEEKEND, Leave, is_workday, on_leave

_DAY = timedelta(days=1)
_HORIZON = 400
"""Days ahead that are searched: who is away for longer has no next hour."""

Quiet = tuple[datetime, datetime]
"""A stretch of do-not-disturb, its end left out."""


@dataclass(frozen=True, slots=True)
class WorkHours:
    """A person's working time. Hours that close at or before they open run into the next day."""

    zone: ZoneInfo
    opens: time = time(9)
    closes: time = time(18)
    holidays: AbstractSet[date] = frozenset()
    leave: tuple[Leave, ...] = ()
    quiet: tuple[Quiet, ...] = ()
    weekend: tuple[int, ...] = WEEKEND


def next_open(hours: WorkHours, now: datetime) -> datetime | None:
    """The first moment from `now` on, `now` included, at which the person can be spoken to; None: not in sight."""
    yesterday = local_date(now, hours.zone) - _DAY  # whose night shift may still run
    for start, end in _windows(hours, yesterday):
        moment = _after_quiet(hours.quiet, max(now, start))
        if moment < end:
            return moment
    return None


def is_open(hours: WorkHours, moment: datetime) -> bool:
    """Whether the person can be spoken to at the moment."""
    return next_open(hours, moment) == moment


def next_start(hours: WorkHours, day: date) -> datetime | None:
    """When work begins on the first working day from `day` on; None: not in sight."""
    return next((start for start, _ in _windows(hours, day)), None)


def open_between(hours: WorkHours, since: datetime, until: datetime) -> Iterator[tuple[datetime, datetime]]:
    """The stretches of working time in the half-open span, in order; do-not-disturb is not looked at."""
    for start, end in _windows(hours, local_date(since, hours.zone) - _DAY):
        if start >= until:
            return
        if end > since:
            yield max(start, since), min(end, until)


def _windows(hours: WorkHours, first: date) -> Iterator[tuple[datetime, datetime]]:
    overnight = _DAY if hours.closes <= hours.opens else timedelta()
    for day in (first + timedelta(days=n) for n in range(_HORIZON)):
        if is_workday(day, holidays=hours.holidays, weekend=hours.weekend) and not on_leave(day, hours.leave):
            yield (
                first_valid(day, hours.opens, hours.zone),
                first_valid(day + overnight, hours.closes, hours.zone),
            )


def _after_quiet(quiet: tuple[Quiet, ...], moment: datetime) -> datetime:
    for start, end in sorted(quiet):
        if start <= moment < end:
            moment = end
    return moment
