"""How a file writes its dates and decimals, told from all cells of a column where nobody has said it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import islice

from bot.core.errors import BadInput
from bot.imports.kinds.kind import Kind
from bot.imports.services.no_rows import is_header
from bot.tabular import cells, date_shapes, moments, money
from bot.tabular.date_shapes import Told
from bot.tabular.files import Source
from bot.tabular.layout import Layout
from bot.tabular.line import Cell
from bot.tabular.mapping import Mapping
from bot.tabular.words import NotOurs

_FIRST = 300
"""Rows by which a column is seen to need more than ISO 8601."""
_MOST = 20_000
"""Different texts of one column that are looked at."""
_DATES = (cells.instant, cells.day)
_AMOUNTS = (cells.amount, cells.signed_amount, cells.rate)


@dataclass(frozen=True, slots=True)
class Settled:
    """The map with what was told; `doubts` are what can be read in two ways."""

    mapping: Mapping
    notes: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()


def settled(source: Source, layout: Layout, kind: Kind, mapping: Mapping) -> Settled:
    """What the map says stands; the rest is told from the cells, or left as it is."""
    odd = _odd_dates(source, layout, kind, mapping)
    amounts = [] if mapping.decimal else _places(layout, kind, _AMOUNTS)
    if not odd and not amounts:
        return Settled(mapping)
    texts = _texts(source, layout, [*odd.values(), *(layout.places[name] for name in amounts)])
    decimal = _decimal(texts[layout.places[name]] for name in amounts)
    told = date_shapes.told({name: texts[place] for name, place in odd.items()})
    formats = {name: (*forms, *moments.NAMED) for name, forms in told.formats.items() if forms}
    changed = replace(
        mapping,
        decimal=decimal or mapping.decimal,
        column_formats=formats | mapping.column_formats,
    )
    return Settled(changed, tuple(_notes(told)), told.doubts)


def _odd_dates(source: Source, layout: Layout, kind: Kind, mapping: Mapping) -> dict[str, int]:
    """Places of the date columns whose cells are not all ISO 8601 and whose format nobody has said."""
    names = [name for name in _places(layout, kind, _DATES) if not mapping.formats_of(name)]
    unsaid = {name: layout.places[name] for name in names}
    first = _texts(source, layout, unsaid.values(), rows=_FIRST)
    return {name: at for name, at in unsaid.items() if not all(map(date_shapes.is_plain, first[at]))}


def _places(layout: Layout, kind: Kind, readers: tuple[object, ...]) -> list[str]:
    return [
        column.name
        for column in kind.columns
        if column.read in readers and column.name in layout.places and column.name in layout.heads
    ]


def _texts(
    source: Source, layout: Layout, places: Iterable[int], *, rows: int | None = None
) -> dict[int, set[str]]:
    """The different texts that stand in each place."""
    wanted = list(places)
    found: dict[int, set[str]] = {place: set() for place in wanted}
    if not wanted:
        return found
    for line in islice(source.lines(), rows):
        if is_header(line.cells, source.header):
            continue
        try:
            row = layout.row(line.cells)
        except (BadInput, NotOurs):
            continue
        for place in wanted:
            said = _said(row[place])
            if said and len(found[place]) < _MOST:
                found[place].add(said)
    return found


def _said(cell: Cell) -> str:
    return cell.strip() if isinstance(cell, str) else ""


def _decimal(columns: Iterable[set[str]]) -> str:
    signs = {money.tells_its_decimal_sign(said) for texts in columns for said in texts} - {""}
    return signs.pop() if len(signs) == 1 else ""


def _notes(told: Told) -> Iterable[str]:
    by_forms: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for name, forms in told.formats.items():
        by_forms[forms].append(name)
    for forms, names in by_forms.items():
        if forms:
            yield f"Dates are read as {' or '.join(forms)} ({', '.join(names)})."
