"""A file opened for one kind: the sheet and header found, columns bound, and what the cells say of how to read them."""

from dataclasses import dataclass, replace
from pathlib import Path

from bot.core.enums import ImportKind
from bot.core.errors import BadInput
from bot.debriefs.services import offline_sheet
from bot.imports.kinds.kind import Kind
from bot.imports.services.doubts import refuse_units
from bot.imports.services.formats import settled
from bot.tabular import child
from bot.tabular import layout as layouts
from bot.tabular.files import Source
from bot.tabular.layout import Layout
from bot.tabular.mapping import Mapping


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
        source = offline_sheet.narrowed(source, path.name)
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
