"""The two kinds of sheet: one that stays in memory, where charts find their figures, and one of any length."""

from typing import Any, NamedTuple, Protocol

from xlsxwriter.utility import xl_col_to_name, xl_range
from xlsxwriter.worksheet import Worksheet

from bot.workbook.excel.text import as_xml


class Ready(NamedTuple):
    """A cell as it is to be written: text or number, the file's format, and a formula (with its equals sign) if any."""

    value: str | float
    format: Any
    formula: str = ""
    is_array: bool = False


class Page(Protocol):
    """What rows of a table need of a sheet; they come one below the other, each closed before the next."""

    def put(self, row: int, col: int, cell: Ready) -> None: ...

    def blank(self, row: int, col: int, look: Any) -> None: ...

    def close_row(self, row: int, height: int | None) -> None: ...


class Kept(Worksheet):  # type: ignore[misc]  # the library has no types
    def put(self, row: int, col: int, cell: Ready) -> None:
        value, look, formula, is_array = cell
        if is_array:
            self.write_array_formula(row, col, row, col, formula, look, value)
        elif formula:
            self.write_formula(row, col, formula, look, value)
        elif isinstance(value, str):
            self.write_string(row, col, value, look)
        else:
            self.write_number(row, col, value, look)

    def blank(self, row: int, col: int, look: Any) -> None:
        self.write_blank(row, col, None, look)

    def close_row(self, row: int, height: int | None) -> None:
        if height is not None:
            self.set_row(row, height)


class Streamed(Worksheet):  # type: ignore[misc]
    """Rows go to disk as they are closed, as XML written here: XlsxWriter's own way takes three times as long.

    Whatever stands above the rows is written as on any other sheet.
    """

    previous_row: int
    """The row that comes next."""

    def _initialize(self, init_data: dict[str, Any]) -> None:
        super()._initialize({**init_data, "constant_memory": True})
        self._cells: list[str] = []
        self._letters: list[str] = []

    def put(self, row: int, col: int, cell: Ready) -> None:
        start = self._start(row, col, cell.format)
        if cell.formula:
            self._cells.append(f"{start}{_calculated(cell, f'{self._letters[col]}{row + 1}')}")
        elif isinstance(cell.value, str):
            space = ' xml:space="preserve"' if cell.value != cell.value.strip() else ""
            self._cells.append(f'{start} t="inlineStr"><is><t{space}>{as_xml(cell.value)}</t></is></c>')
        else:
            self._cells.append(f"{start}><v>{cell.value!r}</v></c>")

    def blank(self, row: int, col: int, look: Any) -> None:
        self._cells.append(f"{self._start(row, col, look)}/>")

    def _start(self, row: int, col: int, look: Any) -> str:
        while col >= len(self._letters):
            self._letters.append(xl_col_to_name(len(self._letters)))
        return f'<c r="{self._letters[col]}{row + 1}" s="{look._get_xf_index()}"'

    def close_row(self, row: int, height: int | None) -> None:
        if self.previous_row < row:
            self._write_single_row(row)
        tall = f' ht="{height}" customHeight="1"' if height else ""
        self.fh.write(f'<row r="{row + 1}"{tall}>{"".join(self._cells)}</row>')
        self._cells.clear()
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


def _calculated(cell: Ready, place: str) -> str:
    kind = ' t="str"' if isinstance(cell.value, str) else ""
    array = f' t="array" ref="{place}"' if cell.is_array else ""
    value = as_xml(cell.value) if isinstance(cell.value, str) else repr(cell.value)
    return f"{kind}><f{array}>{as_xml(cell.formula[1:])}</f><v>{value}</v></c>"
