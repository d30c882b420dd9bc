"""Days, dates and weekly appointments on a zone's wall, and the hours that a zone skips; every instant is in UTC."""

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


INSTANT = timedelta(microseconds=1)
"""The resolution of every stored moment: the last instant of a half-open span is its end less this."""

_DAY = timedelta(days=1)
_WEEK = timedelta(weeks=1)


def end_of_day(day: date, zone: ZoneInfo) -> datetime:
    """The day's last instant, which is what a bare date means.

    It still belongs to the day, so that a fact dated by the day counts in the day's own period, and is known to
    whoever asks as of that day.
    """
    return start_of_day(day + _DAY, zone) - INSTANT


def local_date(instant: datetime, zone: ZoneInfo) -> date:
    """The date on the zone's wall at the instant."""
    return instant.astimezone(zone).date()


def days_between(earlier: datetime, later: datetime, zone: ZoneInfo) -> int:
    """Calendar days from one instant's date to the other's, by the zone's wall; 0 within a day."""
    return (local_date(later, zone) - local_date(earlier, zone)).days


def next_weekly(after: datetime, *, weekday: int, at: time, zone: ZoneInfo) -> datetime:
    """The next instant, strictly after `after`, at which a weekly appointment falls due; Monday is weekday 0."""
    today = local_date(after, zone)
    day = today + timedelta(days=(weekday - today.weekday()) % 7)
    due = first_valid(day, at, zone)
    return due if due > after else first_valid(day + _WEEK, at, zone)
