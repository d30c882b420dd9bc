"""Lines into entries: each row read by the columns that the file has, and cut into batches."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from time import perf_counter

from bot.errors import BadInput
from bot.services.imports import cells
from bot.services.imports.cells import Reading
from bot.services.imports.kinds import Column, Entry, Kind, Task
from bot.services.imports.layout import Layout
from bot.services.imports.mapping import Mapping
from bot.services.imports.reading import Cell, Line
from storage.queries.imports import Key, Values

_FIRST = 500
_FEWEST, _MOST = 100, 5_000
_AIM = 0.1
"""Seconds; no transaction should take more than twice as long."""

_UNREAD = object()
_BY_ZONE = (cells.instant, cells.day)
"""Readers to whom one text means different moments for different people."""
_REMEMBERED = 5_000


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
        self.layout = layout
        self.columns: list[tuple[Column, dict[Cell, object]]] = [
            (column, {}) for column in kind.columns if column.name in layout.names
        ]
        """With what their texts were read as: a column says few things, and says them often."""
        self.owner = kind.parties[0].field if kind.parties else ""
        self.unsaid = {
            column.field: column.blank
            for column in kind.columns
            if column.field in kind.key and column.name not in layout.names
        }
        """Parts of the key that the file has no column for."""
        self.reading = Reading(mapping, task.roster.zone_on)

    def entry(self, line: Line) -> Entry:
        entry = Entry(line.number, line.cells, dict(self.unsaid))
        try:
            row = self.layout.cells_of(line)
            self._name_people(entry.given, row)
            self._read(entry.given, row)
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

    def _name_people(self, given: Values, row: dict[str, Cell]) -> None:
        for party in self.kind.parties:
            given[party.field] = self.roster.named(row, party.prefix).id

    def _read(self, given: Values, row: dict[str, Cell]) -> None:
        for column, known in self.columns:
            cell = row[column.name]
            value = known.get(cell, _UNREAD)
            if value is not _UNREAD:
                given[column.field] = value
            elif cell == "" or (isinstance(cell, str) and not cell.strip()):
                self._leave_blank(given, column)
            else:
                value = given[column.field] = self._value(column, cell, given)
                if isinstance(cell, str) and column.read not in _BY_ZONE and len(known) < _REMEMBERED:
                    known[cell] = value

    def _value(self, column: Column, cell: Cell, given: Values) -> object:
        if self.owner:
            self.reading.zone_on = self.roster[given[column.whose or self.owner]].zone_on
        try:
            return column.read(cell, self.reading)
        except BadInput as error:
            raise BadInput(f"{column.name}: {error}.") from error

    def _leave_blank(self, given: Values, column: Column) -> None:
        if column.required:
            raise BadInput(f"{column.name} is empty.")
        if not self.kind.blank_says_nothing:
            given[column.field] = column.blank
