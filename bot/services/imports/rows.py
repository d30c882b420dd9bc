"""The cells of a row into the fields they set, by readers that are made once a file."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bot.errors import BadInput
from bot.services.imports import cells
from bot.services.imports.cells import Reading
from bot.services.imports.kinds import Column, Kind, Party
from bot.services.imports.layout import Layout
from bot.services.imports.mapping import Mapping
from bot.services.imports.reading import Cell
from bot.services.imports.roster import Known, Roster
from storage.queries.imports import Values

_BY_ZONE = (cells.instant, cells.day)
"""Readers to whom one text means different moments for different people."""
_REMEMBERED = 5_000
_UNSAID = object()


class _Meanings(dict[Cell, object]):
    """What the cells of a column mean, each text read once: a column says few things, and says them often."""

    def __init__(self, column: Column, blank: object, layout: Layout, reading: Reading) -> None:
        self._column = column
        self._blank = blank
        self._layout = layout
        self._reading = reading
        self._remembered = 0 if column.read in _BY_ZONE else _REMEMBERED

    def __missing__(self, cell: Cell) -> object:
        meaning = self._read(self._layout.ours(self._column.name, cell))
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
        self._columns = tuple(self._bind(kind.columns, Reading(mapping, roster.zone_on)))
        self._who = [
            place
            for party in kind.parties
            for name in party.names
            if (place := layout.places.get(name)) is not None
        ]
        self._about: dict[tuple[Cell, ...], _About] = {}
        """By the cells that name the people."""
        self._unsaid = {
            column.field: column.blank
            for column in kind.columns
            if column.field in kind.key and column.name not in layout.places
        }
        """Parts of the key that the file has no column for."""

    def read(self, cells: Sequence[Cell]) -> Values:
        """The fields that the file sets; raises BadInput."""
        row = self._layout.row(cells)
        who = tuple([row[place] for place in self._who])
        about = self._about.get(who)
        if about is None:
            about = self._about[who] = self._meet(row)
        given = {field: meanings[row[place]] for field, place, meanings in about.columns}
        if self._kind.blank_says_nothing:
            given = {field: meaning for field, meaning in given.items() if meaning is not _UNSAID}
        for field, known in about.people:
            given[field] = known.id
        return given | self._unsaid if self._unsaid else given

    def _meet(self, row: Sequence[Cell]) -> _About:
        people = {party.field: self._person(party, row) for party in self._kind.parties}
        return _About(tuple(people.items()), tuple(self._on_their_walls(people)))

    def _person(self, party: Party, row: Sequence[Cell]) -> Known:
        places = self._layout.places
        email, name = (
            self._layout.ours(name, row[places[name]]) if name in places else "" for name in party.names
        )
        return self._roster.named(email, name, party.prefix)

    def _on_their_walls(self, people: dict[str, Known]) -> Iterator[_Bound]:
        """The columns, of which some mean another moment for each person."""
        by_field = {column.field: column for column in self._kind.columns}
        for bound in self._columns:
            column = by_field[bound[0]]
            if people and column.read in _BY_ZONE:
                owner = people[column.whose or self._kind.parties[0].field]
                yield from self._bind([column], Reading(self._mapping, owner.zone_on))
            else:
                yield bound

    def _bind(self, columns: Iterable[Column], reading: Reading) -> Iterator[_Bound]:
        for column in columns:
            place = self._layout.places.get(column.name)
            if place is not None:
                blank = _UNSAID if self._kind.blank_says_nothing else column.blank
                yield column.field, place, _Meanings(column, blank, self._layout, reading)
