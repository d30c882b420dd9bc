"""The file as a package of parts: which there are, of what kind, and which of them belong together."""

import posixpath
import re
import shutil
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from openpyxl.packaging.relationship import Relationship, RelationshipList
from openpyxl.xml.functions import fromstring

from bot.workbook.template import xml
from bot.workbook.template.unfit import Unfit

TYPES = "[Content_Types].xml"
_MAIN = re.compile(
    r"application/vnd\.(?:openxmlformats-officedocument\.spreadsheetml|ms-excel)\.(.+)\.main\+xml"
)
_KINDS = {
    "sheet": ".xlsx",
    "template": ".xlsx",
    "sheet.macroEnabled": ".xlsm",
    "template.macroEnabled": ".xlsm",
}
"""What kind of workbook it is, and how one that is made of it is called."""
_STRICT = b"http://purl.oclc.org/ooxml/"


@dataclass
class Package:
    """The parts of a workbook; `changed` are those that are written anew, None one that is left out."""

    packed: zipfile.ZipFile
    changed: dict[str, bytes | None] = field(default_factory=dict)

    @classmethod
    def open(cls, path: Path) -> "Package":
        """Raises Unfit for what is no workbook that can be filled."""
        with path.open("rb") as file:
            begins = file.read(8)
        if begins.startswith(b"\xd0\xcf\x11\xe0"):
            raise Unfit(
                "it is protected by a password or of the old kind (.xls); save it as .xlsx without a password"
            )
        if not begins.startswith(b"PK"):
            raise Unfit("it is no Excel workbook (.xlsx)")
        package = cls(zipfile.ZipFile(path))
        if package.packed.testzip() is not None:
            raise Unfit("it is damaged; open it in Excel, let it be mended, and save it again")
        package.suffix  # noqa: B018  refuses other kinds of files
        return package

    @property
    def names(self) -> list[str]:
        return self.packed.namelist()

    def read(self, name: str) -> bytes:
        """A part as it will be written; raises Unfit where the file lacks it."""
        if (content := self.changed.get(name)) is not None:
            return content
        try:
            return self.packed.read(name)
        except KeyError:
            raise Unfit(f"its part {name} is missing; it is damaged") from None

    def tree(self, name: str) -> Any:
        return fromstring(xml.check(self.read(name)))

    @cached_property
    def types(self) -> dict[str, str]:
        """The kind of each part that has one of its own."""
        return {
            one.attrib["PartName"].lstrip("/"): one.attrib["ContentType"]
            for one in self.tree(TYPES)
            if one.tag.endswith("}Override")
        }

    @cached_property
    def workbook(self) -> str:
        found = [name for name, kind in self.types.items() if _MAIN.fullmatch(kind)]
        if not found:
            raise Unfit("it is no Excel workbook (.xlsx); save it as one")
        return found[0]

    @cached_property
    def suffix(self) -> str:
        """`.xlsm` with macros, else `.xlsx`; raises Unfit for add-ins and for the strict dialect."""
        found = _MAIN.fullmatch(self.types[self.workbook])
        if found is None or found[1] not in _KINDS:
            raise Unfit("it is no Excel workbook (.xlsx); save it as one")
        if _STRICT in self.read(self.workbook)[:2000]:
            raise Unfit(
                "it is saved as a Strict Open XML workbook; save it as an ordinary Excel workbook (.xlsx)"
            )
        return _KINDS[found[1]]

    def related(self, name: str) -> dict[str, Relationship]:
        """What a part refers to inside the file, by id, with whole names of parts."""
        folder, file = posixpath.split(name)
        listed = f"{folder}/_rels/{file}.rels".lstrip("/")
        if listed not in self.names:
            return {}
        found: list[Relationship] = list(RelationshipList.from_tree(self.tree(listed)))
        inside = [one for one in found if one.TargetMode != "External"]
        for one in inside:
            one.target = posixpath.normpath(posixpath.join("/" + folder, one.target)).lstrip("/")
        return {one.id: one for one in inside}

    def of_kind(self, ending: str) -> Iterator[str]:
        """The parts whose kind ends so."""
        return (name for name, kind in self.types.items() if kind.endswith(ending) and name in self.names)

    def drop(self, name: str) -> None:
        """Leave a part out, with what the list of kinds and the workbook say of it."""
        self.changed[name] = None
        said = rb"<(\w+:)?Override(?=\s)[^>]*PartName=[\"']/%s[\"'][^>]*/>" % re.escape(name.encode())
        self.changed[TYPES] = re.sub(said, b"", self.read(TYPES))
        folder, file = posixpath.split(self.workbook)
        listed = f"{folder}/_rels/{file}.rels"
        target = posixpath.basename(name).encode()
        link = rb"<(\w+:)?Relationship(?=\s)[^>]*Target=[\"'][^\"']*\b%s[\"'][^>]*/>" % re.escape(target)
        self.changed[listed] = re.sub(link, b"", self.read(listed))

    def save(self, out: zipfile.ZipFile, streamed: Mapping[str, Path]) -> None:
        """Write every part in its order; those `streamed` come from files, piece by piece.

        Their sizes are told beforehand, so that only parts of gigabytes get the headers of ZIP64: not every reader of
        workbooks takes them.
        """
        for item in self.packed.infolist():
            name = item.filename
            if name in streamed:
                entry = _entry(item)
                entry.file_size = streamed[name].stat().st_size
                with out.open(entry, "w") as part, streamed[name].open("rb") as file:
                    shutil.copyfileobj(file, part, 1 << 20)
            elif name not in self.changed:
                out.writestr(_entry(item), self.packed.read(item))
            elif (content := self.changed[name]) is not None:
                out.writestr(_entry(item), content)


def _entry(item: zipfile.ZipInfo) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(item.filename, item.date_time)
    entry.compress_type = zipfile.ZIP_DEFLATED if item.compress_type else zipfile.ZIP_STORED
    entry.external_attr = item.external_attr
    return entry
