"""Rows and cells of a sheet, as they stand in its XML."""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from openpyxl.formula.translate import Translator
from openpyxl.utils import get_column_letter
from openpyxl.utils.cell import column_index_from_string

from bot.workbook.template import xml


class Row(NamedTuple):
    """`attributes` and `cells` as they stand between the row's angle brackets; `whole` is all of it."""

    number: int
    attributes: bytes
    cells: bytes
    whole: bytes


class Cell(NamedTuple):
    column: int
    attributes: bytes
    inner: bytes


letters = get_column_letter
_columns = column_index_from_string


def rows(content: bytes, start: int, end: int, prefix: bytes) -> Iterator[Row]:
    """Those between two places of the content; a row without a number comes after the one before it."""
    opening, closing = b"<%srow" % prefix, b"</%srow>" % prefix
    at, number = content.find(opening, start, end), 0
    while at >= 0:
        head = content.index(b">", at)
        attributes = content[at + len(opening) : head].rstrip(b"/")
        is_empty = content[head - 1 : head] == b"/"
        inner = head if is_empty else content.index(closing, head)
        after = head + 1 if is_empty else inner + len(closing)
        number = int(xml.get(attributes, "r") or number + 1)
        yield Row(number, attributes, b"" if is_empty else content[head + 1 : inner], content[at:after])
        at = content.find(opening, after, end)


@cache
def _cell(prefix: bytes) -> re.Pattern[bytes]:
    return re.compile(rb"<%sc(?=[\s/>])([^>]*?)(?:/>|>(.*?)</%sc>)" % (prefix, prefix), re.DOTALL)


def cells(row: Row, prefix: bytes) -> Iterator[Cell]:
    column = 0
    for found in _cell(prefix).finditer(row.cells):
        place = xml.get(found[1], "r")
        column = _columns(place.rstrip("0123456789")) if place else column + 1
        yield Cell(column, found[1], found[2] or b"")


def holds_something(cell: Cell) -> bool:
    return bool(cell.inner.strip())


def lies_within(row: Row, left: int, right: int, prefix: bytes) -> bool:
    """Whether its first and its last cell do, told without looking at the others; a doubt is a no."""
    last = row.cells.rfind(b"<%sc " % prefix)
    found = [re.match(rb'<[\w:]+ r="([A-Z]+)\d', row.cells[at : at + 40]) for at in (0, last)]
    return all(one and left <= _columns(one[1].decode()) <= right for one in found)


@cache
def _calculated(prefix: bytes) -> re.Pattern[bytes]:
    """A cell with a formula, and with its value if it has one."""
    formula = rb"(<%sf(?=[\s/>])[^>]*?(?:/>|>[^<]*</%sf>))" % (prefix, prefix)
    value = rb"(?:<%sv\s*/>|<%sv(?:\s[^>]*)?>[^<]*</%sv>)?" % (prefix, prefix, prefix)
    return re.compile(rb"<%sc(\s[^>]*)>\s*%s\s*%s\s*</%sc>" % (prefix, formula, value, prefix))


class Formulas:
    """Formulas as they stand in cells, moved to other cells; those shared over many become each cell's own."""

    def __init__(self, prefix: bytes) -> None:
        self.prefix = prefix
        self._formula = re.compile(rb"<%sf(?=[\s/>])([^>]*?)(?:/>|>([^<]*)</%sf>)" % (prefix, prefix))
        self._shared: dict[str, tuple[str, str]] = {}

    def learn(self, row: Row) -> None:
        """Note the formulas that other cells share."""
        for cell in cells(row, self.prefix):
            found = self._formula.search(cell.inner)
            if found and found[2] and (number := xml.get(found[1], "si")) is not None:
                self._shared[number] = (xml.unescaped(found[2]), f"{letters(cell.column)}{row.number}")

    def of(self, cell: Cell, row: int) -> "Carried | None":
        """What the cell calculates; None where it holds a value."""
        found = self._formula.search(cell.inner)
        if found is None:
            return None
        attributes, text, place = found[1], xml.unescaped(found[2] or b""), f"{letters(cell.column)}{row}"
        kind = xml.get(attributes, "t")
        if kind == "shared":
            text, place = self._shared.get(xml.get(attributes, "si") or "", (text, place))
        metadata = xml.get(cell.attributes, "cm")
        return Carried(text, place, is_array=kind == "array", metadata=metadata, prefix=self.prefix)

    def without_value(self, content: bytes) -> bytes:
        """Cells that calculate, without what they came to last time: a program that opens the file finds it anew."""
        p = self.prefix
        return _calculated(p).sub(
            lambda found: b"<%sc%s>%s</%sc>" % (p, xml.put(found[1], "t", None), found[2], p), content
        )


class Carried:
    """A formula of one cell, to be put into others."""

    def __init__(self, text: str, place: str, *, is_array: bool, metadata: str | None, prefix: bytes) -> None:
        self.is_array, self.metadata, self._prefix = is_array, metadata, prefix.decode()
        self._moved = Translator("=" + text, origin=place)
        self._place, self._text = place, text
        letter = place.rstrip("0123456789")
        below = self._moved.translate_formula(f"{letter}{int(place[len(letter) :]) + 1}")
        right = self._moved.translate_formula(f"{letters(_columns(letter) + 1)}{place[len(letter) :]}")
        self._is_fixed = below == right == "=" + text

    def at(self, place: str) -> str:
        """The formula's element in another cell."""
        text = self._text if self._is_fixed else self._moved.translate_formula(place)[1:]
        array = f' t="array" ref="{place}"' if self.is_array else ""
        return f"<{self._prefix}f{array}>{xml.escaped(text).decode()}</{self._prefix}f>"
