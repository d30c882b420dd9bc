"""References that end where a table ended end where it ends now: in charts, names, pivots, colours and checks."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from openpyxl.utils.cell import column_index_from_string

from bot.workbook.template import xml
from bot.workbook.template.layout import Area

_RANGE = re.compile(r"(\$?)([A-Z]{1,3})(\$?)(\d+)(?::(\$?)([A-Z]{1,3})(\$?)(\d+))?")
_LISTED = re.compile(rb"""(?<=\s)sqref\s*=\s*["']([^"']*)["']""")
_REFERENCE = re.compile(
    rb"(<(?:\w+:)?(?:f|sqref|formula1)(?:\s[^>]*)?>)([^<]*)(</(?:\w+:)?(?:f|sqref|formula1)>)"
)
_CACHE = re.compile(
    rb"(<((?:\w+:)?)f(?:\s[^>]*)?>[^<\[]*</(?:\w+:)?f>)\s*<\2(str|num|multiLvlStr)Cache(?:\s[^>]*)?>.*?</\2\3Cache>",
    re.DOTALL,
)
_NAME = re.compile(rb"(<(?:\w+:)?definedName(?:\s[^>]*)?>)([^<]*)(</(?:\w+:)?definedName>)")


@dataclass(frozen=True, slots=True)
class Growth:
    """A table's place before, and its last row now."""

    before: Area
    last: int

    @property
    def end(self) -> int:
        return self.last + self.before.totals

    def row(self, left: int, top: int, right: int, bottom: int) -> int | None:
        """The last row of a range that ended with the table; None for any other."""
        was = self.before
        if right < was.left or left > was.right or top not in (was.header, was.first):
            return None
        return {was.last: self.last, was.end: self.end}.get(bottom)


def grown(said: str, growths: Sequence[Growth], *, cells: bool = True) -> str:
    """A range (`B2:B9`, `$B$2`) of the sheet that the growths are of. `cells`: a single cell may become a range."""
    found = _RANGE.fullmatch(said)
    if found is None or (found[8] is None and not cells):
        return said
    left, top = column_index_from_string(found[2]), int(found[4])
    right, bottom = (column_index_from_string(found[6]), int(found[8])) if found[8] else (left, top)
    last = next((row for one in growths if (row := one.row(left, top, right, bottom))), None)
    if last is None or last == bottom:
        return said
    start = f"{found[1]}{found[2]}{found[3]}{found[4]}"
    if found[8] is None:
        return f"{start}:{start[: -len(found[4])]}{last}"
    return f"{start}:{found[5]}{found[6]}{found[7]}{last}"


def grown_elsewhere(said: str, growths: Sequence[Growth], *, cells: bool = True) -> str:
    """The same of ranges that name their sheets (`'My data'!$B$2:$B$9`), one or several with commas."""
    return ",".join(
        _named(one, growths, cells=cells) for one in re.split(r",(?=(?:[^']*'[^']*')*[^']*$)", said)
    )


def _named(said: str, growths: Sequence[Growth], *, cells: bool) -> str:
    sheet, mark, cells_said = said.rpartition("!")
    name = sheet[1:-1].replace("''", "'") if sheet.startswith("'") else sheet
    own = [one for one in growths if one.before.sheet.casefold() == name.casefold()]
    return f"{sheet}{mark}{grown(cells_said, own, cells=cells)}" if mark and own else said


def in_sheet(content: bytes, own: Sequence[Growth], every: Sequence[Growth]) -> bytes:
    """Of a sheet's colours, checks and sparklines, whatever stands around its cells."""

    def listed(found: re.Match[bytes]) -> bytes:
        return b'sqref="' + _each(found[1], own) + b'"'

    def referred(found: re.Match[bytes]) -> bytes:
        if b"sqref" in found[1]:
            return found[1] + _each(found[2], own) + found[3]
        return found[1] + _elsewhere(found[2], every) + found[3]

    return _REFERENCE.sub(referred, _LISTED.sub(listed, content))


def _each(said: bytes, own: Sequence[Growth]) -> bytes:
    return " ".join(grown(one, own) for one in said.decode().split()).encode()


def _elsewhere(said: bytes, every: Sequence[Growth], *, cells: bool = True) -> bytes:
    was = xml.unescaped(said)
    now = grown_elsewhere(was, every, cells=cells)
    return said if now == was else xml.escaped(now)


def in_chart(content: bytes, every: Sequence[Growth]) -> bytes:
    """What the chart is drawn from; the numbers that it kept of it are last time's, and go."""
    moved = _REFERENCE.sub(lambda found: found[1] + _elsewhere(found[2], every) + found[3], content)
    return _CACHE.sub(rb"\1", moved)


def in_names(content: bytes, every: Sequence[Growth]) -> bytes:
    """Of the workbook's names for ranges; the name of a single cell stays one."""
    return _NAME.sub(lambda found: found[1] + _elsewhere(found[2], every, cells=False) + found[3], content)


def in_pivot(content: bytes, every: Sequence[Growth]) -> bytes:
    """A pivot reads its source anew as the file is opened."""
    p = xml.prefix(content)
    source = re.search(rb"<%sworksheetSource(?=\s)[^>]*>" % p, content)
    if source is None:
        return content
    sheet, said = xml.get(source[0], "sheet"), xml.get(source[0], "ref")
    if sheet and said:
        named = [one for one in every if one.before.sheet == xml.unescaped(sheet.encode())]
        content = xml.put_in(content, p + b"worksheetSource", "ref", grown(said, named))
    return xml.put_in(content, p + b"pivotCacheDefinition", "refreshOnLoad", "1")
