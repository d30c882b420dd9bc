"""One table as it is filled: each column with our values, with its own formula, or empty."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from openpyxl.utils.cell import range_boundaries

from bot.workbook.domain.sheets import Style
from bot.workbook.excel.text import as_xml, starts_formula
from bot.workbook.template import cells, headers, xml
from bot.workbook.template.cells import Carried, Cell, Formulas, Row, letters
from bot.workbook.template.layout import Placed
from bot.workbook.template.looks import Looks
from bot.workbook.template.ranges import Growth
from bot.workbook.template.unfit import Unfit

_DAYS = (Style.DAY, Style.MOMENT)
_SINCE_1904 = 1462
"""Days between the two beginnings that Excel counts from."""

Value = str | float | None
Given = Value | list[Any]
"""A value, or a value with the style that it has of its own."""


@dataclass(frozen=True, slots=True)
class Rows:
    """What comes into a table: titles with their styles, how many rows, and the rows."""

    styles: Mapping[str, Style]
    count: int
    rows: Iterator[Sequence[Given]]


@dataclass
class Filling:
    """`looks` and `since_1904` are the workbook's. `left_out`: columns of typed values, that belong to other rows."""

    placed: Placed
    given: Rows
    looks: Looks
    since_1904: bool
    left_out: list[str] = field(default_factory=list)
    look: bytes = b""

    def __post_init__(self) -> None:
        self.area = self.placed.area
        self.growth = Growth(self.area, self.area.first + max(self.given.count, 1) - 1)
        self._writers: list[Callable[[str, Sequence[Given]], str]] = []
        self._totals: list[tuple[Cell, Carried | None]] = []

    def reaches(self, row: int) -> bool:
        """Whether the table takes this row, or took it before."""
        return self.area.first <= row <= max(self.growth.end, self.area.end)

    def covers(self, row: int) -> bool:
        return self.area.first <= row <= self.area.end

    def holds(self, said: str) -> bool:
        """Whether a range begins among the rows that are written anew."""
        try:
            left, top, _right, _bottom = range_boundaries(said)
        except ValueError:
            return False
        return self.area.left <= (left or 0) <= self.area.right and self.covers(top or 0)

    def too_small(self, where: str) -> Unfit:
        return Unfit(
            f"the table {self.placed.name} on the sheet “{self.area.sheet}” has no room for {self.given.count:,} "
            f"rows, {where} is in the way; give the table a sheet of its own, or move what stands below it"
        )

    def prepare(
        self, first: Row | None, end: Row | None, columns: Sequence[tuple[int, int, int]], formulas: Formulas
    ) -> None:
        """`first` and `end` are the table's first row and its totals, `columns` the looks of empty cells."""
        there = {cell.column: cell for cell in cells.cells(first, formulas.prefix)} if first else {}
        self.look = first.attributes if first else b""
        prefix = formulas.prefix.decode()
        ours = {
            headers.key(title): (at, style) for at, (title, style) in enumerate(self.given.styles.items())
        }
        for column, title in enumerate(self.placed.titles, start=self.area.left):
            cell = there.get(column)
            by_column = next((style for low, high, style in columns if low <= column <= high), 0)
            base = int((cell and xml.get(cell.attributes, "s")) or by_column)
            if (own := ours.get(headers.key(title))) is not None:
                self._writers.append(_ours(self, prefix, letters(column), base, *own))
                continue
            formula = (formulas.of(cell, self.area.first) if cell else None) or self._calculated(
                title, column, formulas
            )
            if formula is None and cell is not None and cells.holds_something(cell):
                self.left_out.append(title)
            self._writers.append(_theirs(prefix, letters(column), base, formula))
        if self.area.totals and end:
            self._totals = [
                (cell, formulas.of(cell, self.area.end))
                for cell in cells.cells(end, formulas.prefix)
                if self.area.left <= cell.column <= self.area.right
            ]

    def row(self, number: int, formulas: Formulas) -> bytes:
        """The table's cells of a row of the sheet; nothing beyond its end."""
        if number <= self.growth.last:
            given = next(self.given.rows, ())
            place = str(number)
            return "".join([write(place, given) for write in self._writers]).encode()
        return self._total(number, formulas.prefix) if number == self.growth.end else b""

    def _total(self, number: int, prefix: bytes) -> bytes:
        written = []
        for cell, formula in self._totals:
            attributes, inner = cell.attributes, cell.inner
            place = f"{letters(cell.column)}{number}"
            if formula is not None:
                attributes, inner = xml.put(attributes, "t", None), formula.at(place).encode()
            written.append(b"<%sc%s>%s</%sc>" % (prefix, xml.put(attributes, "r", place), inner, prefix))
        return b"".join(written)

    def _calculated(self, title: str, column: int, formulas: Formulas) -> Carried | None:
        text = self.placed.formulas.get(title)
        if text is None:
            return None
        place = f"{letters(column)}{self.area.first}"
        return Carried(text, place, is_array=False, metadata=None, prefix=formulas.prefix)


def _theirs(
    prefix: str, letter: str, base: int, formula: Carried | None
) -> Callable[[str, Sequence[Given]], str]:
    """A column of the company's own: its formula, or cells of its looks."""
    look = f' s="{base}"' if base else ""
    if formula is None:
        empty = f'<{prefix}c r="{letter}{{}}"{look}/>' if base else ""
        return lambda row, _given: empty.format(row)
    look += f' cm="{formula.metadata}"' if formula.metadata else ""

    def write(row: str, given: Sequence[Given]) -> str:
        if not given:
            return f'<{prefix}c r="{letter}{row}"{look}/>'
        return f'<{prefix}c r="{letter}{row}"{look}>{formula.at(letter + row)}</{prefix}c>'

    return write


def _ours(
    filling: Filling, prefix: str, letter: str, base: int, at: int, style: Style
) -> Callable[[str, Sequence[Given]], str]:
    """A column of ours, by its place in the rows given."""
    start = f'<{prefix}c r="{letter}'
    looks, shift = filling.looks, _SINCE_1904 if filling.since_1904 else 0
    plain, quoted = (f'" s="{looks.of(base, style, quoted=is_quoted)}"' for is_quoted in (False, True))

    def write(row: str, given: Sequence[Given]) -> str:
        value, own, look = given[at] if given else None, style, plain
        if type(value) is list:
            value, own = value[0], Style(value[1])
            look = f'" s="{looks.of(base, own, own=True)}"'
        if value is None:
            return f"{start}{row}{plain}/>"
        if type(value) is str:
            look = quoted if starts_formula(value) else look
            space = ' xml:space="preserve"' if value != value.strip() else ""
            text = f"<{prefix}is><{prefix}t{space}>{as_xml(value)}</{prefix}t></{prefix}is>"
            return f'{start}{row}{look} t="inlineStr">{text}</{prefix}c>'
        if shift and own in _DAYS:
            value -= shift  # type: ignore[operator]
        return f"{start}{row}{look}><{prefix}v>{value!r}</{prefix}v></{prefix}c>"

    return write
