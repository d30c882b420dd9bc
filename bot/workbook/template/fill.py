"""The template with its tables filled, whole: their sheets, and every part that tells of them."""

import re
import zipfile
from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import combinations
from pathlib import Path

from bot.workbook.template import layout, ranges, xml
from bot.workbook.template.cells import Formulas, letters
from bot.workbook.template.filling import Filling, Rows
from bot.workbook.template.layout import Placed
from bot.workbook.template.looks import Looks
from bot.workbook.template.package import TYPES, Package
from bot.workbook.template.ranges import Growth
from bot.workbook.template.sheet import Sheet

MOST_ROWS = 1_048_576
_CHARTS = ("drawingml.chart+xml", "ms-office.chartex+xml")


def fill(path: Path, given: Mapping[str, Rows], out: Path) -> dict[str, list[str]]:
    """Write the template to `out` with what is given for its tables, by their names in small letters.

    Returns, by table, the columns that were left empty since what was typed into them belonged to other rows.
    Raises Unfit where it cannot be done without breaking something.
    """
    package = Package.open(path)
    placed = layout.tables(package)
    looks, since_1904 = Looks(package), _since_1904(package)
    fillings = [
        Filling(one, given[one.name.casefold()], looks, since_1904)
        for one in placed
        if one.name.casefold() in given
    ]
    _demand_room(placed, fillings)
    growths = [one.growth for one in fillings]
    by_page: dict[str, list[Filling]] = defaultdict(list)
    for one in fillings:
        by_page[one.placed.page].append(one)
        package.changed[one.placed.part] = _table(package.read(one.placed.part), one)
    _retell(package, growths, set(by_page))
    _write(package, by_page, growths, looks, out)
    return {one.placed.name: one.left_out for one in fillings if one.left_out}


def _write(
    package: Package,
    by_page: Mapping[str, list[Filling]],
    growths: Sequence[Growth],
    looks: Looks,
    out: Path,
) -> None:
    """The sheets first, into a file beside: what they need of styles is known when they are written."""
    beside = {page: out.with_name(f"{out.name}.{n}") for n, page in enumerate(by_page)}
    for page, file in beside.items():
        with file.open("wb") as part:
            part.writelines(Sheet(package.read(page), by_page[page], growths).pieces())
    looks.save(package)
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as written:
        package.save(written, beside)
    for file in beside.values():
        file.unlink()


def _retell(package: Package, growths: Sequence[Growth], filled: set[str]) -> None:
    """The parts that tell of the tables, or keep what was calculated from them."""
    for name in package.of_kind(".worksheet+xml"):
        content = package.read(name)
        if name not in filled and b"f>" in content:
            told = Formulas(xml.prefix(content)).without_value(content)
            package.changed[name] = ranges.in_sheet(told, (), growths)
    for kind in _CHARTS:
        for name in package.of_kind(kind):
            package.changed[name] = ranges.in_chart(package.read(name), growths)
    for name in package.of_kind(".pivotCacheDefinition+xml"):
        package.changed[name] = ranges.in_pivot(package.read(name), growths)
    for name in package.of_kind(".calcChain+xml"):
        package.drop(name)
    book = ranges.in_names(package.read(package.workbook), growths)
    package.changed[package.workbook] = _calculated_anew(book)
    kinds = package.read(TYPES)
    package.changed[TYPES] = re.sub(rb"\.template(\.macroEnabled)?\.main\+xml", _no_template, kinds)


def _no_template(kind: re.Match[bytes]) -> bytes:
    return b".sheet" + (kind[1] or b"") + b".main+xml"


def _calculated_anew(book: bytes) -> bytes:
    """Every formula is calculated as the file is opened."""
    p = xml.prefix(book)
    if re.search(rb"<%scalcPr(?=[\s/>])" % p, book):
        return xml.put_in(book, p + b"calcPr", "fullCalcOnLoad", "1")
    tag = b'<%scalcPr fullCalcOnLoad="1"/>' % p
    for before in (b"definedNames", b"externalReferences", b"functionGroups", b"sheets"):
        closing = b"</%s%s>" % (p, before)
        if closing in book:
            return book.replace(closing, closing + tag, 1)
    return book


def _since_1904(package: Package) -> bool:
    book = package.read(package.workbook)
    found = re.search(rb"<%sworkbookPr(?=[\s/>])[^>]*>" % xml.prefix(book), book)
    return found is not None and (xml.get(found[0], "date1904") or "") in ("1", "true")


def _table(content: bytes, one: Filling) -> bytes:
    """The table's part with its place as it is now; what its filter hid shows again, and no order is claimed."""
    p, area = xml.prefix(content), one.area
    content = re.sub(
        rb"<%ssortState(?=\s)[^>]*?(?:/>|>.*?</%ssortState>)" % (p, p), b"", content, flags=re.DOTALL
    )
    content = re.sub(
        rb"<%sfilterColumn(?=\s)[^>/]*>.*?</%sfilterColumn>" % (p, p), b"", content, flags=re.DOTALL
    )
    corner, right = f"{letters(area.left)}{area.top}", letters(area.right)
    content = xml.put_in(content, p + b"table", "ref", f"{corner}:{right}{one.growth.end}")
    return xml.put_in(content, p + b"autoFilter", "ref", f"{corner}:{right}{one.growth.last}")


def _demand_room(placed: Sequence[Placed], fillings: Sequence[Filling]) -> None:
    """Raises Unfit where a table would grow over another, or past its sheet."""
    filled = {id(filling.placed): filling for filling in fillings}
    for filling in fillings:
        if filling.growth.end > MOST_ROWS:
            raise filling.too_small(f"the end of the sheet (row {MOST_ROWS:,})")
    for one, other in combinations(placed, 2):
        if one.page != other.page or one.area.right < other.area.left or other.area.right < one.area.left:
            continue
        upper, lower = sorted((one, other), key=lambda table: table.area.top)
        grown = filled.get(id(upper))
        if grown is not None and grown.growth.end >= lower.area.top:
            raise grown.too_small(f"the table {lower.name}")
