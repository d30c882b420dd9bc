"""Lines into entries: each row read by the columns that the file has, and cut into batches."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from time import perf_counter

from bot.core.errors import BadInput
from bot.imports.kinds.kind import Entry, Fate, Kind, Task
from bot.imports.services.no_rows import HEADER_AGAIN, is_header, no_row_at_all
from bot.imports.services.rows import RowReader, Unnamed
from bot.tabular.layout import Layout
from bot.tabular.line import Line
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
