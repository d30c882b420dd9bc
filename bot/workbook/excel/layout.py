"""Where things stand on a sheet: title, notes, tables below each other, and how it prints."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice, pairwise, zip_longest
from math import ceil
from typing import Any

from xlsxwriter.utility import xl_rowcol_to_cell

from bot.workbook.domain.sheets import Row, Sheet, Style, Table
from bot.workbook.excel.pages import Kept, Streamed
from bot.workbook.excel.styles import Looks

MOST_ROWS = 1_048_576
"""What a sheet of Excel holds; a long one goes on in another."""
_REPORT_EVERY = 1_000
_LINE = 15
"""Height of a line of text, in points."""

_MOST_LINES = 10
"""What a row shows of a long text; the rest is read in the cell."""
_PAGE_WIDTH = 270
"""Characters across a printed page that can still be read."""

Progress = Callable[[str, int], None]
"""Called with a sheet's name and how many of its rows are written."""


def unheard(_sheet: str, _rows: int) -> None:
    """Nobody asked to be told."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a table stands, in rows and columns from 0; `rows` may go on in other sheets."""

    sheet: str
    first_row: int
    rows: int
    titles: tuple[str, ...]

    def cells(self, title: str, first: int, last: int) -> list[str | int]:
        """A stretch of a column's rows, as charts want it."""
        col = self.titles.index(title)
        return [self.sheet, self.first_row + first, col, self.first_row + last, col]


Places = dict[str, Place]


def lay_out(file: Any, sheet: Sheet, looks: Looks, places: Places, on_progress: Progress) -> Any:
    """Write a sheet and note where its tables stand; returns its page."""
    page = _Page(file, sheet, looks, on_progress)
    if sheet.is_long:
        places[sheet.tables[0].name] = _long(page, sheet.tables[0])
        return page.paper
    for table in sheet.tables:
        page.head(table)
        places[table.name] = page.fill(table, table.rows)
        for name, (row, title) in table.names.items():
            page.name_cell(name, places[table.name], row, title)
    page.close()
    if len(sheet.tables) == 1:
        page.freeze(places[sheet.tables[0].name])
    return page.paper


def _long(page: "_Page", table: Table[Any]) -> Place:
    """One table over as many sheets as it takes."""
    rows, part = table.rows, 1
    page.head(table)
    first = place = page.fill(table, rows)
    page.freeze(place)
    written = place.rows
    while (more := next(rows, None)) is not None:
        part += 1
        page = page.another(part)
        page.head(table)
        place = page.fill(table, chain((more,), rows), part)
        page.freeze(place)
        written += place.rows
    return Place(first.sheet, first.first_row, written, first.titles)


class _Page:
    """A sheet of the file; `at` is the next free row."""

    def __init__(
        self, file: Any, sheet: Sheet, looks: Looks, on_progress: Progress, suffix: str = ""
    ) -> None:
        self.file, self.sheet, self.looks, self.on_progress = file, sheet, looks, on_progress
        self.paper = file.add_worksheet(sheet.name + suffix, Streamed if sheet.is_long else Kept)
        self.widths = _widths(sheet)
        self._set_up()
        self.at = 0
        self._say(sheet.title + suffix, looks.title, 24)
        if sheet.verdict:
            self._say_at_length(sheet.verdict, looks.verdict, 1.35)
        for note in sheet.notes:
            self._say_at_length(note, looks.note)

    def another(self, part: int) -> "_Page":
        return _Page(self.file, self.sheet, self.looks, self.on_progress, f" ({part})")

    def close(self) -> None:
        """What is said below the tables."""
        for at, note in enumerate(self.sheet.below):
            self.at += not at
            self._say_at_length(note, self.looks.note)

    def head(self, table: Table[Any]) -> None:
        """The heading of a table and its header."""
        if table.heading:
            self.at += 1
            self._say(table.heading, self.looks.heading, 20)
        self.paper.set_row(self.at, _LINE * self._header_lines(table) + 3)
        for col, column in enumerate(table.columns):
            self.paper.write_string(
                self.at,
                col,
                column.title,
                self.looks.header(column.style, filtered=not self.sheet.on_one_page),
            )

    def _header_lines(self, table: Table[Any]) -> int:
        """With filters two, so that a title keeps clear of the buttons."""
        titles = zip(table.columns, self.widths, strict=False)
        needed = max(ceil((len(column.title) + 2) / width) for column, width in titles)
        return needed if self.sheet.on_one_page else max(needed, 2)

    def fill(self, table: Table[Any], rows: Iterator[Row], part: int = 1) -> Place:
        """As many of the rows as the sheet holds, under the header that stands at `at`; without any, an empty one."""
        header, page = self.at, self.paper
        page.begin([self.looks.of[column.style] for column in table.columns])
        wrapped = [
            (col, self.widths[col]) for col, column in enumerate(table.columns) if column.style is Style.LONG
        ]
        count = 0
        for count, row in enumerate(islice(rows, MOST_ROWS - header - 1), start=1):
            lines = _lines(row, wrapped)
            page.put_row(header + count, row, _LINE * min(lines, _MOST_LINES) if lines > 1 else None)
            if not count % _REPORT_EVERY:
                self.on_progress(self.sheet.name, count)
        if not count:
            page.put_empty_row(header + 1)  # what is filled in later looks as its column does
        self.on_progress(self.sheet.name, count)
        self._make_table(table, header, header + max(count, 1), part)
        self.at = header + max(count, 1) + 1
        return Place(self.paper.name, header + 1, count, tuple(column.title for column in table.columns))

    def freeze(self, place: Place) -> None:
        """Keep the header in sight, on the screen and on every printed page."""
        self.paper.freeze_panes(place.first_row, self.sheet.frozen_columns)
        if not self.sheet.prints:
            return
        self.paper.repeat_rows(place.first_row - 1)
        if self.sheet.frozen_columns:
            self.paper.repeat_columns(0, self.sheet.frozen_columns - 1)

    def name_cell(self, name: str, place: Place, row: int, title: str) -> None:
        cell = xl_rowcol_to_cell(place.first_row + row, place.titles.index(title), True, True)
        self.file.define_name(name, f"='{self.paper.name}'!{cell}")

    def _make_table(self, table: Table[Any], header: int, last: int, part: int) -> None:
        is_filtered = not self.sheet.on_one_page
        looks = [self.looks.header(column.style, filtered=is_filtered) for column in table.columns]
        self.paper.add_table(
            header,
            0,
            last,
            len(table.columns) - 1,
            {
                "name": table.name if part == 1 else f"{table.name}_{part}",
                "style": "Table Style Light 1",
                "columns": [
                    {"header": column.title, "header_format": look}
                    for column, look in zip(table.columns, looks, strict=True)
                ],
                "autofilter": is_filtered,
            },
        )
        for col, column in enumerate(table.columns):
            self.looks.colour(self.paper, _coloured(header + 1, last, table), col, column.colours)
        if table.head:
            col = [column.title for column in table.columns].index(table.head[0])
            area = (header + 1, 0, last, len(table.columns) - 1)
            self.looks.set_off(self.paper, area, col, table.head[1])
        if table.bands:
            col = [column.title for column in table.columns].index(table.bands)
            self.looks.divide(self.paper, (header + 1, 0, last, len(table.columns) - 1), col)
        if not self.sheet.is_long:
            self.looks.shade(self.paper, header + 1, last, len(table.columns) - 1)

    def _set_up(self) -> None:
        hidden = {at for table in self.sheet.tables for at, one in enumerate(table.columns) if one.is_hidden}
        for col, width in enumerate(self.widths):
            self.paper.set_column(col, col, width, None, {"hidden": col in hidden})
        self.paper.hide_gridlines(2)
        self.paper.set_landscape()
        self.paper.set_paper(9)
        self.paper.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        across = ceil(sum(self.widths) / _PAGE_WIDTH)
        self.paper.fit_to_pages(*((1, 1) if self.sheet.on_one_page else (across, 0)))
        if not self.sheet.prints:
            beyond = len(self.widths) + 100
            self.paper.print_area(0, beyond, 0, beyond)  # an empty cell beyond the charts: nothing is printed
            return
        self.paper.set_footer(f"&L{self.sheet.title.replace('&', '&&')[:200]}&RPage &P of &N")

    def _say(self, text: str, look: Any, height: int) -> None:
        self.paper.set_row(self.at, height)
        self.paper.write_string(self.at, 0, text, look)
        self.at += 1

    def _say_at_length(self, text: str, look: Any, size: float = 1) -> None:
        """Over as many columns as make a readable line, and as many lines as it takes; letters `size` as large."""
        last, width = 0, self.widths[0]
        while last + 1 < len(self.widths) and width < 100:
            last += 1
            width += self.widths[last]
        self.paper.set_row(self.at, _LINE * size * ceil(len(text) * size * 1.1 / width) + 4)
        self.paper.merge_range(self.at, 0, self.at, last, text, look)
        self.at += 1


def _coloured(first: int, last: int, table: Table[Any]) -> list[tuple[int, int]]:
    """The stretches of rows from `first` to `last` that take colours."""
    bare = {first + at for at in table.uncoloured}
    edges = [first - 1, *sorted(bare), last + 1]
    return [(before + 1, after - 1) for before, after in pairwise(edges) if after - before > 1]


def _lines(row: Row, wrapped: Sequence[tuple[int, int]]) -> int:
    """How many lines the row's longest wrapped text takes; columns come with their widths."""
    fullest = 0.0
    for col, width in wrapped:
        text = row[col]
        if isinstance(text, str) and len(text) > fullest * width:
            fullest = len(text) / width
    return ceil(fullest * 1.05) or 1


def _widths(sheet: Sheet) -> list[int]:
    """Per column the widest that one of the tables asks for."""
    asked = ([column.width for column in table.columns] for table in sheet.tables)
    return [max(widths) for widths in zip_longest(*asked, fillvalue=0)]
