"""What somebody's file is: of which kind, whose export, and the map that reads it."""

import shlex
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bot.core.enums import ImportKind
from bot.core.errors import BadInput
from bot.debriefs.domain import offline_sheet as sheets
from bot.imports.kinds.kind import Kind
from bot.imports.services import vendor_maps
from bot.imports.services.run import KINDS
from bot.imports.services.vendor_maps import VendorMap
from bot.tabular import child
from bot.tabular.files import Source, Where
from bot.tabular.mapping import Mapping


@dataclass(frozen=True, slots=True)
class Recognised:
    """`told`: whose export it was taken for; None where it has our own columns or somebody gave a map."""

    kind: ImportKind
    mapping: Mapping
    told: str | None = None


def recognised(
    path: Path, *, kind: ImportKind | None, mapping: Mapping | None, sheet: str = "", encoding: str = ""
) -> Recognised:
    """Raises BadInput for a file that cannot be opened, or that nobody can tell what it is."""
    if mapping is not None:
        given = _on_sheet(mapping, sheet)
        return Recognised(kind or _of_map(given), given)
    tables = _tables(path, sheet, encoding)
    found = next(filter(None, (_own(source, where, kind) for source, where in tables)), None)
    found = found or next(filter(None, (_vendors(source, where, kind) for source, where in tables)), None)
    if found is not None:
        return found
    if kind is not None:
        return Recognised(kind, _on_sheet(Mapping(), sheet))
    raise BadInput(
        f"I cannot tell what {path.name} is. `cornerman import {shlex.quote(path.name)} --suggest > MAP.toml` "
        "writes down what I guess of each column; correct it, and import with --map MAP.toml."
    )


def _on_sheet(mapping: Mapping, sheet: str) -> Mapping:
    return replace(mapping, where=replace(mapping.where, sheet=sheet)) if sheet else mapping


def _tables(path: Path, sheet: str, encoding: str) -> list[tuple[Source, Where]]:
    """Each sheet with its header where it is found, by our words and by those of the exports we know."""
    names = [sheet] if sheet else child.sheet_names(path) or [""]
    found = []
    for name in names:
        where = Where(sheet=name, encoding=encoding, wanted=_every_name())
        try:
            found.append((child.read_safely(path, where), where))
        except BadInput:
            if len(names) == 1:
                raise
    return found


def _every_name() -> frozenset[str]:
    ours = {name for kind in KINDS.values() for name in kind.names}
    theirs = {head.lower() for one in vendor_maps.every() for head in one.mapping.heads}
    return frozenset(ours | theirs)


def _own(source: Source, where: Where, kind: ImportKind | None) -> Recognised | None:
    """The kind that needs the most of the file's columns."""
    if sheets.is_ours(source.header):
        return Recognised(ImportKind.DEBRIEFS, Mapping(where=where))
    header = [head.lower() for head in source.header]
    fitting = [
        one for one in KINDS if kind in (None, one) and _fits(KINDS[one], header) and _is_meant(one, kind)
    ]
    best = max(fitting, key=lambda one: len(set(header) & set(KINDS[one].names)), default=None)
    return Recognised(best, Mapping(where=where)) if best else None


def _is_meant(one: ImportKind, kind: ImportKind | None) -> bool:
    return kind is not None or one is not ImportKind.DEBRIEFS


def _fits(kind: Kind, header: Sequence[str]) -> bool:
    names = set(header)
    required = {column.name for column in kind.columns if column.required}
    return required <= names and all(names & set(party.names) for party in kind.parties)


def _vendors(source: Source, where: Where, kind: ImportKind | None) -> Recognised | None:
    for one in vendor_maps.every():
        if kind in (None, one.kind) and one.fits(source.header) and _is_whole(one, source):
            return Recognised(one.kind, replace(one.on(source.header), where=where), one.name)
    return None


def _is_whole(one: VendorMap, source: Source) -> bool:
    mapping, kind = one.on(source.header), KINDS[one.kind]
    there = mapping.columns.keys() | mapping.constants.keys()
    return all(column.name in there for column in kind.columns if column.required) and all(
        not there.isdisjoint(party.names) for party in kind.parties
    )


def _of_map(mapping: Mapping) -> ImportKind:
    """The kind that has all columns the map speaks of, and asks for the fewest beside them."""
    ours = mapping.columns.keys() | mapping.constants.keys()
    fitting = [name for name, kind in KINDS.items() if ours <= set(kind.names)]

    def lacking(name: ImportKind) -> int:
        return sum(column.required and column.name not in ours for column in KINDS[name].columns)

    if not ours or not fitting:
        raise BadInput("The map's columns are those of no kind of file; say which it is with --kind.")
    return min(fitting, key=lacking)
