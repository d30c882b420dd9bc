"""A workbook that cannot be filled is refused with a sentence before anything is written, whatever was done to it."""

import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from bot.workbook.template import child
from tests.support.properties import examples
from tests.workbook.template.filled import Export, refused, rewritten
from tests.workbook.template.reports import parts, report


def test_one_without_a_table_of_ours_is_refused(export: Export, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.save(tmp_path / "other.xlsx")

    said = refused(export, tmp_path / "other.xlsx")

    assert "none of my tables" in said and "Deals" in said and "starter" in said


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"Company,Amount\nAcme,1\n", "no Excel workbook"),
        (b"", "no Excel workbook"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "password or of the old kind"),
        (b"PK\x03\x04" + b"\0" * 600, "damaged"),
    ],
)
def test_what_is_no_workbook_is_refused(export: Export, tmp_path: Path, content: bytes, why: str) -> None:
    (path := tmp_path / "given.xlsx").write_bytes(content)

    assert why in refused(export, path)


def test_a_file_that_is_not_there_is_refused(export: Export, tmp_path: Path) -> None:
    assert "cannot be opened: No such file" in refused(export, tmp_path / "nowhere.xlsx")


def test_half_a_file_is_refused(export: Export, board: Path) -> None:
    board.write_bytes(board.read_bytes()[:-2_000])

    assert "damaged" in refused(export, board)


def test_a_part_that_is_no_xml_is_refused(export: Export, board: Path) -> None:
    rewritten(board, "xl/worksheets/sheet2.xml", lambda content: content[:700])

    assert "damaged" in refused(export, board)


def test_definitions_inside_its_xml_are_refused(export: Export, board: Path) -> None:
    bomb = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]>'
    rewritten(board, "xl/workbook.xml", lambda content: bomb + content.split(b"?>", 1)[1])

    assert "XML that no spreadsheet program writes" in refused(export, board)


def test_a_table_without_room_below_is_refused_before_anything_is_written(
    export: Export, tmp_path: Path
) -> None:
    path = report(tmp_path / "board.xlsx", change=lambda _, data: data.write("D7", "Signed"))

    said = refused(export, path)

    assert "table deals on the sheet “Data”" in said and "3 rows" in said and "D7 is in the way" in said


def test_a_table_that_would_grow_over_another_is_refused(export: Export, tmp_path: Path) -> None:
    columns = [{"header": "SDR"}, {"header": "AE"}]
    path = report(
        tmp_path / "board.xlsx",
        change=lambda _, data: data.add_table("B7:C9", {"name": "Handoffs", "columns": columns}),
    )

    assert "the table Handoffs is in the way" in refused(export, path)


def answered(path: Path) -> dict[str, Any]:
    (packed := path.parent / "rows").write_text('["Acme"]\n["Birch"]\n')
    deals = {"name": "deals", "styles": {"Company": "text"}, "count": 2, "rows": str(packed)}
    return child._answered(path, {"out": str(path.parent / "out.xlsx"), "tables": [deals]})


def test_a_name_space_that_is_no_address_is_a_sentence(tmp_path: Path) -> None:
    path = report(tmp_path / "board.xlsx")
    rewritten(path, "[Content_Types].xml", lambda content: content.replace(b'"http://', b'"$http://', 1))

    assert "it is damaged" in answered(path)["refused"]


@examples(25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_whatever_harm_was_done_to_it_is_a_sentence_or_does_no_harm(
    tmp_path: Path, data: st.DataObject
) -> None:
    path = report(tmp_path / "board.xlsx")
    name = data.draw(
        st.sampled_from(sorted(name for name in parts(path) if name.endswith((".xml", ".rels"))))
    )
    size = len(parts(path)[name])
    start, length = data.draw(st.integers(0, size)), data.draw(st.integers(0, 40))
    put = data.draw(st.binary(max_size=12))
    rewritten(path, name, lambda content: content[:start] + put + content[start + length :])

    assert answered(path).keys() in ({"refused"}, {"left_out"})


def test_no_part_needs_more_of_a_reader_than_the_template_did(board: Path, export: Export) -> None:
    """ZIP64, which a part of unknown size would get, is more than some readers of workbooks take."""
    path = export(board).path
    content = path.read_bytes()
    with zipfile.ZipFile(path) as packed:
        sizes = [content[one.header_offset + 18 : one.header_offset + 26] for one in packed.infolist()]
    assert len(sizes) > 10 and b"\xff" * 8 not in sizes
