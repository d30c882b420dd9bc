"""The two kinds of sheet: one that stays in memory, where charts find their figures, and one of any length.

On both the rows of a table come one below the other, in columns that `begin` told.
"""

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

from xlsxwriter.utility import xl_col_to_name, xl_range
from xlsxwriter.worksheet import Worksheet

from bot.workbook.domain.sheets import Cell, Plain, Row
from bot.workbook.excel.styles import Look, Ready
from bot.workbook.excel.text import as_xml

_SHORT = 80
"""Texts of fewer characters come again and again: names, answers, reasons."""
_KEPT_TEXTS = 2_000
"""Of each column, as they stand in the file."""

Tell = Callable[[Plain | Cell, str], str]
"""What follows a cell's place in the file, given its value and its place; empty where the cell is."""


class Kept(Worksheet):  # type: ignore[misc]  # the library has no types
    def begin(self, columns: Sequence[Look]) -> None:
        self._columns = columns

    def put_row(self, row: int, values: Row, height: int | None) -> None:
        for col, (look, value) in enumerate(zip(self._columns, values, strict=True)):
            cell = look.ready(value)
            if cell is None:
                self.write_blank(row, col, None, look.plain)
            else:
                self._put(row, col, cell)
        if height is not None:
            self.set_row(row, height)

    def put_empty_row(self, row: int) -> None:
        self.put_row(row, [None] * len(self._columns), None)

    def _put(self, row: int, col: int, cell: Ready) -> None:
        value, look, formula, is_array = cell
        if is_array:
            self.write_array_formula(row, col, row, col, formula, look, value)
        elif formula:
            self.write_formula(row, col, formula, look, value)
        elif isinstance(value, str):
            self.write_string(row, col, value, look)
        else:
            self.write_number(row, col, value, look)


class Streamed(Worksheet):  # type: ignore[misc]
    """Rows go to disk as they come, as XML written here: XlsxWriter's own way takes three times as long.

    Whatever stands above the rows is written as on any other sheet.
    """

    previous_row: int
    """The row that comes next."""

    def _initialize(self, init_data: dict[str, Any]) -> None:
        super()._initialize({**init_data, "constant_memory": True})

    def begin(self, columns: Sequence[Look]) -> None:
        self._columns = [(xl_col_to_name(col), look, _teller(look)) for col, look in enumerate(columns)]

    def put_row(self, row: int, values: Row, height: int | None) -> None:
        number = row + 1
        cells = [
            f'<c r="{place}{told}'
            for (letters, _look, tell), value in zip(self._columns, values, strict=True)
            if (told := tell(value, place := f"{letters}{number}"))
        ]
        self._stream(row, cells, f' ht="{height}" customHeight="1"' if height else "")

    def put_empty_row(self, row: int) -> None:
        cells = [
            f'<c r="{letters}{row + 1}"{_format(look.plain)}/>' for letters, look, _tell in self._columns
        ]
        self._stream(row, cells)

    def _stream(self, row: int, cells: Sequence[str], tall: str = "") -> None:
        if self.previous_row < row:
            self._write_single_row(row)
        self.fh.write(f'<row r="{row + 1}"{tall}>{"".join(cells)}</row>')
        self.previous_row, self.dim_rowmax = row + 1, row

    def add_table(
        self, first_row: int, first_col: int, last_row: int, last_col: int, options: Any = None
    ) -> int:
        """A table over rows that have been written, its header among them.

        XlsxWriter refuses such a sheet tables, though a table needs no more than a header and, in the end, a range.
        """
        if self.previous_row == first_row:
            self._write_single_row(first_row + 1)
        self.constant_memory = False
        added = int(super().add_table(first_row, first_col, first_row + 1, last_col, options))
        self.constant_memory = True
        self.table.clear()
        whole = xl_range(first_row, first_col, last_row, last_col)
        self.tables[-1].update({"range": whole, "a_range": whole, "autofilter": whole})
        return added


def _teller(look: Look) -> Tell:
    """Tells a column's cells; of short texts it keeps what it told last."""

    @lru_cache(_KEPT_TEXTS)
    def short(text: str) -> str:
        return _told(look.ready(text), "")

    def tell(value: Plain | Cell, place: str) -> str:
        if type(value) is str and len(value) < _SHORT:
            return short(value)
        return _told(look.ready(value), place)

    return tell


def _told(cell: Ready | None, place: str) -> str:
    if cell is None:
        return ""
    look = _format(cell.format)
    if cell.formula:
        return f'"{look}{_calculated(cell, place)}'
    if isinstance(cell.value, str):
        space = ' xml:space="preserve"' if cell.value != cell.value.strip() else ""
        return f'"{look} t="inlineStr"><is><t{space}>{as_xml(cell.value)}</t></is></c>'
    return f'"{look}><v>{cell.value!r}</v></c>'


def _format(look: Any) -> str:
    return f' s="{look._get_xf_index()}"'


def _calculated(cell: Ready, place: str) -> str:
    kind = ' t="str"' if isinstance(cell.value, str) else ""
    array = f' t="array" ref="{place}"' if cell.is_array else ""
    value = as_xml(cell.value) if isinstance(cell.value, str) else repr(cell.value)
    return f"{kind}><f{array}>{as_xml(cell.formula[1:])}</f><v>{value}</v></c>"
