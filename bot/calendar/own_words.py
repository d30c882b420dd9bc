"""A person's own words for a period, turned into the name that the period has."""

import re
from datetime import date, timedelta

_SAME = {
    **{f"{word}-{span}": span for word in ("this", "current") for span in ("week", "month", "quarter")},
    **{
        f"{word}-{span}": f"last-{span}"
        for word in ("previous", "past")
        for span in ("week", "month", "quarter")
    },
}
_MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
_DAY = timedelta(days=1)


def period_named(asked: str, today: date, fiscal_start: int) -> str:
    """`asked` is in small letters, its words joined by hyphens; what is nobody's own word comes back as it is.

    A name without a year means the latest that has begun.
    """
    if asked in _SAME:
        return _SAME[asked]
    if asked in ("today", "yesterday"):
        day = today if asked == "today" else today - _DAY
        return f"{day}..{day + _DAY}"
    if found := re.fullmatch(r"(?:the-)?(?:(?:last|past)-)?(\d{1,3})-?weeks?", asked):
        return f"{found[1]}w"
    if found := re.fullmatch(r"(?:w|week-)(\d{1,2})(?:-(\d{4}))?", asked):
        return _week(int(found[1]), found[2], today)
    if found := re.fullmatch(r"q(\d)(?:-(\d{4}))?", asked):
        return _quarter(int(found[1]), found[2], today, fiscal_start)
    if found := re.fullmatch(r"([a-z]{3,9})(?:-(\d{4}))?", asked):
        return _month(found[1], found[2], today) or asked
    return asked


def is_a_month(word: str) -> bool:
    """`May` is one, and may be a name."""
    return bool(_number(word.lower()))


def _week(number: int, year: str | None, today: date) -> str:
    this_year, running, _ = today.isocalendar()
    return f"{year or this_year - (number > running)}-w{number}"


def _quarter(number: int, year: str | None, today: date, fiscal_start: int) -> str:
    months = today.year * 12 + today.month - fiscal_start
    this_year, running = months // 12 + (fiscal_start > 1), months % 12 // 3 + 1
    return f"{year or this_year - (number > running)}-q{number}"


def _month(word: str, year: str | None, today: date) -> str:
    number = _number(word)
    return f"{year or today.year - (number > today.month)}-{number:02}" if number else ""


def _number(word: str) -> int:
    """1 to 12, of a whole name or three letters or more of it; 0 for any other word."""
    if len(word) < 3:
        return 0
    return next((at for at, name in enumerate(_MONTHS, 1) if name.startswith(word)), 0)
