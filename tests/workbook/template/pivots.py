"""A pivot put into a workbook by hand: no library writes one."""

import zipfile
from collections.abc import Sequence
from pathlib import Path

_NAMESPACE = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
)
_PLAIN = '<pivotField showAll="0"/>'
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml."


def with_pivot(path: Path, table: str, titles: Sequence[str], *, by: str, sums: str) -> Path:
    """A copy with a pivot at A10 of the first sheet: sums of a column of the table by another."""
    out = path.with_name(f"pivot-{path.name}")
    with zipfile.ZipFile(path) as packed, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as written:
        for item in packed.infolist():
            written.writestr(item, _linked(item.filename, packed.read(item)))
        for name, content in _parts(table, titles, by, sums).items():
            written.writestr(name, content)
    return out


def _linked(name: str, content: bytes) -> bytes:
    """The part, with what it has to say of the pivot."""
    closing, said = {
        "[Content_Types].xml": (
            b"</Types>",
            "".join(
                f'<Override PartName="/xl/{folder}/{kind}1.xml" ContentType="{_KIND}{kind}+xml"/>'
                for folder, kind in (
                    ("pivotCache", "pivotCacheDefinition"),
                    ("pivotCache", "pivotCacheRecords"),
                    ("pivotTables", "pivotTable"),
                )
            ),
        ),
        "xl/_rels/workbook.xml.rels": (
            b"</Relationships>",
            _relation("pivotCacheDefinition", "pivotCache/pivotCacheDefinition1.xml"),
        ),
        "xl/worksheets/_rels/sheet1.xml.rels": (
            b"</Relationships>",
            _relation("pivotTable", "../pivotTables/pivotTable1.xml"),
        ),
        "xl/workbook.xml": (
            b"</workbook>",
            '<pivotCaches><pivotCache cacheId="1" r:id="rIdP"/></pivotCaches>',
        ),
    }.get(name, (b"", ""))
    return content.replace(closing, said.encode() + closing, 1) if closing else content


def _relation(kind: str, target: str) -> str:
    return f'<Relationship Id="rIdP" Type="{_OFFICE}/{kind}" Target="{target}"/>'


def _parts(table: str, titles: Sequence[str], by: str, sums: str) -> dict[str, str]:
    cache = {by: '<sharedItems count="2"><s v="a"/><s v="b"/></sharedItems>'}
    cache[sums] = '<sharedItems containsSemiMixedTypes="0" containsString="0" containsNumber="1"/>'
    items = '<items count="3"><item x="0"/><item x="1"/><item t="default"/></items>'
    looks = {by: f'<pivotField axis="axisRow" showAll="0">{items}</pivotField>'}
    looks[sums] = '<pivotField dataField="1" showAll="0"/>'
    record = {by: '<x v="0"/>', sums: '<n v="10"/>'}
    fields = "".join(
        f'<cacheField name="{title}" numFmtId="0">{cache.get(title, "<sharedItems/>")}</cacheField>'
        for title in titles
    )
    return {
        "xl/pivotCache/pivotCacheDefinition1.xml": (
            f'<pivotCacheDefinition {_NAMESPACE} xmlns:r="{_OFFICE}" r:id="rIdP" refreshedVersion="6" recordCount="1">'
            f'<cacheSource type="worksheet"><worksheetSource name="{table}"/></cacheSource>'
            f'<cacheFields count="{len(titles)}">{fields}</cacheFields></pivotCacheDefinition>'
        ),
        "xl/pivotCache/pivotCacheRecords1.xml": (
            f'<pivotCacheRecords {_NAMESPACE} count="1">'
            f"<r>{''.join(record.get(title, '<m/>') for title in titles)}</r></pivotCacheRecords>"
        ),
        "xl/pivotTables/pivotTable1.xml": (
            f'<pivotTableDefinition {_NAMESPACE} name="Pivot" cacheId="1" dataCaption="Values" outline="1">'
            '<location ref="A10:B13" firstHeaderRow="1" firstDataRow="1" firstDataCol="1"/>'
            f'<pivotFields count="{len(titles)}">'
            f"{''.join(looks.get(title, _PLAIN) for title in titles)}</pivotFields>"
            f'<rowFields count="1"><field x="{titles.index(by)}"/></rowFields>'
            '<rowItems count="3"><i><x/></i><i><x v="1"/></i><i t="grand"><x/></i></rowItems>'
            '<colItems count="1"><i/></colItems><dataFields count="1">'
            f'<dataField name="Sum of {sums}" fld="{titles.index(sums)}" baseField="0" baseItem="0"/></dataFields>'
            "</pivotTableDefinition>"
        ),
        "xl/pivotCache/_rels/pivotCacheDefinition1.xml.rels": _RELATIONS.format(
            _relation("pivotCacheRecords", "pivotCacheRecords1.xml")
        ),
        "xl/pivotTables/_rels/pivotTable1.xml.rels": _RELATIONS.format(
            _relation("pivotCacheDefinition", "../pivotCache/pivotCacheDefinition1.xml")
        ),
    }
