"""Lines into entries: which lines are rows at all, each read by the columns that the file has, and cut into
batches.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from time import perf_counter

from bot.core.errors import BadInput
from bot.imports.kinds.kind import Entry, Fate, Kind, Task
from bot.imports.services.rows import RowReader, Unnamed
from bot.tabular.layout import Layout
from bot.tabular.line import Cell, Line
from bot.tabular.mapping import Mapping
from bot.tabular.words import NotOurs
from storage.queries.imports import Key

_FIRST = 500
_FEWEST, _MOST = 100, 20_000
_AIM = 0.1
"""Seconds; no transaction should take more than twice as long."""


class Pace:
    """How many rows go into one transaction: as many as keep others waiting a tenth of a second."""

    def __init__(self) -> None:
        self.rows = _FIRST

    @contextmanager
    def measured(self) -> Iterator[None]:
        """Around the transaction of one batch; the next one's size follows from its time."""
        started = perf_counter()
        yield
        fitting = self.rows * _AIM / (perf_counter() - started)
        self.rows = round(min(max(fitting, self.rows / 2, _FEWEST), self.rows * 2, _MOST))


class Parser:
    """Lines into entries, by the columns that the file has."""

    def __init__(
        self, task: Task, kind: Kind, layout: Layout, mapping: Mapping, header: Sequence[str] = ()
    ) -> None:
        self.header = header
        self.roster = task.roster
        self.kind = kind
        self.reader = RowReader(task.roster, kind, layout, mapping)

    def entry(self, line: Line) -> Entry:
        entry = Entry(line.number, line.cells)
        if is_header(line.cells, self.header):
            entry.leave_out(HEADER_AGAIN)
            return entry
        try:
            entry.given = self.reader.read(line.cells)
            entry.key = self._key(entry)
            if self.reader.lapses:
                entry.lapses = tuple(self.reader.lapses)
        except NotOurs as error:
            entry.leave_out(str(error))
        except BadInput as error:
            self._refuse(entry, str(error))
        except Unnamed as error:
            self._wait(entry, error.agent)
        return entry

    def _wait(self, entry: Entry, agent: str) -> None:
        try:
            entry.given = self.reader.of_nobody(entry.cells)
            entry.fate, entry.agent = Fate.WAITING, agent
        except (BadInput, NotOurs) as error:
            self._refuse(entry, str(error))

    def _refuse(self, entry: Entry, sentence: str) -> None:
        """A row that cannot be read is left out where it is none, and else refused."""
        no_row = no_row_at_all(entry.cells)
        if no_row:
            entry.leave_out(no_row)
        else:
            entry.refuse(sentence)

    def batches(self, lines: Iterable[Line], pace: Pace) -> Iterator[list[Entry]]:
        """As many entries each as the pace says, no two of one key: the later row meets the earlier one stored."""
        batch: list[Entry] = []
        keys: set[Key] = set()
        for entry in map(self.entry, lines):
            if len(batch) >= pace.rows or entry.key in keys:
                yield batch
                batch, keys = [], set()
                self._renew(entry)
            batch.append(entry)
            if entry.key:
                keys.add(entry.key)
        if batch:
            yield batch

    def _key(self, entry: Entry) -> Key:
        return tuple(map(entry.given.__getitem__, self.kind.key))

    def _renew(self, entry: Entry) -> None:
        """The entry was read before the batch that has stored the newcomers it may speak of."""
        if entry.stands:
            entry.given |= {
                party.field: self.roster[entry.given[party.field]].id for party in self.kind.parties
            }
            entry.key = self._key(entry)


_TOTAL = re.compile(
    r"(grand |sub|report )?-?\s*(totals?|sum|summe|gesamt(summe)?|итого|всего|(record )?count|total g[eé]n[eé]ral)"
    r"\s*(\(.*\)|:)?\s*",
    re.IGNORECASE,
)
_FOOTER = re.compile(
    r"(copyright|©|confidential|generated (by|on)|report (generated|name|run)|exported (by|on|from)|filtered by)",
    re.IGNORECASE,
)


_WIDE = 4
"""Columns of a table in which a single word at the beginning is no row."""
HEADER_AGAIN = "The header stands here once more."


def is_header(cells: Sequence[Cell], header: Sequence[str]) -> bool:
    if not header or not cells or str(cells[0]).strip() != header[0]:
        return False
    return tuple(str(cell).strip() for cell in cells[: len(header)]) == tuple(header)


def no_row_at_all(cells: Sequence[Cell]) -> str:
    """Why the line is no row, in a sentence; blank where it may be one. Asked only of lines that cannot be read."""
    filled = [text for cell in cells if (text := str(cell).strip())]
    if any(_TOTAL.fullmatch(text) for text in filled[:2]):
        return "It is a line of totals."
    if len(filled) == 1 and _FOOTER.match(filled[0]):
        return "It is a line that the report says of itself."
    if len(filled) == 1 and len(cells) >= _WIDE and str(cells[0]).strip():
        return "It is a title between the rows."
    return ""
