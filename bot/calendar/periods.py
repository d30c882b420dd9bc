"""The spans of time that numbers are about: ISO weeks, months, fiscal quarters, trailing weeks, any two dates."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.calendar.own_words import period_named
from bot.calendar.wallclock import INSTANT, local_date, start_of_day
from bot.core.errors import BadInput

DEFAULT = "13w"
DAYS_PER_MONTH = 30.4375
"""The mean length of a month, which turns a period's days into months."""

_YEARS = range(1900, 2101)
_MOST_WEEKS = 104
_EXAMPLES = "Try last week, October, 13 weeks, 2026-W46, 2026-Q4 or 2026-10-01..2026-11-01."


@dataclass(frozen=True, slots=True)
class Period:
    """The instants from `start` up to, but without, `end`; both in UTC, each the start of a day in `zone`.

    Only a period cut off by `until` ends within a day.
    """

    label: str
    start: datetime
    end: datetime
    zone: ZoneInfo

    def __post_init__(self) -> None:
        if self.start.tzinfo is None or self.end.tzinfo is None:
            raise ValueError("a period's bounds are aware datetimes")
        if self.end < self.start:
            raise ValueError("a period does not end before it starts")

    @property
    def days(self) -> int:
        """Calendar days that the period touches: all of a whole one, up to and with today of a running one."""
        return len(self.dates())

    @property
    def last(self) -> datetime:
        """The last instant inside; for an empty period, the one before it."""
        return self.end - INSTANT

    def dates(self) -> tuple[date, ...]:
        """The calendar dates that the period touches, in order."""
        if self.start == self.end:
            return ()
        first = local_date(self.start, self.zone)
        count = (local_date(self.last, self.zone) - first).days + 1
        return tuple(first + timedelta(days=n) for n in range(count))

    def contains(self, instant: datetime) -> bool:
        return self.start <= instant < self.end

    def until(self, as_of: datetime) -> "Period":
        """The part that is known at `as_of`, that instant included; empty where the period has not begun."""
        return replace(self, end=max(self.start, min(self.end, as_of + INSTANT)))


def parse(text: str, *, now: datetime, zone: ZoneInfo, fiscal_start: int = 1) -> Period:
    """The period that a person named; nothing named is the 13 weeks that ended last Monday.

    `fiscal_start` is the month, 1 to 12, in which the fiscal year begins. Raises BadInput.
    """
    asked = re.sub(r"\s+", "-", re.sub(r"\s*\.\.\s*", "..", text.strip().lower())) or DEFAULT
    today = local_date(now, zone)
    asked = period_named(asked, today, fiscal_start)
    if asked in _CURRENT:
        return _CURRENT[asked](today, zone, fiscal_start)
    if found := re.fullmatch(r"(\d{1,3})w", asked):
        return _trailing(found, now, zone)
    for pattern, read in _NAMED:
        if found := re.fullmatch(pattern, asked):
            return read(found, zone, fiscal_start)
    raise BadInput(f"I cannot read that period. {_EXAMPLES}")


def demand_begun(period: Period, as_of: datetime) -> None:
    """Raises BadInput for a period of which nothing can be known yet."""
    if period.start > as_of:
        first = local_date(period.start, period.zone)
        raise BadInput(f"{period.label} has not begun: its first day is {first.isoformat()}.")


def week(label: str, zone: ZoneInfo) -> Period:
    """The ISO week of a label such as 2026-W46. Raises BadInput."""
    found = re.fullmatch(_WEEK_LABEL, label.strip().lower())
    if not found:
        raise BadInput("I cannot read that week. Write it like 2026-W46.")
    return _named_week(found, zone, 1)


def week_starting(monday: date, zone: ZoneInfo) -> Period:
    """The ISO week that begins on this Monday."""
    return _days(iso_label(monday), monday, monday + timedelta(weeks=1), zone)


def trailing_weeks(end: datetime, zone: ZoneInfo, count: int) -> Period:
    """The `count` ISO weeks that ended at the last Monday 00:00 at or before `end`."""
    monday = _monday(local_date(end, zone))
    return _days(f"{count}w", monday - timedelta(weeks=count), monday, zone)


def iso_label(day: date) -> str:
    """The label of the ISO week that holds the day."""
    year, number, _ = day.isocalendar()
    return f"{year:04}-W{number:02}"


def _days(label: str, first: date, beyond: date, zone: ZoneInfo) -> Period:
    return Period(label, start_of_day(first, zone), start_of_day(beyond, zone), zone)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _first_of_month(months: int) -> date:
    """The first day of the month that lies `months` after January of year 0."""
    return date(months // 12, months % 12 + 1, 1)


def _month_of(day: date) -> int:
    return day.year * 12 + day.month - 1


def _month(months: int, zone: ZoneInfo) -> Period:
    first = _first_of_month(months)
    return _days(f"{first:%Y-%m}", first, _first_of_month(months + 1), zone)


def _quarter(months: int, zone: ZoneInfo, fiscal_start: int) -> Period:
    """The fiscal quarter that holds the month; its year is the one in which the fiscal year ends."""
    since = months - (fiscal_start - 1)
    year = since // 12 + (fiscal_start > 1)
    first = months - since % 3
    label = f"{year}-Q{since % 12 // 3 + 1}"
    return _days(label, _first_of_month(first), _first_of_month(first + 3), zone)


_CURRENT: dict[str, Callable[[date, ZoneInfo, int], Period]] = {
    "week": lambda today, zone, _: week_starting(_monday(today), zone),
    "last-week": lambda today, zone, _: week_starting(_monday(today) - timedelta(weeks=1), zone),
    "month": lambda today, zone, _: _month(_month_of(today), zone),
    "last-month": lambda today, zone, _: _month(_month_of(today) - 1, zone),
    "quarter": lambda today, zone, fiscal: _quarter(_month_of(today), zone, fiscal),
    "last-quarter": lambda today, zone, fiscal: _quarter(_month_of(today) - 3, zone, fiscal),
}


def _year(text: str) -> int:
    year = int(text)
    if year not in _YEARS:
        raise BadInput(f"The year must lie between {_YEARS[0]} and {_YEARS[-1]}.")
    return year


def _trailing(found: re.Match[str], now: datetime, zone: ZoneInfo) -> Period:
    count = int(found[1])
    if not 1 <= count <= _MOST_WEEKS:
        raise BadInput(f"I can look back over 1 to {_MOST_WEEKS} weeks.")
    return trailing_weeks(now, zone, count)


def _named_week(found: re.Match[str], zone: ZoneInfo, _: int) -> Period:
    year, number = _year(found[1]), int(found[2])
    weeks = date(year, 12, 28).isocalendar().week
    if not 1 <= number <= weeks:
        raise BadInput(f"{year} has the weeks 1 to {weeks}.")
    return week_starting(date.fromisocalendar(year, number, 1), zone)


def _named_month(found: re.Match[str], zone: ZoneInfo, _: int) -> Period:
    year, number = _year(found[1]), int(found[2])
    if not 1 <= number <= 12:
        raise BadInput("A year has the months 01 to 12.")
    return _month(year * 12 + number - 1, zone)


def _named_quarter(found: re.Match[str], zone: ZoneInfo, fiscal_start: int) -> Period:
    year, number = _year(found[1]), int(found[2])
    if not 1 <= number <= 4:
        raise BadInput("A year has the quarters Q1 to Q4.")
    begins = (year - (fiscal_start > 1)) * 12 + fiscal_start - 1
    return _quarter(begins + 3 * (number - 1), zone, fiscal_start)


def _named_days(found: re.Match[str], zone: ZoneInfo, _: int) -> Period:
    first, beyond = _date(found[1]), _date(found[2])
    if beyond <= first:
        raise BadInput(f"The end, {beyond}, must come after the start, {first}; the end itself is left out.")
    return _days(f"{first}..{beyond}", first, beyond, zone)


def _date(text: str) -> date:
    _year(text[:4])
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadInput("One of the dates does not exist. Write them like 2026-10-01.") from None


_WEEK_LABEL = r"(\d{4})-w(\d{1,2})"
_NAMED: tuple[tuple[str, Callable[[re.Match[str], ZoneInfo, int], Period]], ...] = (
    (_WEEK_LABEL, _named_week),
    (r"(\d{4})-(\d{1,2})", _named_month),
    (r"(\d{4})-q(\d)", _named_quarter),
    (r"(\d{4}-\d\d-\d\d)\.\.(\d{4}-\d\d-\d\d)", _named_days),
)
