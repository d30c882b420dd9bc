"""A sheet of any length, whose rows go to disk as they come."""

from typing import Any

from xlsxwriter.utility import xl_range
from xlsxwriter.worksheet import Worksheet


class Streamed(Worksheet):  # type: ignore[misc]  # the library has no types
    """XlsxWriter keeps one row at a time of such a sheet, the others stay in memory, where charts find their figures.

    It refuses it tables, though a table needs no more than a header and, in the end, a range.
    """

    def _initialize(self, init_data: dict[str, Any]) -> None:
        super()._initialize({**init_data, "constant_memory": True})

    def add_table(
        self, first_row: int, first_col: int, last_row: int, last_col: int, options: Any = None
    ) -> int:
        """A table over rows that have been written, its header among them."""
        self._write_single_row(self.previous_row + 1)
        self.constant_memory = False
        added = int(super().add_table(first_row, first_col, first_row + 1, last_col, options))
        self.constant_memory = True
        whole = xl_range(first_row, first_col, last_row, last_col)
        self.tables[-1].update({"range": whole, "a_range": whole, "autofilter": whole})
        return added

    def _write_single_row(self, current_row_num: int = 0) -> None:
        """What is known of a row, such as its height, leaves the memory together with it."""
        written = self.previous_row
        super()._write_single_row(current_row_num)
        self.row_info.pop(written, None)
        self.row_sizes.pop(written, None)
