"""How filled cells look: as the template's column does, with a format for what it shows as a bare number."""

import re
from functools import cached_property

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format

from bot.workbook.domain.sheets import Style
from bot.workbook.excel.styles import FORMATS
from bot.workbook.template import xml
from bot.workbook.template.package import Package

_DAYS = (Style.DAY, Style.MOMENT)
_WORDS = (Style.TEXT, Style.LONG)
_GENERAL = 0


class Looks:
    """The cell styles of the template, and those added to them."""

    def __init__(self, package: Package) -> None:
        self._part = next(package.of_kind(".styles+xml"), None)
        self._content = package.read(self._part) if self._part else b""
        self._prefix = xml.prefix(self._content)
        self._added: list[bytes] = []
        self._formats: dict[str, int] = {}
        self._known: dict[tuple[int, Style, bool, bool], int] = {}

    def of(self, base: int, style: Style, *, quoted: bool = False, own: bool = False) -> int:
        """The number of the template's style `base`, or of one like it that shows this kind of value.

        `own`: the value is of another kind than its column's, whatever the template has for the column.
        """
        key = (base, style, quoted, own)
        if key not in self._known:
            self._known[key] = self._found(base, style, quoted, own)
        return self._known[key]

    def save(self, package: Package) -> None:
        if not self._part or not self._added:
            return
        package.changed[self._part] = self._with_formats(self._with_styles(self._content))

    def _found(self, base: int, style: Style, quoted: bool, own: bool) -> int:
        if base >= len(self._styles):
            return base
        wanted = self._format(FORMATS[style]) if own or self._needs(base, style) else None
        if wanted is None and not quoted:
            return base
        head, rest = re.fullmatch(rb"(<[^>]*>)(.*)", self._styles[base], re.DOTALL).groups()  # type: ignore[union-attr]
        if wanted is not None:
            head = xml.put(xml.put(head, "numFmtId", str(wanted)), "applyNumberFormat", "1")
        if quoted:
            head = xml.put(head, "quotePrefix", "1")
        self._added.append(head + rest)
        return len(self._styles) + len(self._added) - 1

    def _needs(self, base: int, style: Style) -> bool:
        """Whether the value would show as a bare number: a day in a column that is not formatted for days."""
        number = int(xml.get(self._styles[base], "numFmtId") or _GENERAL)
        if style in _WORDS:
            return False
        if style in _DAYS:
            return not is_date_format(self._own_formats.get(number) or BUILTIN_FORMATS.get(number, "General"))
        return number == _GENERAL

    def _format(self, code: str) -> int:
        if code not in self._formats:
            known = {said: number for number, said in self._own_formats.items()}
            free = max([163, *self._own_formats, *self._formats.values()]) + 1
            self._formats[code] = known.get(code, free)
        return self._formats[code]

    @cached_property
    def _styles(self) -> list[bytes]:
        p = self._prefix
        found = re.search(rb"<%scellXfs[\s>].*?</%scellXfs>" % (p, p), self._content, re.DOTALL)
        pattern = rb"<%sxf(?=[\s/>])[^>]*?(?:/>|>.*?</%sxf>)" % (p, p)
        return re.findall(pattern, found[0], re.DOTALL) if found else []

    @cached_property
    def _own_formats(self) -> dict[int, str]:
        p = self._prefix
        listed = re.search(rb"<%snumFmts[\s>].*?</%snumFmts>" % (p, p), self._content, re.DOTALL)
        tags = re.findall(rb"<%snumFmt(?=\s)[^>]*>" % p, listed[0]) if listed else []
        return {
            int(xml.get(tag, "numFmtId") or 0): xml.unescaped((xml.get(tag, "formatCode") or "").encode())
            for tag in tags
        }

    def _with_styles(self, content: bytes) -> bytes:
        closing = b"</%scellXfs>" % self._prefix
        content = content.replace(closing, b"".join(self._added) + closing, 1)
        count = str(len(self._styles) + len(self._added))
        return xml.put_in(content, self._prefix + b"cellXfs", "count", count)

    def _with_formats(self, content: bytes) -> bytes:
        p = self._prefix
        new = [one for one in self._formats.items() if one[1] not in self._own_formats]
        if not new:
            return content
        tags = b"".join(
            xml.put(xml.put(b"<%snumFmt/>" % p, "numFmtId", str(number)), "formatCode", code)
            for code, number in new
        )
        closing = b"</%snumFmts>" % p
        if closing in content:
            content = content.replace(closing, tags + closing, 1)
            return xml.put_in(content, p + b"numFmts", "count", str(len(self._own_formats) + len(new)))
        root = re.search(rb"<%sstyleSheet(?=[\s>])[^>]*>" % p, content)
        at = root.end() if root else 0
        return content[:at] + b'<%snumFmts count="%d">%s%s' % (p, len(new), tags, closing) + content[at:]
