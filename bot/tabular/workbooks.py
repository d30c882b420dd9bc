"""Workbooks, by calamine: a sheet is parsed once and gone through as often as it is asked for."""

from collections.abc import Callable, Iterator
from pathlib import Path

from python_calamine import CalamineSheet, CalamineWorkbook, SheetVisibleEnum

from bot.core.errors import BadInput
from bot.tabular.line import MOST_CELLS, Line

_BEGINNINGS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""How a zipped (.xlsx, .ods) and an old (.xls) workbook begin, whatever the file is called."""
_MOST_LINES = 1_048_576
_LAST = "XFD1048576"
"""The last cell of a sheet of Excel's, in its last line."""


def is_one(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(4) in _BEGINNINGS


def shown(path: Path) -> list[str]:
    return _shown(CalamineWorkbook.from_path(path))


def lines(path: Path, name: str) -> Callable[[], Iterator[Line]]:
    """Of the sheet, or of the first that can be seen; raises BadInput where there is none of that name."""
    workbook = CalamineWorkbook.from_path(path)
    names = _shown(workbook)
    chosen = next((one for one in names if not name or one.casefold() == name.casefold()), None)
    if chosen is None and name:
        raise BadInput(f"{path.name} has no sheet “{name}”; it has {', '.join(names)}.")
    sheet = workbook.get_sheet_by_name(chosen) if chosen else None
    if sheet is not None and _is_beyond(sheet.end):
        raise BadInput(
            f"{path.name} has a cell beyond {_LAST}, the last one that a sheet of Excel's can have; "
            "save it anew with Excel, or as CSV."
        )
    return lambda: _numbered(sheet)


def _is_beyond(end: tuple[int, int] | None) -> bool:
    """The lines before a sheet's first cell are given out one by one, and a cell may claim any number."""
    return end is not None and (end[0] >= _MOST_LINES or end[1] >= MOST_CELLS)


def _numbered(sheet: CalamineSheet | None) -> Iterator[Line]:
    if sheet is not None:
        for number, cells in enumerate(sheet.iter_rows(), start=1):
            yield Line(number, cells)


def _shown(workbook: CalamineWorkbook) -> list[str]:
    return [sheet.name for sheet in workbook.sheets_metadata if sheet.visible == SheetVisibleEnum.Visible]
