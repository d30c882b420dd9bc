"""Rows of one file that share a key and say different things: only the last of them would stand."""

from array import array
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from operator import itemgetter

import numpy as np

from bot.imports.kinds.kind import Kind
from bot.imports.services.parser import Parser
from bot.tabular import cells
from bot.tabular.files import Source
from bot.tabular.layout import Layout
from bot.tabular.line import Cell, Line

Row = Sequence[Cell]


class SameKeys:
    """Remembers every row in 24 bytes; what may be twice is read a second time."""

    def __init__(self, kind: Kind, layout: Layout, parser: Parser) -> None:
        self._layout, self._parser = layout, parser
        self._places = list(_places(kind, layout))
        self._key = _getter(self._places)
        self._content = _getter(sorted(set(layout.places.values())))
        self._keys, self._contents, self._numbers = array("q"), array("q"), array("q")

    def look(self, row: Row, number: int) -> None:
        """`row` as `Layout.row` gives it."""
        self._keys.append(hash(tuple([_bare(cell) for cell in self._key(row)])))
        self._contents.append(hash(self._content(row)))
        self._numbers.append(number)

    def doubts(self, source: Source) -> Iterator[str]:
        suspects = self._suspects() if self._places else set()
        if not suspects:
            return
        lines: dict[tuple[object, ...], dict[Row, int]] = defaultdict(dict)
        for line in source.lines():
            if line.number in suspects:
                row = self._layout.row(line.cells)
                for key in self._keys_of(line.number, line.cells, row):
                    lines[key].setdefault(tuple(self._content(row)), line.number)
        twice = {key: sorted(its.values()) for key, its in lines.items() if len(its) > 1}
        if twice:
            key, (first, second, *_) = min(twice.items(), key=lambda one: one[1])
            yield self._told(self._said(source, first), first, second, len(twice) - 1)

    def _keys_of(self, number: int, given: Row, row: Row) -> Iterator[tuple[object, ...]]:
        """The row's key, unless it is refused for another reason than a number that was cut short."""
        said = tuple(cells.text(row[at]) for at in self._places)
        if any(map(cells.is_cut_short, said)):
            yield said
            return
        entry = self._parser.entry(Line(number, given))
        if entry.stands:
            yield entry.key

    def _told(self, said: str, first: int, second: int, more: int) -> str:
        others = f" So do {more:,} more keys." if more else ""
        shortened = any(map(cells.is_cut_short, said.split(", ")))
        why = (
            "a spreadsheet has cut the number short; export the file again"
            if shortened
            else "the later would overwrite the earlier"
        )
        return (
            f"Lines {first:,} and {second:,} have one key, “{said}”, and say different things: {why}.{others}"
        )

    def _said(self, source: Source, number: int) -> str:
        line = next(line for line in source.lines() if line.number == number)
        row = self._layout.row(line.cells)
        return ", ".join(said for at in self._places if (said := cells.text(row[at])))

    def _suspects(self) -> set[int]:
        """Numbers of lines whose key, as it is written, is that of a line that says something else."""
        keys = np.frombuffer(self._keys, dtype=np.int64)
        if len(keys) < 2:
            return set()
        contents, numbers = np.frombuffer(self._contents, np.int64), np.frombuffer(self._numbers, np.int64)
        order = np.argsort(keys, kind="stable")
        same = keys[order][1:] == keys[order][:-1]
        at = np.flatnonzero(same & (contents[order][1:] != contents[order][:-1]))
        return {int(number) for number in numbers[order[np.concatenate([at, at + 1])]]}


def _places(kind: Kind, layout: Layout) -> Iterator[int]:
    parties = {party.field: party.names for party in kind.parties}
    columns = {column.field: (column.name,) for column in kind.columns}
    for field in kind.key:
        for name in (parties | columns)[field]:
            if name in layout.places:
                yield layout.places[name]


def _getter(places: Sequence[int]) -> Callable[[Row], Row]:
    if len(places) == 1:
        return lambda row: (row[places[0]],)
    return itemgetter(*places) if places else lambda _: ()


def _bare(cell: Cell) -> Cell:
    return cell.strip() if type(cell) is str else cell
