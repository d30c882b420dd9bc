"""A file opened for one kind: the sheet and header found, columns bound, and what the cells say of how to read
them.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from bot.core.enums import ImportKind
from bot.core.errors import BadInput
from bot.debriefs.services import offline
from bot.imports.kinds.kind import Kind
from bot.imports.services.doubts import refuse_units
from bot.imports.services.parser import is_header
from bot.tabular import cells, child, date_shapes, moments, money
from bot.tabular import layout as layouts
from bot.tabular.date_shapes import Told
from bot.tabular.files import Source
from bot.tabular.layout import Layout
from bot.tabular.line import Cell
from bot.tabular.mapping import Mapping
from bot.tabular.words import NotOurs


@dataclass(frozen=True, slots=True)
class Opened:
    """`mapping` is the one given, with what was told from the cells; `notes` and `doubts` speak of that."""

    source: Source
    layout: Layout
    mapping: Mapping
    notes: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()


def opened(path: Path, name: ImportKind, kind: Kind, mapping: Mapping) -> Opened:
    """Raises BadInput where the file or the map as a whole is wrong."""
    source, sheet = _source(path, kind, mapping)
    if name is ImportKind.DEBRIEFS:
        source = offline.narrowed(source, path.name)
    layout = _bound(source, kind, mapping)
    refuse_units(layout, mapping)
    told = settled(source, layout, kind, mapping)
    return Opened(source, layout, told.mapping, (*_place(source, sheet), *told.notes), told.doubts)


def _source(path: Path, kind: Kind, mapping: Mapping) -> tuple[Source, str]:
    """The sheet that the map names; else the first one with the columns needed, or the first of all."""
    where = replace(mapping.where, wanted=_wanted(kind, mapping))
    names = [] if where.sheet else child.sheet_names(path)
    if len(names) < 2:
        return child.read_safely(path, where), where.sheet
    for name in names:
        try:
            source = child.read_safely(path, replace(where, sheet=name))
            _bound(source, kind, mapping)
        except BadInput:
            continue
        return source, name if name != names[0] else ""
    return child.read_safely(path, where), ""


def _wanted(kind: Kind, mapping: Mapping) -> frozenset[str]:
    return frozenset(name.lower() for name in (mapping.heads or set(kind.names)) | mapping.heads)


def _bound(source: Source, kind: Kind, mapping: Mapping) -> Layout:
    bound = layouts.bind(source.header, mapping, known=kind.names, together=joined(kind))
    missing = [column.name for column in kind.columns if column.required and column.name not in bound.places]
    missing += [party.names[0] for party in kind.parties if bound.places.keys().isdisjoint(party.names)]
    if missing:
        raise BadInput(
            f"The file lacks {', '.join(missing)}; it has {', '.join(filter(None, source.header))}."
        )
    return bound


def joined(kind: Kind) -> set[str]:
    """Columns of ours that several of theirs make together: keys, and the name of a person who is put on the roster."""
    of_key = {
        column.name for column in kind.columns if column.field in kind.key and column.field.endswith("_key")
    }
    return of_key | ({"name"} if not kind.key else set())


def _place(source: Source, sheet: str) -> list[str]:
    on = f" of the sheet “{sheet}”" if sheet else ""
    if source.header_row == 1 and not sheet:
        return []
    return [f"The header stands on line {source.header_row}{on}."]


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
