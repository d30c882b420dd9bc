"""The maps that come with the program: exports of CRMs and dialers, known by their headers."""

import tomllib
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from typing import Any

from bot.core.enums import ImportKind
from bot.tabular.heads import ByDirection, Heads, Together
from bot.tabular.heads import every as every_head
from bot.tabular.mapping import Mapping, parse

_FOLDER = "bot.imports.maps"


@dataclass(frozen=True, slots=True)
class VendorMap:
    """`headers`: names in small letters; a file that has all of them is such an export."""

    name: str
    kind: ImportKind
    headers: frozenset[str]
    mapping: Mapping

    def fits(self, header: Collection[str]) -> bool:
        return self.headers <= {head.lower() for head in header}

    def on(self, header: Sequence[str]) -> Mapping:
        """The map without the columns that this export leaves out: people choose what they export."""
        there = {head.lower() for head in header}
        columns = {
            ours: found
            for ours, theirs in self.mapping.columns.items()
            if (found := _there(theirs, there)) is not None
        }
        gone = self.mapping.columns.keys() - columns.keys()
        return replace(
            self.mapping,
            columns=columns,
            values={ours: said for ours, said in self.mapping.values.items() if ours not in gone},
            leave_out={head: said for head, said in self.mapping.leave_out.items() if head.lower() in there},
        )


@cache
def every() -> tuple[VendorMap, ...]:
    """Those that ask for the most headers first."""
    files = (file for file in resources.files(_FOLDER).iterdir() if file.name.endswith(".toml"))
    maps = [_read(tomllib.loads(file.read_text(encoding="utf-8"))) for file in files]
    return tuple(sorted(maps, key=lambda one: (-len(one.headers), one.name)))


def text_of(name: str) -> str:
    """The file as it is shipped, with its comments; blank for a name that no map has."""
    for file in resources.files(_FOLDER).iterdir():
        if file.name.endswith(".toml"):
            text = file.read_text(encoding="utf-8")
            if tomllib.loads(text)["recognise"]["name"] == name:
                return text
    return ""


def _there(theirs: Heads, there: Collection[str]) -> Heads | None:
    """What of them the export has; columns that only say something together are there together or not at all."""
    found = tuple(head for head in every_head(theirs) if head.lower() in there)
    if isinstance(theirs, ByDirection | Together):
        return theirs if len(found) == len(theirs) else None
    return (found[0] if len(found) == 1 else found) or None


def _read(document: dict[str, Any]) -> VendorMap:
    known = document.pop("recognise")
    headers = frozenset(str(head).lower() for head in known["headers"])
    return VendorMap(str(known["name"]), ImportKind(known["kind"]), headers, parse(document))
