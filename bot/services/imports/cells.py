"""What one cell says: texts, yes and no, words of a list, numbers, days and instants. Blank cells never come here."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.domain import wallclock
from bot.errors import BadInput
from bot.services.imports.mapping import Mapping
from bot.services.imports.reading import Cell
from bot.wall import zone_named

_YES = frozenset({"yes", "y", "true", "1"})
_NO = frozenset({"no", "n", "false", "0"})
_YEARS = range(1900, 2101)
_SERIAL_ZERO = date(1899, 12, 30)
"""The day that a workbook's date numbers count from."""
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_CURRENCY_OR_SPACE = re.compile(r"[\s'’$€£¥]")
_TENTH_OF_A_MIL = Decimal("0.0001")
_MOST = Decimal(10) ** 14
_RATES = Decimal("1e-10"), Decimal(10) ** 8
"""The least that is stored, and the most."""


@dataclass(slots=True)
class Reading:
    """How the cells of one row are read: the map, and the zone of whoever the instant is about, by the day."""

    mapping: Mapping
    zone_on: Callable[[date], ZoneInfo]


Reader = Callable[[Cell, Reading], object]


def text(cell: Cell, _: Reading | None = None) -> str:
    """A whole number of a workbook reads as a person would write it: 1001, not 1001.0."""
    if isinstance(cell, str):
        if "\0" in cell:
            raise BadInput("it holds a sign that cannot be stored")
        return cell.strip()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return cell.isoformat() if isinstance(cell, date | time) else str(cell)


def name(cell: Cell, _: Reading | None = None) -> str:
    """A name with single spaces and composed letters, so that equal names are equal."""
    said = text(cell)
    return (
        said if said.isascii() and "  " not in said else " ".join(unicodedata.normalize("NFC", said).split())
    )


def email(cell: Cell, _: Reading | None = None) -> str:
    said = text(cell).lower()
    if not re.fullmatch(r"[^@\s]+@[^@\s]+", said):
        raise BadInput(f"“{said}” is not an email address")
    return said


def currency(cell: Cell, _: Reading) -> str:
    said = text(cell).upper()
    if not re.fullmatch(r"[A-Z]{3}", said):
        raise BadInput(f"“{said}” is not a currency's code; write it like USD")
    return said


def yes_no(cell: Cell, _: Reading) -> bool:
    said = text(cell).lower()
    if said not in _YES | _NO:
        raise BadInput(f"“{said}” is neither yes nor no")
    return said in _YES


def word(words: type[StrEnum]) -> Reader:
    """One of a closed list, in any case."""
    known = {word.lower(): word for word in words}

    def read(cell: Cell, _: Reading) -> StrEnum:
        said = text(cell)
        if said.lower() not in known:
            raise BadInput(f"“{said}” is not one of {', '.join(words)}")
        return known[said.lower()]

    return read


def whole(least: int, most: int) -> Reader:
    def read(cell: Cell, reading: Reading) -> int:
        number = round(_number(cell, reading))
        if not least <= number <= most:
            raise BadInput(f"{number} is not between {least} and {most}")
        return number

    return read


def amount(cell: Cell, reading: Reading) -> Decimal:
    number = _number(cell, reading)
    if number < 0:
        raise BadInput(f"{number} is negative")
    if number > _MOST:
        raise BadInput(f"{number} is more than I can store")
    return number.quantize(_TENTH_OF_A_MIL)


def rate(cell: Cell, reading: Reading) -> Decimal:
    """What one unit of a currency is worth in another, to ten decimals."""
    number = _number(cell, reading)
    if not _RATES[0] <= number <= _RATES[1]:
        raise BadInput(f"{number} is no rate: one unit of a currency is always worth something")
    return number.quantize(_RATES[0])


def weekday(cell: Cell, reading: Reading) -> int:
    """A day's English name, also cut short, or 0 for Monday to 6 for Sunday."""
    said = text(cell).lower()
    named = [day for day, name in enumerate(_WEEKDAYS) if len(said) >= 2 and name.startswith(said)]
    if len(named) == 1:
        return named[0]
    if said.isdecimal() and int(said) < len(_WEEKDAYS):
        return int(said)
    raise BadInput(f"“{said}” is not a day of the week; write Monday to Sunday, or 0 to 6")


def time_of_day(cell: Cell, _: Reading) -> time:
    if isinstance(cell, time):
        return cell.replace(tzinfo=None)
    try:
        return time.fromisoformat(text(cell).zfill(5)).replace(tzinfo=None)
    except ValueError:
        raise BadInput(f"“{text(cell)}” is not a time of day; write it like 09:00") from None


def zone_name(cell: Cell, _: Reading) -> str:
    if zone_named(text(cell)) is None:
        raise BadInput(f"“{text(cell)}” is no time zone; write it like America/New_York")
    return text(cell)


def day(cell: Cell, reading: Reading) -> date:
    """A bare date; of an instant, the date on the wall of its own zone."""
    moment = _moment(cell, reading.mapping.date_format)
    if not isinstance(moment, datetime):
        return moment
    return wallclock.local_date(moment, reading.zone_on(moment.date())) if moment.tzinfo else moment.date()


def instant(cell: Cell, reading: Reading) -> datetime:
    """In UTC. A bare date means that day's end, and a time without an offset stands on the wall of the zone."""
    moment = _moment(cell, reading.mapping.date_format)
    if not isinstance(moment, datetime):
        return wallclock.end_of_day(moment, reading.zone_on(moment))
    if moment.tzinfo:
        return moment.astimezone(UTC)
    return wallclock.first_valid(moment.date(), moment.time(), reading.zone_on(moment.date()))


def _moment(cell: Cell, form: str | None) -> date | datetime:
    moment = (
        cell if isinstance(cell, date) else _serial(cell) if isinstance(cell, float) else _written(cell, form)
    )
    if moment.year not in _YEARS:
        raise BadInput(f"the year {moment.year} is not between {_YEARS[0]} and {_YEARS[-1]}")
    return moment


def _serial(number: float) -> date | datetime:
    """A date that a workbook shows as a number: days, and a part of a day."""
    if not 1 <= number < 100_000:
        raise BadInput(f"“{text(number)}” is not a date")
    first = datetime.combine(_SERIAL_ZERO, time.min)
    moment = first + timedelta(seconds=round(number * 86_400))
    return moment.date() if number.is_integer() else moment


def _written(cell: Cell, form: str | None) -> date | datetime:
    said = text(cell)
    try:
        if form:
            moment = datetime.strptime(said, form)  # noqa: DTZ007 - its zone is the row's
            return moment if _tells_the_time(form) else moment.date()
        if "W" in said:  # ISO weeks are read too, as their Mondays
            raise ValueError(said)
        return date.fromisoformat(said) if len(said) <= 10 else datetime.fromisoformat(said)
    except ValueError:
        expected = form or "2026-10-25 or 2026-10-25T14:30:00+02:00"
        raise BadInput(f"“{said}” is not a date like {expected}") from None


def _tells_the_time(form: str) -> bool:
    return any(sign in form for sign in ("%H", "%I", "%X", "%c"))


def _number(cell: Cell, reading: Reading) -> Decimal:
    if isinstance(cell, bool | date | time | timedelta):
        raise BadInput(f"“{text(cell)}” is not a number")
    if isinstance(cell, int | float):
        return Decimal(str(cell))
    said = _CURRENCY_OR_SPACE.sub("", text(cell))
    point = reading.mapping.decimal or _decimal_sign(said)
    comma = "," if point == "." else "."
    shape = rf"[+-]?(\d+|\d{{1,3}}(\{comma}\d{{3}})+)?(\{point}\d*)?"
    if not re.fullmatch(shape, said, re.ASCII) or not any(map(str.isdigit, said)):
        raise BadInput(f"“{text(cell)}” is not a number")
    return Decimal(said.replace(comma, "").replace(point, "."))


def _decimal_sign(said: str) -> str:
    """The last of both signs; one that comes twice parts thousands, and so does a comma before three digits."""
    if "," in said and "." in said:
        return max(".,", key=said.rindex)
    if re.fullmatch(r"[+-]?[1-9]\d{0,2}\.\d{3}", said):
        raise BadInput(f'“{said}” can be read in two ways; write [numbers] decimal = "." or "," in the map')
    if said.count(".") > 1 or ("," in said and not re.fullmatch(r"[+-]?[1-9]\d{0,2}(,\d{3})+", said)):
        return ","
    return "."
