"""The tables of a workbook as a folder of CSV files, for programs: one file a table, values without formulas.

Days and moments are ISO 8601 (moments by the wall clock they are told in), shares are fractions, booleans yes and no. A
word of a rep's that would be a formula to a spreadsheet begins with an apostrophe, as in all CSV that people may open.
"""

import csv
from datetime import datetime
from pathlib import Path
from typing import Any, TextIO

from bot.workbook.domain.sheets import Cell, Plain, Table, Workbook, by_name
from bot.workbook.excel import Progress, unheard
from bot.workbook.excel.text import starts_formula


def write(book: Workbook, folder: Path, *, on_progress: Progress) -> dict[str, int]:
    """Into a new folder; returns how many rows each table has."""
    folder.mkdir()
    return {
        table.name: _table(table, folder / f"{table.name}.csv", on_progress)
        for table in by_name(book.sheets).values()
    }


def _table(table: Table[object], path: Path, on_progress: Progress) -> int:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        return put(table, file, on_progress)


def put(table: Table[Any], file: TextIO, on_progress: Progress = unheard) -> int:
    """Into an open file; returns how many rows."""
    rows = 0
    out = csv.writer(file)
    out.writerow(column.title for column in table.columns)
    for rows, row in enumerate(table.rows, start=1):
        out.writerow(_told(one.value if isinstance(one, Cell) else one) for one in row)
        if rows % 1000 == 0:
            on_progress(table.name, rows)
    return rows


def _told(value: Plain) -> str:
    told = in_words(value)
    return f"'{told}" if isinstance(value, str) and starts_formula(told) else told


def in_words(value: Plain) -> str:
    """A value as a program reads it; nothing for none."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case datetime():
            return value.replace(tzinfo=None).isoformat(sep=" ", timespec="seconds")
        case _:
            return str(value)
