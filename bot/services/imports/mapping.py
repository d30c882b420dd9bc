"""MAP.toml: how somebody else's export is to be read. Everything wrong with one is said before a row is touched."""

import tomllib
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot.errors import BadInput
from bot.wall import zone_named
from bot.words import SELLING_ROLES, Role

TABLES = ("columns", "values", "constants", "dates", "numbers", "create")
_SAMPLE = datetime(2026, 10, 25)  # noqa: DTZ001 - a calendar day to try a format on
_CONSTANT = (str, int, float, bool)


@dataclass(frozen=True, slots=True)
class Newcomers:
    """What people become whom a file names and the roster lacks."""

    role: Role
    team: str


@dataclass(frozen=True, slots=True)
class Mapping:
    """A file read as it is needs none of this: the default stands for no map at all."""

    columns: dict[str, str] = field(default_factory=dict)
    """Ours to theirs."""
    values: dict[str, dict[str, str]] = field(default_factory=dict)
    """By our column: theirs to ours."""
    constants: dict[str, str] = field(default_factory=dict)
    date_format: str | None = None
    """In the signs of `strptime`; None: ISO 8601."""
    time_zone: ZoneInfo | None = None
    decimal: str | None = None
    """The decimal sign; None: told from each number."""
    newcomers: Newcomers | None = None


def load(path: Path) -> Mapping:
    """Raises BadInput, with the sentence that says what to mend."""
    try:
        return parse(tomllib.loads(path.read_text(encoding="utf-8-sig")))
    except OSError as error:
        raise BadInput(f"The map {path} cannot be opened: {error.strerror}.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadInput(f"The map {path} is not TOML: {error}.") from error


def parse(document: dict[str, Any]) -> Mapping:
    _only(document, TABLES, "The map")
    dates = _table(document, "dates", allowed=("format", "time_zone"))
    numbers = _table(document, "numbers", allowed=("decimal",))
    return Mapping(
        columns=_texts(_table(document, "columns"), "columns"),
        values={
            column: _texts(_table(_table(document, "values"), column), f"values.{column}")
            for column in _table(document, "values")
        },
        constants=_texts(_table(document, "constants"), "constants"),
        date_format=_date_format(dates.get("format", "iso")),
        time_zone=_zone(dates["time_zone"]) if "time_zone" in dates else None,
        decimal=_decimal(numbers["decimal"]) if "decimal" in numbers else None,
        newcomers=_newcomers(_table(document, "create", allowed=("reps",))),
    )


def _table(document: dict[str, Any], name: str, *, allowed: Collection[str] | None = None) -> dict[str, Any]:
    table = document.get(name, {})
    if not isinstance(table, dict):
        raise BadInput(f"In the map, [{name}] must be a table.")
    if allowed is not None:
        _only(table, allowed, f"In the map, [{name}]")
    return table


def _only(table: dict[str, Any], allowed: Collection[str], where: str) -> None:
    for name in table:
        if name not in allowed:
            raise BadInput(f"{where} does not know “{name}”; it takes {', '.join(allowed)}.")


def _texts(table: dict[str, Any], where: str) -> dict[str, str]:
    for name, value in table.items():
        if not isinstance(value, _CONSTANT):
            raise BadInput(f"In the map, [{where}] {name} must be a text in quotes.")
    return {name.strip(): _text(value) for name, value in table.items()}


def _text(value: str | float | bool) -> str:
    return ("yes" if value else "no") if isinstance(value, bool) else str(value).strip()


def _date_format(given: object) -> str | None:
    if given == "iso":
        return None
    if isinstance(given, str) and _names_a_day(given):
        return given
    raise BadInput(
        f"In the map, the date format “{given}” does not name a day. "
        "Write iso, or signs such as %d-%m-%y or %m/%d/%Y."
    )


def _names_a_day(form: str) -> bool:
    try:
        read = datetime.strptime(_SAMPLE.strftime(form), form)  # noqa: DTZ007 - a calendar day
    except ValueError:
        return False
    return read.date() == _SAMPLE.date()


def _zone(name: object) -> ZoneInfo:
    found = zone_named(name) if isinstance(name, str) else None
    if found is None:
        raise BadInput(f"In the map, “{name}” is no time zone; write it like America/New_York.")
    return found


def _decimal(sign: object) -> str:
    if sign not in (".", ","):
        raise BadInput("In the map, [numbers] decimal is “.” or “,”.")
    return str(sign)


def _newcomers(create: dict[str, Any]) -> Newcomers | None:
    if "reps" not in create:
        return None
    reps = _texts(_table(create, "reps", allowed=("role", "team")), "create.reps")
    role = next((role for role in SELLING_ROLES if role.lower() == reps.get("role", "").lower()), None)
    if role is None or not reps.get("team"):
        raise BadInput(
            'In the map, [create] reps needs a role and a team: { role = "AE", team = "Imported" }.'
        )
    return Newcomers(role, reps["team"])
