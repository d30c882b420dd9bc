"""Which cell of a line is which of our columns: the header and the map, bound once a file."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from bot.errors import BadInput
from bot.services.imports import cells
from bot.services.imports.mapping import Mapping
from bot.services.imports.reading import Cell


@dataclass(frozen=True, slots=True)
class Layout:
    places: dict[str, int]
    """Our columns and where in a row they stand; the map's constants stand behind the cells of the file."""
    values: dict[str, dict[str, str]]
    constants: tuple[str, ...]
    width: int
    ignored: tuple[str, ...]
    """Columns of the file that nothing is made of."""

    def row(self, given: Sequence[Cell]) -> Sequence[Cell]:
        """A line's cells and the constants; raises BadInput for a line with more cells than columns."""
        if len(given) != self.width:
            given = self._fitted(given)
        return [*given, *self.constants] if self.constants else given

    def ours(self, name: str, cell: Cell) -> Cell:
        """The cell in our words, where the map gives some for theirs."""
        if name not in self.values:
            return cell
        said, ours = cells.text(cell), self.values[name]
        return ours.get(said, ours.get(said.lower(), said))

    def _fitted(self, given: Sequence[Cell]) -> Sequence[Cell]:
        if any(cell != "" for cell in given[self.width :]):
            raise BadInput(
                "the row has more cells than the header has columns; is a text without its quotes?"
            )
        return [*given[: self.width], *[""] * (self.width - len(given))]


def bind(header: Sequence[str], mapping: Mapping, *, known: Collection[str]) -> Layout:
    """Raises BadInput where the map and the file do not belong together."""
    _require_known(mapping, known)
    heads = [head.lower() for head in header]
    theirs = {ours: head.lower() for ours, head in mapping.columns.items()}
    taken = set(theirs.values())
    wanted = {name: name for name in known if name in heads and name not in taken} | theirs
    places = {
        name: _place(heads, head)
        for name, head in wanted.items()
        if name in theirs or name not in mapping.constants
    }
    used = set(places.values())
    return Layout(
        places | {name: place for place, name in enumerate(mapping.constants, start=len(header))},
        {name: _with_lower(mapping.values[name]) for name in places if name in mapping.values},
        tuple(mapping.constants.values()),
        len(header),
        tuple(head for place, head in enumerate(header) if place not in used and head),
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


def _with_lower(values: dict[str, str]) -> dict[str, str]:
    return {theirs.lower(): ours for theirs, ours in values.items()} | values
