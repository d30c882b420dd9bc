"""What a workbook is made of, whatever writes it: sheets of tables, cells that know their formula, charts."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, Generic, TypeVar

_T = TypeVar("_T")

Plain = str | int | float | Decimal | bool | date | datetime | None
"""A value as it stands. Moments show by the wall clock of the zone they are told in, booleans as yes and no; None
leaves the cell empty."""


class Style(StrEnum):
    """How a value looks. LONG wraps over lines; DECIMAL has one place, SCORE two; MOMENT is a date with its time."""

    TEXT = "text"
    LONG = "long"
    WHOLE = "whole"
    DECIMAL = "decimal"
    SCORE = "score"
    SHARE = "share"
    MONEY = "money"
    DAY = "day"
    MOMENT = "moment"


class Colours(StrEnum):
    """How a column's cells are coloured, in blue and orange, which colour-blind people tell apart.

    MIDDLE: the further above 0 the bluer, below the more orange, full at 2. SIGN: the same in one shade, whatever the
    unit. REACHED: blue from 1 on, orange below. MORE and LESS: the bluer the better. CORNER: one shade for each
    corner. SOMETHING: orange where there is anything.
    """

    NONE = "none"
    MIDDLE = "middle"
    SIGN = "sign"
    REACHED = "reached"
    MORE = "more"
    LESS = "less"
    CORNER = "corner"
    SOMETHING = "something"


@dataclass(frozen=True, slots=True)
class Cell:
    """A value with a look of its own, or with the formula that finds it; `is_array`: the formula looks at each row."""

    value: Plain
    style: Style | None = None
    formula: str = ""
    is_array: bool = False


Row = Sequence[Plain | Cell]


@dataclass(frozen=True, slots=True)
class Column(Generic[_T]):
    """What a record tells under a title. `width` is in characters; titles are unique in a table, whatever the case."""

    title: str
    read: Callable[[_T], Plain | Cell]
    style: Style = Style.TEXT
    width: int = 12
    colours: Colours = Colours.NONE
    is_hidden: bool = False
    """Formulas and templates may name it; a reader has nothing from it."""


@dataclass(frozen=True, slots=True)
class Table(Generic[_T]):
    """One row for each record under a header, with filters; `records` may be read once only.

    `name` is what formulas call it by. `names` are the workbook's names for single cells, by the row from 0 and the
    column's title. `head`, a column's title and a text, says which rows begin a group.
    """

    name: str
    columns: Sequence[Column[_T]]
    records: Iterable[_T]
    heading: str = ""
    names: Mapping[str, tuple[int, str]] = field(default_factory=dict)
    head: tuple[str, str] | None = None
    uncoloured: Sequence[int] = ()
    """Rows, from 0, whose cells are not coloured."""
    bands: str = ""
    """The title of a column: a line is drawn where its value changes."""

    @property
    def rows(self) -> Iterator[Row]:
        """The records as the columns read them."""
        readers = [column.read for column in self.columns]
        return ([read(record) for read in readers] for record in self.records)


class ChartKind(StrEnum):
    BAR = "bar"
    SCATTER = "scatter"
    LINE = "line"


class Side(StrEnum):
    """Where a point's name stands beside it."""

    RIGHT = "right"
    LEFT = "left"
    ABOVE = "above"
    BELOW = "below"


@dataclass(frozen=True, slots=True)
class Series:
    """A stretch of a table's rows, from 0: `first` to `last`, both included; columns are named by their titles.

    `labels` is the column that names each point; for bars it stands along the axis.
    """

    title: str
    table: str
    labels: str
    values: str
    first: int
    last: int
    across: str = ""
    """For SCATTER: the column of the horizontal axis."""
    sides: Sequence[Side | None] = ()
    """For SCATTER: of each point, where its name stands; None where there is no room for it."""


@dataclass(frozen=True, slots=True)
class Chart:
    title: str
    kind: ChartKind
    series: Sequence[Series]
    style: Style
    x_title: str = ""
    y_title: str = ""
    reach: tuple[float, float] | None = None
    """How far the axes go on either side of 0, across and up; of bars across alone, as far as they need without it."""
    beside: int = 2
    """How many of its width stand side by side."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """Tables below each other under a title, a verdict and notes, with notes `below` them; charts stand beside them.

    `is_long`: one table of any length, written to disk row by row; past the last row it goes on in another sheet.
    """

    name: str
    title: str
    tables: Sequence[Table[Any]]
    notes: Sequence[str] = ()
    verdict: str = ""
    below: Sequence[str] = ()
    charts: Sequence[Chart] = ()
    is_long: bool = False
    on_one_page: bool = False
    frozen_columns: int = 0
    prints: bool = True


@dataclass(frozen=True, slots=True)
class Workbook:
    title: str
    author: str
    company: str
    created: datetime
    sheets: Sequence[Sheet]
    comments: str = "Written by Cornerman. The sheet Definitions says what every number means."


def by_name(sheets: Iterable[Sheet]) -> dict[str, Table[Any]]:
    """The tables of the sheets, by their names in small letters."""
    return {table.name.casefold(): table for sheet in sheets for table in sheet.tables}


NOT_PRINTED = "Marked not to print: to print it all the same, clear the print area (Page Layout)."


def records_sheet(
    name: str,
    title: str,
    note: str,
    columns: Sequence[Column[_T]],
    records: Iterable[_T],
    *,
    frozen: int = 1,
) -> Sheet:
    """A sheet of one table of any length, which formulas call by the sheet's name."""
    tables = (Table(name, columns, records),)
    notes = (note, NOT_PRINTED)
    return Sheet(name, title, tables, notes, is_long=True, frozen_columns=frozen, prints=False)


MOST_COUNTED = 100_000
"""Rows of a table up to which formulas count it; a longer one would make every change of a cell a wait."""


def stored(formula: str, table: str) -> str:
    """The formula as files keep it: `[@Rep]` or `[@[Out of]]` with its table, and an equals sign before it."""
    return "=" + re.sub(r"\[@\[?([^\[\]]+)\]?\]", rf"{table}[[#This Row],[\1]]", formula)
