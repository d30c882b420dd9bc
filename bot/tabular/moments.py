"""Days and instants as files write them: ISO 8601, any other format, zones by name or offset, epochs, Excel's days."""

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from functools import lru_cache

from bot.calendar.wallclock import zone_named
from bot.core.errors import BadInput
from bot.tabular.line import Cell

NAMED = ("iso", "epoch_s", "epoch_ms", "excel")
"""Formats that are no signs of `strptime`."""
_YEARS = range(1900, 2101)
_SERIAL_ZERO = date(1899, 12, 30)
"""The day that a workbook's date numbers count from."""
_LEAST_SERIAL = 10_000
"""Of a text: a workbook's day of 1927. Smaller numbers are years or anything else."""
_OFFSETS = {
    **dict.fromkeys(("UTC", "GMT", "Z", "WET"), 0),
    "EST": -5,
    "EDT": -4,
    "CDT": -5,
    "MST": -7,
    "MDT": -6,
    "PST": -8,
    "PDT": -7,
    "CET": 1,
    "CEST": 2,
    "WEST": 1,
    "EET": 2,
    "EEST": 3,
    "MSK": 3,
    "JST": 9,
    "AEST": 10,
    "AEDT": 11,
}
"""Hours. What means one thing here and another there (CST, IST, BST) is left out."""
_ZONED = re.compile(r"(.*\d|.*[AaPp]\.?[Mm]\.?)\s*\(?([A-Za-z]+(?:[/_+\-][A-Za-z0-9]+)*)\)?")
_HALVES = ("am", "pm", "a.m.", "p.m.")
_SAMPLE = datetime(2026, 10, 25, 13, 4, 5, tzinfo=timezone(timedelta(hours=2)))
_PLAIN = re.compile(r"\d+(?:\.\d+)?")


def moment(cell: Cell, formats: Sequence[str] = ()) -> date | datetime:
    """A day or, with or without its zone, an instant; the first format that fits. Raises BadInput.

    Without formats: ISO 8601, and numbers that can only be seconds or milliseconds since 1970 or a workbook's days.
    """
    if isinstance(cell, date):
        found: date | datetime = cell
    elif isinstance(cell, int | float) and not isinstance(cell, bool):
        found = _counted(float(cell), formats)
    else:
        found = _written(str(cell).strip(), formats)
    if found.year not in _YEARS:
        raise BadInput(f"the year {found.year} is not between {_YEARS[0]} and {_YEARS[-1]}")
    return found


def is_format(form: str) -> bool:
    """It names a day, and what it reads is what was written."""
    if form in NAMED:
        return True
    try:
        read = _by_form(_SAMPLE.strftime(form.replace("%Z", "UTC")), form)
    except (BadInput, ValueError):
        return False
    return (read.year, read.month, read.day) == (2026, 10, 25)


def reads(said: str, form: str) -> bool:
    try:
        _by_form(said, form)
    except (BadInput, ValueError, OverflowError):
        return False
    return True


def _written(said: str, formats: Sequence[str]) -> date | datetime:
    for form in formats or NAMED:
        try:
            return _by_form(said, form)
        except (ValueError, OverflowError):
            continue
    if formats and re.match(r"\d{4}-\d\d-\d\d", said) and not any("%Y-%d" in form for form in formats):
        return _written(said, ())
    expected = " or ".join(formats) if formats else "2026-10-25 or 2026-10-25T14:30:00+02:00"
    raise BadInput(f"“{said}” is not a date like {expected}")


def _by_form(said: str, form: str) -> date | datetime:
    """Raises ValueError where the text is not written so."""
    if form == "iso":
        return _iso(said)
    if form in NAMED:
        if not _PLAIN.fullmatch(said):
            raise ValueError(said)
        if form == "excel" and float(said) < _LEAST_SERIAL:
            raise ValueError(said)
        return _of_number(float(said), form)
    zone: tzinfo | None = None
    if form.endswith("%Z"):
        said, zone = _parted(said)
        form = form.removesuffix("%Z").rstrip()
    found = datetime.strptime(said, form)  # noqa: DTZ007 - its zone is the row's
    if not _tells_the_time(form):
        return found.date()
    return found.replace(tzinfo=found.tzinfo or zone)


def _iso(said: str) -> date | datetime:
    if "W" in said:  # ISO weeks are read too, as their Mondays
        raise ValueError(said)
    if len(said) <= 10:
        if said.isdecimal() and len(said) != 8:
            raise ValueError(said)
        return date.fromisoformat(said)
    try:
        return datetime.fromisoformat(said)
    except ValueError:
        bare, zone = _parted(said)
        return datetime.fromisoformat(bare).replace(tzinfo=zone)


def _parted(said: str) -> tuple[str, tzinfo]:
    """The text before a zone's name, and the zone; raises ValueError without one, BadInput for an unknown one."""
    found = _ZONED.fullmatch(said)
    if found is None or found[2].lower() in _HALVES:
        raise ValueError(said)
    zone = _zone(found[2])
    if zone is None:
        raise BadInput(
            f"“{found[2]}” in “{said}” is a zone that I do not know, or that means several; "
            "write [dates] time_zone in the map and a format that ends before it"
        )
    return found[1].strip(), zone


@lru_cache
def _zone(name: str) -> tzinfo | None:
    if name.upper() in _OFFSETS:
        hours = _OFFSETS[name.upper()]
        return timezone(timedelta(hours=hours)) if hours else UTC
    return zone_named(name)


def _counted(number: float, formats: Sequence[str]) -> date | datetime:
    """A workbook's number is one of its days, unless the map says what else."""
    told = next((form for form in formats if form in NAMED[1:]), "excel" if number < 100_000 else "")
    try:
        return _of_number(number, told) if told else _written(f"{number:.0f}", ())
    except ValueError:
        shown = int(number) if number.is_integer() else number
        raise BadInput(f"“{shown}” is not a date") from None


def _of_number(number: float, form: str) -> date | datetime:
    """Raises ValueError for a number that is no such count: no epoch before 2001, no workbook's day before 1900."""
    if form == "excel":
        return _serial(number)
    scaled = number if form == "epoch_s" else number / 1000
    if not 10**9 <= scaled < 10**10:
        raise ValueError(number)
    return datetime.fromtimestamp(scaled, UTC)


def _serial(number: float) -> date | datetime:
    """Days, and a part of a day."""
    if not 1 <= number < 100_000:
        raise ValueError(number)
    first = datetime.combine(_SERIAL_ZERO, time.min)
    found = first + timedelta(seconds=round(number * 86_400))
    return found.date() if number.is_integer() else found


def _tells_the_time(form: str) -> bool:
    return any(sign in form for sign in ("%H", "%I", "%X", "%c"))
