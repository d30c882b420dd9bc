"""A sheet with its tables filled: their rows are written anew, whatever else stands on it stays."""

import re
from collections.abc import Iterator, Sequence
from itertools import chain

from bot.workbook.template import cells, ranges, xml
from bot.workbook.template.cells import Formulas, Row, letters
from bot.workbook.template.filling import Filling
from bot.workbook.template.ranges import Growth
from bot.workbook.template.unfit import Unfit

_PIECE = 500
"""Rows written at once."""


class Sheet:
    """`content` is its XML, `fillings` what comes into its tables, `growths` those of the whole workbook."""

    def __init__(self, content: bytes, fillings: Sequence[Filling], growths: Sequence[Growth]) -> None:
        self.content, self.prefix = xml.check(content), xml.prefix(content)
        self.fillings, self.growths = sorted(fillings, key=lambda one: one.area.left), growths
        self.formulas = Formulas(self.prefix)
        self.start, self.end = self._data()
        self._prepare()

    def pieces(self) -> Iterator[bytes]:
        """The sheet's XML as it is to be."""
        own = [one.growth for one in self.fillings]
        yield ranges.in_sheet(self._dimensioned(self.content[: self.start]), own, self.growths)
        held: list[bytes] = []
        for row in self._rows():
            held.append(row)
            if len(held) == _PIECE:
                yield b"".join(held)
                held.clear()
        yield b"".join(held)
        yield ranges.in_sheet(self._unlinked(self.content[self.end :]), own, self.growths)

    def _data(self) -> tuple[int, int]:
        """Where the rows begin and end."""
        found = re.search(rb"<%ssheetData(?:\s[^>]*)?>" % self.prefix, self.content)
        if found is None:
            raise Unfit("one of its sheets has no cells; it is damaged")
        if found[0].endswith(b"/>"):
            raise Unfit("one of its tables stands on a sheet without cells; it is damaged")
        return found.end(), self.content.rindex(b"</%ssheetData>" % self.prefix)

    def _read(self) -> Iterator[Row]:
        return cells.rows(self.content, self.start, self.end, self.prefix)

    def _prepare(self) -> None:
        """What each table's first row and its totals look like."""
        shares = b'"shared"' in self.content
        firsts = {one.area.first for one in self.fillings}
        totals = {one.area.end for one in self.fillings if one.area.totals}
        last = max(firsts | totals)
        columns = _columns(self.content[: self.start], self.prefix)
        patterns: dict[int, Row] = {}
        for row in self._read():
            if shares:
                self.formulas.learn(row)
            if row.number in firsts or row.number in totals:
                patterns[row.number] = row
            if row.number >= last and not shares:
                break
        for one in self.fillings:
            one.prepare(patterns.get(one.area.first), patterns.get(one.area.end), columns, self.formulas)

    def _rows(self) -> Iterator[bytes]:
        """Every row, those of the template and the new ones, in order."""
        reach = max(one.growth.end for one in self.fillings)
        number = 0
        for row in chain(self._read(), (None,)):
            upto = row.number if row else reach + 1
            for between in range(number + 1, min(upto, reach + 1)):
                if new := self._row(between, None):
                    yield new
            if row:
                yield self._row(row.number, row)
                number = row.number

    def _row(self, number: int, row: Row | None) -> bytes:
        there = [one for one in self.fillings if one.reaches(number)]
        if not there:
            return b"" if row is None else self._elsewhere(row)
        kept = self._kept(row, there) if row else []
        new = [(one.area.left, one.row(number, self.formulas)) for one in there]
        written = b"".join(cell for _, cell in sorted(kept + new, key=lambda cell: cell[0]))
        return b"<%srow%s>%s</%srow>" % (self.prefix, _attributes(number, row, there), written, self.prefix)

    def _kept(self, row: Row, there: Sequence[Filling]) -> list[tuple[int, bytes]]:
        """The cells of a row of the template that stand beside the tables."""
        kept: list[tuple[int, bytes]] = []
        first = there[0]
        is_alone = len(there) == 1 and first.covers(row.number)
        if is_alone and cells.lies_within(row, first.area.left, first.area.right, self.prefix):
            return kept
        for cell in cells.cells(row, self.prefix):
            over = next((one for one in there if one.area.left <= cell.column <= one.area.right), None)
            if over is None:
                kept.append((cell.column, self._as_it_was(cell, row.number)))
            elif not over.covers(row.number) and cells.holds_something(cell):
                raise over.too_small(f"{letters(cell.column)}{row.number}")
        return kept

    def _elsewhere(self, row: Row) -> bytes:
        """A row that no table reaches."""
        if b"shared" in row.whole:
            written = b"".join(self._as_it_was(cell, row.number) for cell in cells.cells(row, self.prefix))
            return b"<%srow%s>%s</%srow>" % (self.prefix, row.attributes, written, self.prefix)
        return self.formulas.without_value(row.whole) if b"<%sf" % self.prefix in row.whole else row.whole

    def _as_it_was(self, cell: cells.Cell, row: int) -> bytes:
        """A formula that is shared becomes the cell's own: the cell that it is shared with may be gone."""
        place, p = f"{letters(cell.column)}{row}", self.prefix
        attributes, inner = xml.put(cell.attributes, "r", place), cell.inner
        if b"shared" in inner and (formula := self.formulas.of(cell, row)):
            return b"<%sc%s>%s</%sc>" % (p, xml.put(attributes, "t", None), formula.at(place).encode(), p)
        return self.formulas.without_value(b"<%sc%s>%s</%sc>" % (p, attributes, inner, p))

    def _dimensioned(self, head: bytes) -> bytes:
        said = re.search(rb'<%sdimension\s+ref="(\w+)(?::([A-Z]+)(\d+))?"\s*/>' % self.prefix, head)
        if said is None or said[2] is None:
            return head
        last = max(int(said[3]), *(one.growth.end for one in self.fillings))
        return xml.put_in(
            head, self.prefix + b"dimension", "ref", f"{(said[1] + b':' + said[2]).decode()}{last}"
        )

    def _unlinked(self, tail: bytes) -> bytes:
        """Without the links of cells whose rows are others now."""

        def kept(found: re.Match[bytes]) -> bytes:
            return (
                b"" if any(one.holds(xml.get(found[0], "ref") or "") for one in self.fillings) else found[0]
            )

        p = self.prefix
        left = re.sub(rb"<%shyperlink(?=\s)[^>]*/>" % p, kept, tail)
        return re.sub(rb"<%shyperlinks>\s*</%shyperlinks>" % (p, p), b"", left)


def _attributes(number: int, row: Row | None, there: Sequence[Filling]) -> bytes:
    """Those of the row, or of the table's first; nothing hides it."""
    given = row.attributes if row else next((one.look for one in there if one.look), b"")
    for name in ("spans", "hidden", "collapsed") if not row else ("spans", "hidden"):
        given = xml.put(given, name, None)
    return xml.put(given, "r", str(number))


def _columns(head: bytes, prefix: bytes) -> list[tuple[int, int, int]]:
    """First and last column, and the style of their empty cells."""
    tags = re.findall(rb"<%scol(?=\s)[^>]*>" % prefix, head)
    found = ((xml.get(tag, "min"), xml.get(tag, "max"), xml.get(tag, "style")) for tag in tags)
    return [(int(first or 0), int(last or 0), int(style or 0)) for first, last, style in found]
