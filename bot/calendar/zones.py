"""When a wall clock shows a time: what storage and the domain both need to know about hours that a zone skips.

The rule: a time that does not exist means the first moment after the gap, a time that exists twice means the first
of the two. Every instant given back is in UTC, because aware datetimes of one zone compare and subtract by the wall.
"""

from bisect import bisect_left
from collections.abc import Set as AbstractSet
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones


def zone_named(name: str) -> ZoneInfo | None:
    """The zone of an IANA name; None where this machine knows no such zone."""
    return ZoneInfo(name) if name in _zones() else None


def first_valid(day: date, at: time, zone: ZoneInfo) -> datetime:
    """The first instant at which the zone's wall clock shows this day and time, or has jumped past it."""
    wall = datetime.combine(day, at.replace(tzinfo=None, fold=0))
    instant = wall.replace(tzinfo=zone).astimezone(UTC)
    return instant if _shown(instant, zone) == wall else _end_of_gap(wall, zone)


def start_of_day(day: date, zone: ZoneInfo) -> datetime:
    """The day's first instant, which is not 00:00 where the clocks skip midnight."""
    return first_valid(day, time.min, zone)


@cache
def _zones() -> AbstractSet[str]:
    return available_timezones()


def _shown(instant: datetime, zone: ZoneInfo) -> datetime:
    return instant.astimezone(zone).replace(tzinfo=None)


def _end_of_gap(wall: datetime, zone: ZoneInfo) -> datetime:
    # In a gap, fold=1 reads the time by the offset after the change and so lands before it, fold=0 the reverse
    # (PEP 495): the change lies between the two, on a whole second.
    wall = wall.replace(microsecond=0)
    before = wall.replace(tzinfo=zone, fold=1).astimezone(UTC)
    after = wall.replace(tzinfo=zone, fold=0).astimezone(UTC)
    seconds = range(int((after - before).total_seconds()))
    return before + timedelta(
        seconds=bisect_left(
            seconds, True, key=lambda second: _shown(before + timedelta(seconds=second), zone) > wall
        )
    )
