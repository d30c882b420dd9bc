"""A CSV file or a workbook as lines of cells. The whole file is looked through before its first line is given out."""

import csv
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial
from pathlib import Path
from typing import NamedTuple

from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

from bot.errors import BadInput

Cell = str | float | bool | date | datetime | time | timedelta
"""What a workbook may hold; a CSV file holds texts only."""

_DELIMITERS = (",", ";", "\t")
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""How a zipped (.xlsx, .ods) and an old (.xls) workbook begin, whatever the file is called."""


class Line(NamedTuple):
    number: int
    """Where the row begins in the file, counted from 1."""
    cells: Sequence[Cell]


@dataclass(frozen=True, slots=True)
class Source:
    header: tuple[str, ...]
    total: int
    """Rows below the header; blank lines do not count."""
    lines: Callable[[], Iterator[Line]]


def open_file(path: Path) -> Source:
    """Raises BadInput where the file cannot be read from its first to its last line."""
    with _sentences(path):
        lines = partial(_workbook if _is_workbook(path) else partial(_csv, delimiter=_delimiter(path)), path)
        first = next(lines(), None)
        if first is None:
            raise BadInput(f"{path.name} is empty.")
        total = sum(1 for _ in lines()) - 1
    return Source(tuple(str(cell).strip() for cell in first.cells), total, partial(_below, lines))


@contextmanager
def _sentences(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise BadInput(f"{path.name} cannot be opened: {error.strerror or error}.") from error
    except UnicodeDecodeError as error:
        raise BadInput(f"{path.name} is not UTF-8; save it as “CSV UTF-8” and try again.") from error
    except csv.Error as error:
        raise BadInput(f"{path.name} is not a CSV file that I can read: {error}.") from error
    except CalamineError as error:
        raise BadInput(f"{path.name} is not a workbook that I can read: {error}.") from error


def _below(lines: Callable[[], Iterator[Line]]) -> Iterator[Line]:
    rows = lines()
    next(rows)
    return rows


def _is_workbook(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(4) in _WORKBOOKS


def _delimiter(path: Path) -> str:
    """The sign that cuts the header into the most columns."""

    def columns(sign: str) -> int:
        return len(next(_csv(path, delimiter=sign), Line(0, ())).cells)

    return max(_DELIMITERS, key=columns)


def _csv(path: Path, *, delimiter: str) -> Iterator[Line]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.reader(file, delimiter=delimiter)
        ended = 0
        for cells in rows:
            number, ended = ended + 1, rows.line_num
            if any(map(str.strip, cells)):
                yield Line(number, cells)


def _workbook(path: Path) -> Iterator[Line]:
    """The rows of the first sheet that can be seen."""
    workbook = CalamineWorkbook.from_path(path)
    shown = [sheet.name for sheet in workbook.sheets_metadata if sheet.visible == SheetVisibleEnum.Visible]
    if not shown:
        return
    for number, cells in enumerate(workbook.get_sheet_by_name(shown[0]).iter_rows(), start=1):
        if any(cell != "" for cell in cells):
            yield Line(number, cells)
