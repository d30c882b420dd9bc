"""MAP.toml: how somebody else's export is to be read. Everything wrong with one is said before a row is touched."""

import tomllib
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot.calendar.wallclock import zone_named
from bot.core.enums import SELLING_ROLES, Role
from bot.core.errors import BadInput
from bot.tabular import durations, moments, money
from bot.tabular.files import Where
from bot.tabular.heads import Heads, every, heads

TABLES = (
    "columns",
    "values",
    "leave_out",
    "constants",
    "dates",
    "numbers",
    "units",
    "names",
    "file",
    "create",
)
UNITS = (*durations.UNITS, *durations.FORMS, "days", *money.UNITS)
NAME_ORDERS = ("first last", "last first", "as written")
_CONSTANT = (str, int, float, bool)
EVERY_OTHER = "*"
"""In [values]: their words that no line names."""
BLANK = "default"
"""In [values]: an empty cell."""
LEFT_OUT = "ignore"
"""In [values], instead of a word of ours: the row is none of ours, and is left out."""


@dataclass(frozen=True, slots=True)
class Newcomers:
    """What people become whom a file names and the roster lacks; without a role, the column's own."""

    role: Role | None
    team: str


@dataclass(frozen=True, slots=True)
class Mapping:
    """A file read as it is needs none of this: the default stands for no map at all."""

    columns: dict[str, Heads] = field(default_factory=dict)
    """Ours to theirs."""
    values: dict[str, dict[str, str]] = field(default_factory=dict)
    """By our column: theirs to ours; theirs may stand for many: `*lost*`."""
    leave_out: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """By a column of theirs: the words of rows that are none of ours."""
    constants: dict[str, str] = field(default_factory=dict)
    date_formats: tuple[str, ...] = ()
    """In the signs of `strptime` or by name, in the order they are tried; none: told from what the columns hold."""
    column_formats: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """By our column, before `date_formats`."""
    time_zone: ZoneInfo | None = None
    decimal: str | None = None
    """The decimal sign; None: told from each number."""
    units: dict[str, str] = field(default_factory=dict)
    """By our column: what a plain number in it is."""
    name_order: str = ""
    """Blank: first name first, but for names with a comma. Else "last first" or "as written"."""
    where: Where = field(default_factory=Where)
    newcomers: Newcomers | None = None

    def formats_of(self, column: str) -> tuple[str, ...]:
        return self.column_formats.get(column, self.date_formats)

    @property
    def heads(self) -> set[str]:
        """Every column of theirs that the map speaks of."""
        return {head for _, named in self.named() for head in named} | self.leave_out.keys()

    def named(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Ours with theirs, always several."""
        for ours, theirs in self.columns.items():
            yield ours, every(theirs)


def load(path: Path) -> Mapping:
    """Raises BadInput, with the sentence that says what to mend."""
    try:
        return parse(map_of(path.read_text(encoding="utf-8-sig"), str(path)))
    except OSError as error:
        raise BadInput(f"The map {path} cannot be opened: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise BadInput(f"The map {path} is not TOML: {error}.") from error


def map_of(text: str, name: str = "that you sent") -> dict[str, Any]:
    """The tables of a MAP.toml; raises BadInput."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadInput(f"The map {name} is not TOML: {error}.") from error


def parse(document: dict[str, Any]) -> Mapping:
    _only(document, TABLES, "The map")
    dates = _table(document, "dates", allowed=("format", "time_zone", "columns"))
    numbers = _table(document, "numbers", allowed=("decimal",))
    names = _table(document, "names", allowed=("order",))
    values = _table(document, "values")
    return Mapping(
        columns={name.strip(): heads(given, name) for name, given in _table(document, "columns").items()},
        values={column: _texts(_table(values, column), f"values.{column}") for column in values},
        leave_out={
            head.strip(): _several(said, head) for head, said in _table(document, "leave_out").items()
        },
        constants=_texts(_table(document, "constants"), "constants"),
        date_formats=_formats(dates["format"]) if "format" in dates else (),
        column_formats={name: _formats(given) for name, given in _table(dates, "columns").items()},
        time_zone=_zone(dates["time_zone"]) if "time_zone" in dates else None,
        decimal=_one_of(numbers, "decimal", (".", ","), "[numbers] decimal") or None,
        units={
            name: _one_of(_table(document, "units"), name, UNITS, f"[units] {name}")
            for name in _table(document, "units")
        },
        name_order=_one_of(names, "order", NAME_ORDERS, "[names] order"),
        where=_where(_table(document, "file", allowed=("sheet", "header_row", "skip", "encoding"))),
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


def _text(value: Any) -> str:
    return ("yes" if value else "no") if isinstance(value, bool) else str(value).strip()


def _several(given: object, head: str) -> tuple[str, ...]:
    said = given if isinstance(given, list) else [given]
    if not said or not all(isinstance(one, _CONSTANT) for one in said):
        raise BadInput(f"In the map, [leave_out] {head} is a word of that column, or several in brackets.")
    return tuple(_text(one) for one in said)


def _formats(given: object) -> tuple[str, ...]:
    forms = given if isinstance(given, list) else [given]
    for form in forms:
        if not isinstance(form, str) or not moments.is_format(form):
            raise BadInput(
                f"In the map, the date format “{form}” does not name a day. Write iso, epoch_s, epoch_ms, excel, "
                "or signs such as %d-%m-%y or %m/%d/%Y %I:%M %p; %z is an offset, %Z at the end a zone's name."
            )
    return tuple(forms)


def _zone(name: object) -> ZoneInfo:
    found = zone_named(name) if isinstance(name, str) else None
    if found is None:
        raise BadInput(f"In the map, “{name}” is no time zone; write it like America/New_York.")
    return found


def _one_of(table: dict[str, Any], name: str, allowed: Collection[str], where: str) -> str:
    if name not in table:
        return ""
    if table[name] not in allowed:
        raise BadInput(f"In the map, {where} is {' or '.join(f'“{one}”' for one in allowed)}.")
    return str(table[name])


def _where(table: dict[str, Any]) -> Where:
    row, skip = table.get("header_row"), table.get("skip", [])
    if not (row is None or _is_line(row)):
        raise BadInput("In the map, [file] header_row is the number of a line, counted from 1.")
    lines = list(range(1, skip + 1)) if isinstance(skip, int) else skip
    if not isinstance(lines, list) or not all(map(_is_line, lines)):
        raise BadInput(
            "In the map, [file] skip is how many lines to pass over at the top, or their numbers: [5, 6]."
        )
    return Where(str(table.get("sheet", "")), row, frozenset(lines), str(table.get("encoding", "")))


def _is_line(given: object) -> bool:
    return isinstance(given, int) and not isinstance(given, bool) and given >= 1


def _newcomers(create: dict[str, Any]) -> Newcomers | None:
    if "reps" not in create:
        return None
    reps = _texts(_table(create, "reps", allowed=("role", "team")), "create.reps")
    said = reps.get("role", "").lower()
    role = next((role for role in SELLING_ROLES if role.lower() == said), None)
    if (said and role is None) or not reps.get("team"):
        raise BadInput(
            'In the map, [create] reps needs a role and a team: { role = "AE", team = "Imported" }. '
            "The role may be left out where every person stands in a column of one role."
        )
    return Newcomers(role, reps["team"])
