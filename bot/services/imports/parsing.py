"""Lines into entries: each row read by the columns that the file has, and cut into batches."""

from collections.abc import Iterable, Iterator, Sequence

from bot.errors import BadInput
from bot.services.imports.cells import Reading
from bot.services.imports.kinds import Column, Entry, Kind, Task
from bot.services.imports.layout import Layout
from bot.services.imports.mapping import Mapping
from bot.services.imports.reading import Cell, Line
from storage.queries.imports import Key, Values

BATCH = 1_000
"""Rows of one transaction: well under 200 ms, and few enough that the roads back and forth weigh little."""


class Parser:
    """Lines into entries, by the columns that the file has."""

    def __init__(self, task: Task, kind: Kind, layout: Layout, mapping: Mapping) -> None:
        self.roster = task.roster
        self.kind = kind
        self.layout = layout
        self.columns = [column for column in kind.columns if column.name in layout.names]
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
        except BadInput as error:
            entry.refuse(str(error))
        return entry

    def _name_people(self, given: Values, row: dict[str, Cell]) -> None:
        for party in self.kind.parties:
            given[party.field] = self.roster.named(row, party.prefix).id

    def _read(self, given: Values, row: dict[str, Cell]) -> None:
        owner = self.kind.parties[0].field if self.kind.parties else ""
        for column in self.columns:
            cell = row[column.name]
            if cell == "" or (isinstance(cell, str) and not cell.strip()):
                self._leave_blank(given, column)
                continue
            if owner:
                self.reading.zone_on = self.roster[given[column.whose or owner]].zone_on
            try:
                given[column.field] = column.read(cell, self.reading)
            except BadInput as error:
                raise BadInput(f"{column.name}: {error}.") from error

    def _leave_blank(self, given: Values, column: Column) -> None:
        if column.required:
            raise BadInput(f"{column.name} is empty.")
        if not self.kind.blank_says_nothing:
            given[column.field] = column.blank


def batches(entries: Iterable[Entry], key: Sequence[str]) -> Iterator[list[Entry]]:
    """At most BATCH entries each, and none of them holds a key twice: the later row meets the earlier one stored."""
    batch: list[Entry] = []
    keys: set[Key] = set()
    for entry in entries:
        its = () if entry.refusal else tuple(entry.given[name] for name in key)
        if len(batch) == BATCH or its in keys:
            yield batch
            batch, keys = [], set()
        batch.append(entry)
        if its:
            keys.add(its)
    if batch:
        yield batch
