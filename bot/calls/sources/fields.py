"""Reading what a source wrote: text that can be stored, and its units turned into seconds and aware instants."""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.calls.sources.delivery import Delivery, Unreadable
from bot.core.enums import Direction

LONGEST_FIELD = 10_000
LONGEST_CALL = timedelta(days=7)

SECOND = timedelta(seconds=1)
MILLISECOND = timedelta(milliseconds=1)
MINUTE = timedelta(minutes=1)

Fields = Mapping[str, Any]


def json_of(delivery: Delivery) -> Any:
    """The body; raises `Unreadable` for what is not JSON in UTF-8, or nested too deeply."""
    try:
        return json.loads(delivery.body)
    except (ValueError, RecursionError) as error:
        raise Unreadable("The body is not JSON in UTF-8.") from error


def object_of(delivery: Delivery) -> Fields:
    fields = json_of(delivery)
    if not isinstance(fields, dict):
        raise Unreadable("The body must be one JSON object.")
    return fields


def child(fields: Fields, name: str) -> Fields:
    """The object under `name`; an empty one where there is none."""
    value = fields.get(name)
    return value if isinstance(value, dict) else {}


def children(fields: Fields, name: str) -> Sequence[Fields]:
    value = fields.get(name)
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def text(fields: Fields, name: str, *, required: bool = False) -> str:
    """Text or a whole number as text, "" where there is none."""
    value = fields.get(name)
    if value is None or value == "":
        if required:
            raise Unreadable(f"{name} is missing.")
        return ""
    if not isinstance(value, str | int) or isinstance(value, bool):
        raise Unreadable(f"{name} must be text.")
    try:
        written = str(value).replace("\x00", "").strip()  # PostgreSQL has no place for NUL
    except ValueError as error:
        raise Unreadable(f"{name} has too many digits.") from error
    if len(written) > LONGEST_FIELD or not _is_unicode(written):
        raise Unreadable(f"{name} is longer than {LONGEST_FIELD} characters or not valid text.")
    if required and not written:
        raise Unreadable(f"{name} is missing.")
    return written


def first_text(fields: Fields, *names: str) -> str:
    """The first of `names` that says something."""
    return next((found for name in names if (found := text(fields, name))), "")


def iso(fields: Fields, name: str) -> datetime | None:
    """An instant written as ISO 8601 with an offset."""
    written = text(fields, name)
    if not written:
        return None
    try:
        instant = datetime.fromisoformat(written)
    except ValueError as error:
        raise Unreadable(f"{name} is not an instant; write it as 2026-11-21T14:03:00+01:00.") from error
    if instant.tzinfo is None:
        raise Unreadable(f"{name} has no offset; write it as 2026-11-21T14:03:00+01:00 or end it with Z.")
    return in_this_era(instant, name)


def epoch(fields: Fields, name: str, unit: timedelta) -> datetime | None:
    """An instant counted in `unit` since 1970."""
    count = number(fields, name)
    if not count:
        return None
    try:
        return in_this_era(datetime(1970, 1, 1, tzinfo=UTC) + count * unit, name)
    except (OverflowError, ValueError) as error:
        raise Unreadable(f"{name} is not in this era.") from error


def seconds(fields: Fields, name: str, unit: timedelta) -> int | None:
    """A length of time counted in `unit`, in whole seconds."""
    count = number(fields, name)
    if count is None:
        return None
    if not 0 <= count <= LONGEST_CALL / unit:
        raise Unreadable(f"{name} is negative or longer than a week.")
    return int(count * unit / SECOND)


def number(fields: Fields, name: str) -> float | None:
    value = fields.get(name)
    if value is None or value == "":
        return None
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise Unreadable(f"{name} must be a number.")
    try:
        return float(value)
    except (ValueError, OverflowError) as error:
        raise Unreadable(f"{name} must be a number.") from error


def whole(fields: Fields, name: str) -> int:
    """A count that a column can hold, 0 where there is none."""
    count = number(fields, name) or 0
    if not 0 <= count < 2**31:
        raise Unreadable(f"{name} must be a count.")
    return int(count)


def direction(fields: Fields, name: str) -> Direction | None:
    """`inbound`, `Inbound`, `outbound-api`, `OUTBOUND`…"""
    written = text(fields, name).lower()
    return next((one for one in Direction if written.startswith(one)), None)


def in_this_era(instant: datetime, name: str) -> datetime:
    if not 1971 <= instant.year <= 2999:
        raise Unreadable(f"{name} is not in this era.")
    return instant


def _is_unicode(written: str) -> bool:
    return not any("\ud800" <= character <= "\udfff" for character in written)
