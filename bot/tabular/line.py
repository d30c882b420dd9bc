"""What a file is made of once it has been opened: numbered lines of cells."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

Cell = str | float | bool | date | datetime | time | timedelta
"""What a workbook may hold; a CSV file holds texts only."""


class Line(NamedTuple):
    number: int
    """Where the row begins in the file, counted from 1."""
    cells: Sequence[Cell]
