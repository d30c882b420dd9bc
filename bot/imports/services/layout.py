"""Which cell of a line is which of our columns: the header and the map, bound once a file."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from bot.core.errors import BadInput
from bot.tabular import cells
from bot.tabular.line import Cell
from bot.tabular.mapping import BLANK, EVERY_OTHER, LEFT_OUT, Mapping


class NotOurs(Exception):
    """The map says that rows with this word are none of ours; `str(error)` says which."""


class Several(NamedTuple):
    """One of our columns that is made of several of theirs."""

    places: tuple[int, ...]
    together: bool
    """All that are filled make the cell; else the first of them is it."""

    def of(self, row: Sequence[Cell]) -> Cell:
        filled = [row[place] for place in self.places if not _is_blank(row[place])]
        if not self.together:
            return filled[0] if filled else ""
        return " ".join(map(cells.text, filled))


@dataclass(frozen=True, slots=True)
class Layout:
    places: dict[str, int]
    """Our columns and where in a row they stand; the map's constants stand behind the cells of the file, and then
    what is made of several of them."""
    values: dict[str, dict[str, str]]
    constants: tuple[str, ...]
    several: tuple[Several, ...]
    width: int
    ignored: tuple[str, ...]
    """Columns of the file that nothing is made of."""
    heads: dict[str, str]
    """The names of theirs that ours stand for."""

    def row(self, given: Sequence[Cell]) -> Sequence[Cell]:
        """A line's cells and the constants; raises BadInput for a line with more cells than columns."""
        if len(given) != self.width:
            given = self._fitted(given)
        if not self.constants and not self.several:
            return given
        return [*given, *self.constants, *(one.of(given) for one in self.several)]

    def ours(self, name: str, cell: Cell) -> Cell:
        """The cell in our words, where the map gives some for theirs; raises NotOurs for a row to leave out."""
        values = self.values.get(name)
        if values is None:
            return cell
        said = cells.text(cell)
        if not said:
            meant = values.get(BLANK, "")
        else:
            meant = values.get(said, values.get(said.lower(), values.get(EVERY_OTHER, said)))
        if meant == LEFT_OUT:
            raise NotOurs(f"{name}: the map ignores “{said}”.")
        return meant

    def _fitted(self, given: Sequence[Cell]) -> Sequence[Cell]:
        if not all(map(_is_blank, given[self.width :])):
            raise BadInput(
                "the row has more cells than the header has columns; is a text without its quotes?"
            )
        return [*given[: self.width], *[""] * (self.width - len(given))]


def bind(
    header: Sequence[str], mapping: Mapping, *, known: Collection[str], together: Collection[str] = ()
) -> Layout:
    """Raises BadInput where the map and the file do not belong together.

    Of our columns in `together` several of theirs make one; of all others the first that is filled counts.
    """
    _require_known(mapping, known)
    heads = [head.lower() for head in header]
    theirs = {ours: [_place(heads, head.lower()) for head in named] for ours, named in mapping.named()}
    taken = {place for places in theirs.values() for place in places}
    own = {
        name: _place(heads, name)
        for name in known
        if name in heads
        and name not in theirs
        and name not in mapping.constants
        and heads.index(name) not in taken
    }
    several = {name: Several(tuple(at), name in together) for name, at in theirs.items() if len(at) > 1}
    extra = [*mapping.constants, *several]
    return Layout(
        own
        | {name: places[0] for name, places in theirs.items() if len(places) == 1}
        | {name: place for place, name in enumerate(extra, start=len(header))},
        {name: _with_lower(values) for name, values in mapping.values.items()},
        tuple(mapping.constants.values()),
        tuple(several.values()),
        len(header),
        tuple(head for at, head in enumerate(header) if head and at not in taken and at not in own.values()),
        {name: header[at] for name, at in own.items()}
        | {name: ", ".join(header[at] for at in places) for name, places in theirs.items()},
    )


def _require_known(mapping: Mapping, known: Collection[str]) -> None:
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


def _is_blank(cell: Cell) -> bool:
    return cell == "" or (isinstance(cell, str) and cell.isspace())


def _with_lower(values: dict[str, str]) -> dict[str, str]:
    return {theirs.lower(): ours for theirs, ours in values.items()} | values
