"""What a template is given: the rows of the workbook's tables, as far as the template has a place for them."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from bot.core.errors import BadInput
from bot.core.i18n import gettext as _
from bot.workbook.domain.sheets import Cell, Column, Plain, Style, Table
from bot.workbook.excel.layout import Progress
from bot.workbook.excel.styles import as_kept
from bot.workbook.template import child, headers
from bot.workbook.template.child import Found, Packed, Template

_REPORT_EVERY = 1_000


@dataclass(frozen=True, slots=True)
class Given:
    """A template that has been looked at; `known` are all tables there are, by their names in small letters."""

    path: Path
    template: Template
    known: Mapping[str, Table[Any]]


@dataclass(frozen=True, slots=True)
class Filled:
    """`rows` by table; `missing` are the tables that the template has not; `notes` say what one should know."""

    rows: dict[str, int]
    missing: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def usable(path: Path, known: Mapping[str, Table[Any]]) -> Given:
    """The template at `path`; raises BadInput where it has no table of ours."""
    template = child.look(path)
    if not any(_fits(one, known) for one in template.tables):
        raise BadInput(
            _(
                "{name} has none of my tables, so there is nothing to fill. Give an Excel table one of these names: "
                "{names}; or begin with the starter template."
            ).format(name=path.name, names=", ".join(table.name for table in known.values()))
        )
    return Given(path, template, known)


def pack(given: Given, tables: Mapping[str, Table[Any]], folder: Path, on_progress: Progress) -> list[Packed]:
    """Put down in the folder what comes into the template of the tables; one that is not among them is emptied."""
    packed = []
    for n, one in enumerate(found for found in given.template.tables if _fits(found, given.known)):
        empty = replace(given.known[one.name.casefold()], records=())
        table = tables.get(one.name.casefold(), empty)
        packed.append(_pack(one, table, folder / f"{n}.jsonl", on_progress))
    return packed


def fill(given: Given, packed: Sequence[Packed], out: Path) -> Filled:
    """Write the template to `out` with what was packed for it."""
    known, template = given.known, given.template
    left_out = child.fill(given.path, packed, out)
    rows = {known[one.name.casefold()].name: one.count for one in packed}
    there = {one.name.casefold() for one in template.tables}
    missing = tuple(table.name for name, table in known.items() if name not in there)
    return Filled(rows, missing, tuple(_notes(template, known, left_out)))


def _fits(found: Found, known: Mapping[str, Table[Any]]) -> bool:
    """Whether the table is one of ours with a column of ours, and not filled by a query of its own."""
    table = known.get(found.name.casefold())
    return table is not None and not found.outside and bool(_wanted(found, table.columns))


def _wanted(found: Found, columns: Sequence[Column[Any]]) -> list[Column[Any]]:
    asked = {headers.key(title) for title in found.titles}
    return [column for column in columns if headers.key(column.title) in asked]


def _pack(found: Found, table: Table[Any], path: Path, on_progress: Progress) -> Packed:
    columns = _wanted(found, table.columns)
    readers = [(column.read, column.style) for column in columns]
    count = 0
    with path.open("w", encoding="utf-8") as file:
        for count, record in enumerate(table.records, start=1):
            row = [_value(read(record), style) for read, style in readers]
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
            if not count % _REPORT_EVERY:
                on_progress(found.sheet, count)
    return Packed(found.name, {column.title: column.style for column in columns}, count, path)


def _value(value: Plain | Cell, style: Style) -> object:
    """As the file will hold it; with the style that a cell has of its own."""
    if type(value) is not Cell:
        return as_kept(value)
    own = value.style or style
    return as_kept(value.value) if own is style else [as_kept(value.value), own]


def _notes(
    template: Template, known: Mapping[str, Table[Any]], left_out: Mapping[str, Sequence[str]]
) -> Iterator[str]:
    for one in template.tables:
        if one.name.casefold() not in known:
            continue
        if one.outside:
            yield _("{table} is filled by a query of its own; I left it alone.").format(table=one.name)
        elif not _fits(one, known):
            yield _("{table} has no column of mine; I left it alone.").format(table=one.name)
        elif one.hidden:
            yield _("{table} stands on a hidden sheet, “{sheet}”; I filled it all the same.").format(
                table=one.name, sheet=one.sheet
            )
        elif one.protected:
            yield _(
                "{table} stands on a protected sheet, “{sheet}”; I filled it, and it stays protected."
            ).format(table=one.name, sheet=one.sheet)
    for table, titles in left_out.items():
        yield _(
            "What was typed into {columns} of {table} belonged to the rows of before and is gone; formulas are "
            "carried down."
        ).format(columns=", ".join(titles), table=table)
