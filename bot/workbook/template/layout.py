"""Where the tables of a template stand, and what there is to know of their sheets."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element

from openpyxl.utils.cell import range_boundaries
from openpyxl.utils.escape import unescape
from openpyxl.worksheet.table import Table

from bot.workbook.template.package import Package

_SHEETS, _TABLES = "/worksheet", "/table"


@dataclass(frozen=True, slots=True)
class Area:
    """A table's place on its sheet, counted from 1: `first` to `last` are its rows, the header and totals are not.

    `header` is 0 where there is none; `totals` is how many rows of totals follow.
    """

    sheet: str
    left: int
    right: int
    header: int
    first: int
    last: int
    totals: int

    @property
    def top(self) -> int:
        return self.header or self.first

    @property
    def end(self) -> int:
        return self.last + self.totals


@dataclass(frozen=True, slots=True)
class Placed:
    """A table of the template. `part` and `page` are the parts that hold it and its sheet.

    `formulas` are those of calculated columns, by title. `outside`: what fills it is not us but a query.
    """

    name: str
    part: str
    page: str
    area: Area
    titles: tuple[str, ...]
    formulas: dict[str, str]
    outside: bool
    hidden: bool
    protected: bool


def tables(package: Package) -> list[Placed]:
    """In the order of the sheets."""
    found: list[Placed] = []
    related = package.related(package.workbook)
    for sheet in _children(package.tree(package.workbook), "sheet"):
        link = next((value for key, value in sheet.attrib.items() if key.endswith("}id")), "")
        if link in related and related[link].Type.endswith(_SHEETS):
            found += _of_sheet(package, sheet, related[link].target)
    return found


def _of_sheet(package: Package, sheet: Element, page: str) -> Iterator[Placed]:
    parts = [one.target for one in package.related(page).values() if one.Type.endswith(_TABLES)]
    if not parts:
        return
    hidden = sheet.attrib.get("state", "visible") != "visible"
    protected = b"sheetProtection" in package.read(page)
    for part in parts:
        table: Any = Table.from_tree(package.tree(part))
        yield Placed(
            table.displayName,
            part,
            page,
            _area(sheet.attrib["name"], table),
            tuple(unescape(column.name).strip() for column in table.tableColumns),
            {
                unescape(column.name).strip(): column.calculatedColumnFormula.attr_text
                for column in table.tableColumns
                if column.calculatedColumnFormula is not None and column.calculatedColumnFormula.attr_text
            },
            (table.tableType or "worksheet") != "worksheet",
            hidden,
            protected,
        )


def _area(sheet: str, table: Any) -> Area:
    left, top, right, bottom = (int(edge or 0) for edge in range_boundaries(table.ref))
    header = 0 if table.headerRowCount == 0 else top
    first = top if not header else top + 1
    totals = int(table.totalsRowCount or 0)
    return Area(sheet, left, right, header, first, max(bottom - totals, first), totals)


def _children(tree: Element, name: str) -> Iterator[Element]:
    return (one for one in tree.iter() if one.tag.endswith("}" + name))
