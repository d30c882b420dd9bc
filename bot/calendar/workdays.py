"""Which days are worked, and on which of them a rep was there."""

from collections.abc import Collection, Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, datetime

from bot.calendar.periods import Period

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
