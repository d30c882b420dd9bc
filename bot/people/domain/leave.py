"""Days off as people type them: `3-14 Aug`, `24 Dec - 2 Jan`, `tomorrow`, `2026-08-03..2026-08-14`."""

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

from bot.core.errors import BadInput
from bot.core.i18n import gettext as _

LONGEST = timedelta(days=366)
"""Of one leave: a longer one is a slip of the finger."""
_DAY, _WEEK = timedelta(days=1), timedelta(weeks=1)
_MONTHS = {
    spelt.lower(): number
    for number in range(1, 13)
    for spelt in (calendar.month_name[number], calendar.month_abbr[number])
} | {"sept": 9}
_MONTH = "(?P<{name}>" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\.?"
_NUMBER = r"(?P<{name}>\d{{1,2}})(?:st|nd|rd|th)?\.?"
_YEAR = r"(?:,?\s*(?P<year>\d{4}))?"
_TO = r"\s*(?:-|–|—|to|till|until|\.\.\.?)\s*"


@dataclass(frozen=True, slots=True)
class Days:
    """From the first to the last, both included."""

    first: date
    last: date


def _month(name: str) -> str:
    return _MONTH.format(name=name)


def _number(name: str) -> str:
    return _NUMBER.format(name=name)


_SHAPES = tuple(
    re.compile(shape)
    for shape in (
        rf"{_number('first')}{_TO}{_number('last')}\s*{_month('month')}{_YEAR}",
        rf"{_month('month')}\s*{_number('first')}{_TO}{_number('last')}{_YEAR}",
        rf"{_number('first')}\s*{_month('month')}{_TO}{_number('last')}\s*{_month('last_month')}{_YEAR}",
        rf"{_month('month')}\s*{_number('first')}{_TO}{_month('last_month')}\s*{_number('last')}{_YEAR}",
        rf"{_number('first')}\s*{_month('month')}{_YEAR}",
        rf"{_month('month')}\s*{_number('first')}{_YEAR}",
    )
)
_ISO = re.compile(r"(\d{4}-\d{2}-\d{2})(?:(?:\s+|" + _TO + r")(\d{4}-\d{2}-\d{2}))?")


def parse(text: str, *, today: date) -> Days:
    """Days without a year are the next such days; raises BadInput with examples."""
    said = " ".join(text.lower().split()).removeprefix("from ")
    days = _by_word(said, today) or _iso(said) or _written(said, today)
    if days is None:
        raise _unread()
    if days.last < days.first:
        raise BadInput(_("The last day comes before the first. Try `3-14 Aug`."))
    if days.last < today:
        raise BadInput(_("Those days are over. Leave of the past is for your admin to import."))
    if days.last - days.first > LONGEST:
        raise BadInput(_("That is more than a year. Please check the dates."))
    return days


def _by_word(said: str, today: date) -> Days | None:
    monday = today - timedelta(days=today.weekday())
    return {
        "today": Days(today, today),
        "tomorrow": Days(today + _DAY, today + _DAY),
        "this week": Days(today, monday + _WEEK - _DAY),
        "next week": Days(monday + _WEEK, monday + 2 * _WEEK - _DAY),
    }.get(said)


def _iso(said: str) -> Days | None:
    found = _ISO.fullmatch(said)
    if found is None:
        return None
    try:
        first = date.fromisoformat(found[1])
        return Days(first, date.fromisoformat(found[2]) if found[2] else first)
    except ValueError as error:
        raise _unread() from error


def _written(said: str, today: date) -> Days | None:
    for shape in _SHAPES:
        if found := shape.fullmatch(said):
            return _dated(found.groupdict(), today)
    return None


def _dated(said: dict[str, str | None], today: date) -> Days:
    """In the year that is said, else in the first year in which they are not over."""
    month = _MONTHS[str(said["month"])]
    last_month = _MONTHS[said.get("last_month") or str(said["month"])]
    first_day = int(said["first"] or 0)
    last_day = int(said.get("last") or first_day)
    turns = last_month < month  # 24 Dec - 2 Jan
    years = [int(str(said["year"])) - turns] if said.get("year") else range(today.year - 1, today.year + 8)
    candidates = (_days(year, month, first_day, last_month, last_day) for year in years)
    found = next((days for days in candidates if days and (said.get("year") or days.last >= today)), None)
    if found is None:
        raise _unread()
    return found


def _days(year: int, month: int, first_day: int, last_month: int, last_day: int) -> Days | None:
    """None where there is no such day."""
    try:
        return Days(date(year, month, first_day), date(year + (last_month < month), last_month, last_day))
    except ValueError:
        return None


def _unread() -> BadInput:
    return BadInput(
        _(
            "I cannot read those days. Try `/scorecard away 3-14 Aug`, `24 Dec - 2 Jan`, `tomorrow` or `next week`."
        )
    )
