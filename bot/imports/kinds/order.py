"""Two moments of one story, in their order, where one of them may be only a date."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.calendar.wallclock import end_of_day, local_date
from bot.core.errors import BadInput
from bot.imports.kinds.kind import Entry, Task

_TOMORROW = timedelta(days=1)
"""Somewhere it is that day already, and a bare date means its end."""


def earlier(first: datetime, then: datetime | None, zone: ZoneInfo) -> datetime:
    """`first`, unless it is a bare date (its day's end) and `then` a moment of that day: then the day is all it says.

    A deal opened on the 5th and won on the 5th at 15:00 was opened by 15:00.
    """
    if then is None or first <= then:
        return first
    day = local_date(first, zone)
    is_bare = first == end_of_day(day, zone)
    return then if is_bare and local_date(then, zone) == day else first


def require_past(task: Task, entry: Entry, at: datetime, what: str) -> None:
    """Raises BadInput for what has not happened yet, unless a person has said that it may come in."""
    if at <= task.now + _TOMORROW:
        return
    if not task.accepts:
        raise BadInput(f"{what} in the future; if that is right, take it in with --yes.")
    entry.told.append(f"{what} in the future, and you said that this is right.")
