"""What one cell says: texts, yes and no, words of a list, numbers, days and instants. Blank cells never come here."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.calendar import wallclock
from bot.calendar.wallclock import zone_named
from bot.core.currencies import is_currency
from bot.core.errors import BadInput
from bot.tabular import durations, moments, money
from bot.tabular.line import Cell
from bot.tabular.mapping import Mapping
from bot.tabular.money import Amount

_YES = frozenset({"yes", "y", "true", "1", "x", "✓"})
_NO = frozenset({"no", "n", "false", "0"})
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_SHORTENED = re.compile(r"\d(?:[.,]\d+)?E\+?\d+", re.IGNORECASE)
"""A long number as a spreadsheet shows it."""
_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv", "phd", "md", "mba", "cpa", "esq", "dr"})
_TENTH_OF_A_MIL = Decimal("0.0001")
_MOST = Decimal(10) ** 14
_RATES = Decimal("1e-10"), Decimal(10) ** 8
"""The least that is stored, and the most."""


@dataclass(slots=True)
class Reading:
    """How the cells of one column are read: the map, and the zone of whoever the instant is about, by the day."""

    mapping: Mapping
    zone_on: Callable[[date], ZoneInfo]
    column: str = ""
    formats: tuple[str, ...] = field(init=False)
    """Of dates, in the order they are tried; none: ISO 8601 and what cannot be taken for anything else."""
    unit: str = field(init=False)
    """Of durations and amounts; blank: seconds, and the currency's own."""

    def __post_init__(self) -> None:
        self.formats = self.mapping.formats_of(self.column)
        self.unit = self.mapping.units.get(self.column, "")


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


def person(cell: Cell, reading: Reading) -> str:
    """A person's name, first name first: `Diaz, Ana` is Ana Diaz."""
    said = name(cell)
    order = reading.mapping.name_order
    if order == "as written":
        return said
    last, comma, first = (part.strip() for part in said.partition(","))
    if comma and first and last and "," not in first and first.rstrip(".").lower() not in _SUFFIXES:
        return f"{first} {last}"
    if order == "last first" and not comma and " " in said:
        last, _, first = said.partition(" ")
        return f"{first} {last}"
    return said


def key(cell: Cell, _: Reading | None = None) -> str:
    """What a record is known by; raises BadInput for a number that a spreadsheet has cut short."""
    said = text(cell)
    if is_cut_short(said):
        raise BadInput(
            f"“{said}” is a number that a spreadsheet has cut short, and several records may read so; "
            "export again, or format that column as text"
        )
    return said


def is_cut_short(said: str) -> bool:
    """The text is a long number as a spreadsheet shows it: 1.23457E+12."""
    return bool(_SHORTENED.fullmatch(said))


def email(cell: Cell, _: Reading | None = None) -> str:
    said = text(cell).lower()
    if not re.fullmatch(r"[^@\s]+@[^@\s]+", said):
        raise BadInput(f"“{said}” is not an email address")
    return said


def currency(cell: Cell, _: Reading) -> str:
    said = text(cell).upper()
    if not is_currency(said):
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


def seconds(cell: Cell, reading: Reading) -> int:
    """A duration of any spelling; a plain number in the map's unit."""
    if isinstance(cell, float) and reading.unit == "days":
        return round(cell * 86_400)
    return durations.seconds(cell, reading.unit)


def amount(cell: Cell, reading: Reading) -> Decimal:
    """Of money, never negative."""
    number = signed_amount(cell, reading)
    if number < 0:
        raise BadInput(f"{number:f} is negative")
    return number


def signed_amount(cell: Cell, reading: Reading) -> Decimal:
    """Of money; a credit note is below 0."""
    read = _money(cell, reading)
    number = read.value if read.is_scaled else read.value.scaleb(money.UNITS.get(reading.unit, 0))
    if abs(number) > _MOST:
        raise BadInput(f"{number:f} is more than I can store")
    return number.quantize(_TENTH_OF_A_MIL)


def currencies_of(cell: Cell, reading: Reading) -> Amount:
    """What the sign or code in an amount's cell says of its currency."""
    return _money(cell, reading)


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
    moment = moments.moment(cell, reading.formats)
    if not isinstance(moment, datetime):
        return moment
    return wallclock.local_date(moment, reading.zone_on(moment.date())) if moment.tzinfo else moment.date()


def instant(cell: Cell, reading: Reading) -> datetime:
    """In UTC. A bare date means that day's end, and a time without an offset stands on the wall of the zone."""
    moment = moments.moment(cell, reading.formats)
    if not isinstance(moment, datetime):
        return wallclock.end_of_day(moment, reading.zone_on(moment))
    if moment.tzinfo:
        return moment.astimezone(UTC)
    return wallclock.first_valid(moment.date(), moment.time(), reading.zone_on(moment.date()))


def _number(cell: Cell, reading: Reading) -> Decimal:
    if isinstance(cell, bool | date | time | timedelta):
        raise BadInput(f"“{text(cell)}” is not a number")
    if isinstance(cell, int | float):
        return Decimal(str(cell))
    return money.number(text(cell), reading.mapping.decimal)


def _money(cell: Cell, reading: Reading) -> Amount:
    if isinstance(cell, str):
        return money.read(text(cell), reading.mapping.decimal)
    return Amount(_number(cell, reading))
