"""How long something took, in seconds: plain numbers by their unit, clocks, words and ISO 8601."""

import re
from datetime import time, timedelta
from decimal import Decimal
from typing import Literal, cast

from bot.core.errors import BadInput
from bot.tabular import money
from bot.tabular.line import Cell

UNITS = {
    "seconds": Decimal(1),
    "minutes": Decimal(60),
    "hours": Decimal(3600),
    "milliseconds": Decimal("0.001"),
}
"""What a plain number is."""
FORMS = ("clock", "words", "iso8601")
"""Spellings that tell their unit themselves; read whatever the map says, since none can be taken for another."""
Unit = Literal["seconds", "minutes", "hours", "milliseconds", "clock", "words", "iso8601", "days"]

_CLOCK = re.compile(r"(?:(\d+):)?(\d{1,3}):(\d{2})(?:[.,]\d+)?")
_WORDS = re.compile(
    r"(?:(\d+)\s*(?:days?|d))?\s*(?:(\d+)\s*(?:hours?|hrs?|h|ч|std))?\s*,?\s*"
    r"(?:(\d+)\s*(?:minutes?|mins?|min|m|мин))?\s*,?\s*(?:(\d+(?:[.,]\d+)?)\s*(?:seconds?|secs?|sec|s|сек))?\.?"
)
_ISO = re.compile(r"P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?", re.IGNORECASE)
_HEADS = (
    (re.compile(r"(?:^|[^a-z])(?:ms|msec|millis(?:econds)?|milliseconds?)(?:$|[^a-z])"), "milliseconds"),
    (re.compile(r"(?:^|[^a-z])(?:hours?|hrs?|h)(?:$|[^a-z:])"), "hours"),
    (re.compile(r"(?:^|[^a-z])(?:minutes?|mins?)(?:$|[^a-z:])"), "minutes"),
    (re.compile(r"(?:^|[^a-z])(?:seconds?|secs?|s)(?:$|[^a-z])"), "seconds"),
)


def seconds(cell: Cell, unit: str = "") -> int:
    """Raises BadInput. `unit` is that of plain numbers; blank: seconds."""
    if isinstance(cell, time):
        return cell.hour * 3600 + cell.minute * 60 + cell.second
    if isinstance(cell, timedelta):
        return round(cell.total_seconds())
    if isinstance(cell, bool) or not isinstance(cell, str | int | float):
        raise BadInput(f"“{cell}” is not a duration")
    said = str(cell).strip()
    spelt = _spelt(said)
    if spelt is not None:
        return spelt
    if unit in FORMS:
        raise BadInput(f"“{said}” is a bare number, and the map says {unit}")
    plain = Decimal(str(cell)) if not isinstance(cell, str) else money.number(said)
    if plain < 0:
        raise BadInput(f"{plain} is negative")
    return round(plain * UNITS[unit or "seconds"])


def unit_of_head(head: str) -> str:
    """The unit that a column's name tells: `Duration (min)`, `call_duration_in_minutes`; blank where it tells none."""
    told = re.sub(r"[_\-]+", " ", re.sub(r"(?<=[a-z])(?=[A-Z])", " ", head)).lower()
    return next((unit for form, unit in _HEADS if form.search(told)), "")


def _spelt(said: str) -> int | None:
    if ":" in said:
        found = _CLOCK.fullmatch(said)
        if not found:
            raise BadInput(f"“{said}” is not a duration")
        hours, minutes, rest = (int(part or 0) for part in found.groups())
        return hours * 3600 + minutes * 60 + rest
    if said[:1] in "Pp" and (found := _ISO.fullmatch(said)) and said[1:]:
        return _total(found)
    if said[-1:].isdigit():
        return None
    found = _WORDS.fullmatch(said.lower())
    return _total(found) if found and any(found.groups()) else None


def _total(found: re.Match[str]) -> int:
    days, hours, minutes, rest = cast(tuple[str | None, ...], found.groups())
    whole = int(days or 0) * 86_400 + int(hours or 0) * 3600 + int(minutes or 0) * 60
    return round(whole + Decimal((rest or "0").replace(",", ".")))
