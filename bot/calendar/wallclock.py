"""Days, dates and weekly appointments on a zone's wall; every instant given back is in UTC."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.calendar.zones import first_valid, start_of_day

__all__ = [
    "INSTANT",
    "days_between",
    "end_of_day",
    "first_valid",
    "local_date",
    "next_weekly",
    "start_of_day",
]

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
