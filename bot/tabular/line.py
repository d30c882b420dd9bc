"""What a file is made of once it has been opened: numbered lines of cells."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

Cell = str | float | bool | date | datetime | time | timedelta
"""What a workbook may hold; a CSV file holds texts only."""


MOST_CELLS = 16_384
"""Of a line, as in a sheet of Excel's: its last column is XFD."""


class Line(NamedTuple):
    number: int
    """Where the row begins in the file, counted from 1."""
    cells: Sequence[Cell]
