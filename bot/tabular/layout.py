"""Which cells of a line are which of our columns: the header and the map, bound once a file."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import NamedTuple

from bot.core.enums import Direction
from bot.core.errors import BadInput
from bot.tabular import cells
from bot.tabular.heads import ByDirection, Together
from bot.tabular.line import Cell
from bot.tabular.mapping import LEFT_OUT
from bot.tabular.mapping import Mapping as Map
from bot.tabular.words import LeaveOut, NotOurs, Words


class Several(NamedTuple):
    places: tuple[int, ...]
    together: bool
    """All that are filled make the cell; else the first of them is it."""

    def of(self, row: Sequence[Cell]) -> Cell:
        filled = [row[place] for place in self.places if not is_blank(row[place])]
        if not self.together:
            return filled[0] if filled else ""
        return " ".join(map(_in_words, filled))


class Sided(NamedTuple):
    """The caller's or the called one's cell, by who called."""

    inbound: int
    outbound: int
    direction: int
    words: Words

    def of(self, row: Sequence[Cell]) -> Cell:
        """Blank where the direction is neither; raises NotOurs for a row to leave out."""
        said = cells.text(row[self.direction])
        meant = self.words.meaning(said).lower()
        if meant == LEFT_OUT:
            raise NotOurs(f"direction: the map ignores “{said}”.")
        if meant not in tuple(Direction):
            return ""
        return row[self.inbound if meant == Direction.INBOUND else self.outbound]


Made = Several | Sided


def is_blank(cell: Cell) -> bool:
    return cell == "" or (isinstance(cell, str) and cell.isspace())


def _in_words(cell: Cell) -> str:
    """A workbook's day is a midnight, and its time of day stands alone."""
    if isinstance(cell, datetime) and cell.time() == time.min:
        return cell.date().isoformat()
    return cells.text(cell)


_DIRECTION = "direction"


@dataclass(frozen=True, slots=True)
class Layout:
    places: dict[str, int]
    """Our columns and where in a row they stand; the map's constants stand behind the cells of the file, and then
    what is made of several of them."""
    values: dict[str, Words]
    constants: tuple[str, ...]
    made: tuple[Made, ...]
    left_out: tuple[LeaveOut, ...]
    ignoring: tuple[str, ...]
    """Our columns with words of rows that are none of ours."""
    width: int
    ignored: tuple[str, ...]
    """Columns of the file that nothing is made of."""
    heads: dict[str, str]
    """The names of theirs that ours stand for."""

    def row(self, given: Sequence[Cell]) -> Sequence[Cell]:
        """A line's cells and the constants; raises BadInput for a line with more cells than columns, and NotOurs."""
        if len(given) != self.width:
            given = self._fitted(given)
        for one in self.left_out:
            one.look(cells.text(given[one.place]))
        whole = given
        if self.constants or self.made:
            whole = [*given, *self.constants, *(one.of(given) for one in self.made)]
        for name in self.ignoring:
            self.ours(name, whole[self.places[name]])
        return whole

    def ours(self, name: str, cell: Cell) -> Cell:
        """The cell in our words, where the map gives some for theirs; raises NotOurs for a row to leave out."""
        words = self.values.get(name)
        if words is None:
            return cell
        said = cells.text(cell)
        meant = words.meaning(said)
        if meant == LEFT_OUT:
            raise NotOurs(f"{name}: the map ignores “{said}”.")
        return meant

    def _fitted(self, given: Sequence[Cell]) -> Sequence[Cell]:
        if not all(map(is_blank, given[self.width :])):
            raise BadInput(
                "the row has more cells than the header has columns; is a text without its quotes?"
            )
        return [*given[: self.width], *[""] * (self.width - len(given))]


def bind(
    header: Sequence[str], mapping: Map, *, known: Collection[str], together: Collection[str] = ()
) -> Layout:
    """Raises BadInput where the map and the file do not belong together.

    Of our columns in `together` several of theirs make one; of all others the first that is filled counts.
    """
    _require_known(mapping, known)
    heads = [head.lower() for head in header]
    theirs = {ours: [_place(heads, head.lower()) for head in named] for ours, named in mapping.named()}
    left_out = [
        LeaveOut.of(head, _place(heads, head.lower()), said) for head, said in mapping.leave_out.items()
    ]
    taken = {place for places in theirs.values() for place in places} | {one.place for one in left_out}
    own = {
        name: _place(heads, name)
        for name in known
        if name in heads
        and name not in theirs
        and name not in mapping.constants
        and heads.index(name) not in taken
    }
    single = own | {name: places[0] for name, places in theirs.items() if len(places) == 1}
    values = {name: Words.of(said) for name, said in mapping.values.items()}
    ignoring = [name for name, words in values.items() if LEFT_OUT in words.exact.values()]
    made = dict(_made(mapping, theirs, together, single.get(_DIRECTION), values))
    extra = [*mapping.constants, *made]
    places = single | {name: place for place, name in enumerate(extra, start=len(header))}
    return Layout(
        places,
        values,
        tuple(mapping.constants.values()),
        tuple(made.values()),
        tuple(left_out),
        tuple(name for name in ignoring if name in places),
        len(header),
        tuple(head for at, head in enumerate(header) if head and at not in taken and at not in own.values()),
        {name: header[at] for name, at in own.items()}
        | {name: ", ".join(header[at] for at in places) for name, places in theirs.items()},
    )


def _made(
    mapping: Map,
    theirs: Mapping[str, Sequence[int]],
    together: Collection[str],
    direction: int | None,
    values: Mapping[str, Words],
) -> Iterator[tuple[str, Made]]:
    for name, places in theirs.items():
        heads = mapping.columns[name]
        if isinstance(heads, ByDirection):
            if direction is None:
                raise BadInput(
                    f"The map tells {name} by who called; say which column that is: direction = “…” in [columns]."
                )
            yield name, Sided(places[0], places[1], direction, values.get(_DIRECTION, Words.of({})))
        elif len(places) > 1:
            yield name, Several(tuple(places), name in together or isinstance(heads, Together))


def _require_known(mapping: Map, known: Collection[str]) -> None:
    for table in (mapping.columns, mapping.values, mapping.constants):
        for name in table:
            if name not in known:
                raise BadInput(
                    f"The map speaks of “{name}”, which this kind of file does not have; it has {', '.join(known)}."
                )
    both = mapping.columns.keys() & mapping.constants.keys()
    if both:
        raise BadInput(f"The map gives “{min(both)}” a column and a constant; choose one.")


def _place(heads: Sequence[str], head: str) -> int:
    if heads.count(head) == 1:
        return heads.index(head)
    how = "more than one column" if head in heads else "no column"
    raise BadInput(f"The file has {how} “{head}”; it has {', '.join(heads)}.")
