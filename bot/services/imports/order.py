"""Two moments of one story, in their order, where one of them may be only a date."""

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.wallclock import end_of_day, local_date


def earlier(first: datetime, then: datetime | None, zone: ZoneInfo) -> datetime:
    """`first`, unless it is a bare date (its day's end) and `then` a moment of that day: then the day is all it says.

    A deal opened on the 5th and won on the 5th at 15:00 was opened by 15:00.
    """
    if then is None or first <= then:
        return first
    day = local_date(first, zone)
    is_bare = first == end_of_day(day, zone)
    return then if is_bare and local_date(then, zone) == day else first
