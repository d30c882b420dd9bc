"""Lines into entries: each row read by the columns that the file has, and cut into batches."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from time import perf_counter

from bot.errors import BadInput
from bot.services.imports.kinds import Entry, Kind, Task
from bot.services.imports.layout import Layout
from bot.services.imports.mapping import Mapping
from bot.services.imports.reading import Line
from bot.services.imports.rows import RowReader
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

    def __init__(self, task: Task, kind: Kind, layout: Layout, mapping: Mapping) -> None:
        self.roster = task.roster
        self.kind = kind
        self.reader = RowReader(task.roster, kind, layout, mapping)

    def entry(self, line: Line) -> Entry:
        entry = Entry(line.number, line.cells)
        try:
            entry.given = self.reader.read(line.cells)
            entry.key = self._key(entry)
        except BadInput as error:
            entry.refuse(str(error))
        return entry

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
        if not entry.refusal:
            entry.given |= {
                party.field: self.roster[entry.given[party.field]].id for party in self.kind.parties
            }
            entry.key = self._key(entry)
