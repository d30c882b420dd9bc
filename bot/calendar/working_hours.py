"""Which days are worked, on which of them a rep was there, and when a person can be spoken to."""

from collections.abc import Collection, Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.calendar.periods import Period
from bot.calendar.wallclock import first_valid, local_date

WEEKEND = (5, 6)
"""Saturday and Sunday, by `date.weekday`."""

Leave = tuple[date, date]
"""A first and a last day away, both included."""


@dataclass(frozen=True, slots=True)
class Presence:
    """The days that prorating needs: calendar days, working days, and working days this rep was present."""

    days: int
    working: int
    present: int


def is_workday(day: date, *, holidays: AbstractSet[date], weekend: Collection[int] = WEEKEND) -> bool:
    return day.weekday() not in weekend and day not in holidays


def on_leave(day: date, leave: Iterable[Leave]) -> bool:
    return any(first <= day <= last for first, last in leave)


def presence(
    period: Period,
    *,
    holidays: AbstractSet[date],
    leave: Collection[Leave],
    started_on: date | None,
    ended_on: date | None,
    as_of: datetime,
    weekend: Collection[int] = WEEKEND,
) -> Presence:
    """The days of the period up to `as_of`, today counted, and those on which the rep was there.

    `started_on` and `ended_on` are the rep's first and last day, both included; None leaves that side open.
    """
    known = period.until(as_of)
    worked = [day for day in known.dates() if is_workday(day, holidays=holidays, weekend=weekend)]
    first, last = started_on or date.min, ended_on or date.max
    there = [day for day in worked if first <= day <= last and not on_leave(day, leave)]
    return Presence(days=known.days, working=len(worked), present=len(there))


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
