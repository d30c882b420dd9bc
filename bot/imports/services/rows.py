"""The cells of a row into the fields they set, by readers that are made once a file."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from bot.core.errors import BadInput
from bot.imports.kinds.kind import Column, Kind, Party
from bot.imports.services.roster import Known, Roster
from bot.tabular import cells
from bot.tabular.cells import Reading
from bot.tabular.layout import Layout
from bot.tabular.line import Cell
from bot.tabular.mapping import Mapping
from storage.queries.imports import Values

_BY_ZONE = (cells.instant, cells.day)
"""Readers to whom one text means different moments for different people."""
_SOURCE = ("source", "account")
_REMEMBERED = 5_000
_UNSAID = object()
_UNREAD = object()
_AS_NAMED = re.compile(r"(.*?)\s*[<(]([^@\s<>()]+@[^@\s<>()]+)[>)]")
"""`Ana Diaz <ana@acme.io>`, as one cell."""


class Unnamed(Exception):
    """A call source knows the person by this, and nobody has said who that is."""

    def __init__(self, agent: str) -> None:
        super().__init__(agent)
        self.agent = agent


class _Meanings(dict[Cell, object]):
    """What the cells of a column mean, each text read once: a column says few things, and says them often."""

    def __init__(
        self, column: Column, blank: object, layout: Layout, reading: Reading, lapses: list[str]
    ) -> None:
        self._column = column
        self._lapses = lapses
        self._blank = blank
        self._layout = layout
        self._reading = reading
        self._remembered = 0 if column.read in _BY_ZONE else _REMEMBERED

    def __missing__(self, cell: Cell) -> object:
        try:
            meaning = self._read(self._layout.ours(self._column.name, cell))
        except BadInput as error:
            if self._column.required or self._column.decisive or self._blank is _UNSAID:
                raise
            self._lapses.append(str(error))
            return _UNREAD
        if len(self) < self._remembered and isinstance(cell, str):
            self[cell] = meaning
        return meaning

    def _read(self, cell: Cell) -> object:
        if cell == "" or (isinstance(cell, str) and cell.isspace()):
            if self._column.required:
                raise BadInput(f"{self._column.name} is empty.")
            return self._blank
        try:
            return self._column.read(cell, self._reading)
        except BadInput as error:
            raise BadInput(f"{self._column.name}: {error}.") from error


_Bound = tuple[str, int, _Meanings]
"""A field, the place of its cell in the row, and what that cell may mean."""


@dataclass(frozen=True, slots=True)
class _About:
    """How the rows about the same people are read."""

    people: tuple[tuple[str, Known], ...]
    """By the field that refers to them."""
    columns: tuple[_Bound, ...]


class RowReader:
    """Reads the rows of one file."""

    def __init__(self, roster: Roster, kind: Kind, layout: Layout, mapping: Mapping) -> None:
        self._roster = roster
        self._kind = kind
        self._layout = layout
        self._mapping = mapping
        self._reading = Reading(mapping, roster.zone_on)
        self.lapses: list[str] = []
        """The cells of the last row that were left out, each in a sentence."""
        self._columns = tuple(self._bind(kind.columns, roster.zone_on))
        self._who = [
            place
            for party in kind.parties
            for name in party.names
            if (place := layout.places.get(name)) is not None
        ]
        if any(party.keys for party in kind.parties):
            self._who += [place for name in _SOURCE if (place := layout.places.get(name)) is not None]
        self._about: dict[tuple[Cell, ...], _About] = {}
        """By the cells that name the people."""
        self._unsaid = {
            column.field: column.blank
            for column in kind.columns
            if column.field in kind.key and column.name not in layout.places
        }
        """Parts of the key that the file has no column for."""

    def read(self, given_cells: Sequence[Cell]) -> Values:
        """The fields that the file sets; raises BadInput, NotOurs, and Unnamed for a person nobody has named."""
        self.lapses.clear()
        row = self._layout.row(given_cells)
        about = self._of(row)
        given = {field: meanings[row[place]] for field, place, meanings in about.columns}
        if self.lapses or self._kind.blank_says_nothing:
            given = {
                field: meaning
                for field, meaning in given.items()
                if meaning is not _UNSAID and meaning is not _UNREAD
            }
        for field, known in about.people:
            given[field] = known.id
        return given | self._unsaid if self._unsaid else given

    def of_nobody(self, given_cells: Sequence[Cell]) -> Values:
        """The fields of a row whose person is not known; its times stand on the wall of the workspace."""
        row = self._layout.row(given_cells)
        given = {field: meanings[row[place]] for field, place, meanings in self._columns}
        return {field: meaning for field, meaning in given.items() if meaning is not _UNREAD}

    def people(self, row: Sequence[Cell]) -> tuple[tuple[str, Known], ...]:
        """Who a row as `Layout.row` gives it speaks of, by the field; raises BadInput, NotOurs and Unnamed."""
        return self._of(row).people

    def name_of(self, person_id: int) -> str:
        return self._roster[person_id].name

    def _of(self, row: Sequence[Cell]) -> _About:
        who = tuple([row[place] for place in self._who])
        about = self._about.get(who)
        if about is None:
            about = self._about[who] = self._meet(row)
        return about

    def _meet(self, row: Sequence[Cell]) -> _About:
        people = {party.field: self._person(party, row) for party in self._kind.parties}
        return _About(tuple(people.items()), tuple(self._on_their_walls(people)))

    def _person(self, party: Party, row: Sequence[Cell]) -> Known:
        email, name = (self._said(one, row) for one in party.names[:2])
        agents = [agent for one in party.keys if (agent := cells.text(self._said(one, row)))]
        source, account = (cells.text(self._said(one, row)) for one in _SOURCE)
        for agent in agents:
            if known := self._roster.by_agent(source, account, agent):
                return known
        if agents and not email and not name:
            raise Unnamed(agents[0])
        if not email and (both := _AS_NAMED.fullmatch(cells.text(name))):
            name, email = both[1], both[2]
        said = cells.person(name, self._reading) if name else ""
        return self._roster.named(email, said, party.prefix)

    def _said(self, name: str, row: Sequence[Cell]) -> Cell:
        place = self._layout.places.get(name)
        return "" if place is None else self._layout.ours(name, row[place])

    def _on_their_walls(self, people: dict[str, Known]) -> Iterator[_Bound]:
        """The columns, of which some mean another moment for each person."""
        by_field = {column.field: column for column in self._kind.columns}
        for bound in self._columns:
            column = by_field[bound[0]]
            if people and column.read in _BY_ZONE:
                owner = people[column.whose or self._kind.parties[0].field]
                yield from self._bind([column], owner.zone_on)
            else:
                yield bound

    def _bind(self, columns: Iterable[Column], zone_on: Callable[[date], ZoneInfo]) -> Iterator[_Bound]:
        for column in columns:
            place = self._layout.places.get(column.name)
            if place is not None:
                blank = _UNSAID if self._kind.blank_says_nothing else column.blank
                reading = Reading(self._mapping, zone_on, column.name)
                yield column.field, place, _Meanings(column, blank, self._layout, reading, self.lapses)
