"""What a company's workbook has of its own comes through: macros, protection, hidden sheets, queries, every text."""

import io
import json
from pathlib import Path
from typing import Any

import openpyxl
from hypothesis import HealthCheck, given
from hypothesis import strategies as st
from openpyxl.utils.escape import unescape

from bot.workbook.domain.sheets import Style
from bot.workbook.template import child
from bot.workbook.template.child import Packed
from tests.support.properties import examples
from tests.workbook.template.filled import Export, cell, refused, rewritten
from tests.workbook.template.reports import parts, report


def test_macros_are_kept_in_a_workbook_that_is_called_so(export: Export, tmp_path: Path) -> None:
    """Excel opens no workbook with macros that is called .xlsx."""
    macros = b"\xd0\xcf\x11\xe0 the project" * 50
    path = report(
        tmp_path / "board.xlsm", change=lambda file, _: file.add_vba_project(io.BytesIO(macros), True)
    )

    assert "ends in .xlsm" in refused(export, path, "out.xlsx")
    told = export(path, "out.xlsm")

    assert parts(told.path)["xl/vbaProject.bin"] == macros
    assert parts(told.path)["[Content_Types].xml"] == parts(path)["[Content_Types].xml"]
    assert cell(told.path, "Data", "B4") == "Acme & Co"


def test_an_excel_template_becomes_a_workbook(export: Export, board: Path) -> None:
    rewritten(
        board, "[Content_Types].xml", lambda kinds: kinds.replace(b".sheet.main+xml", b".template.main+xml")
    )
    board = board.rename(board.with_suffix(".xltx"))

    told = export(board)

    assert b"sheet.main+xml" in parts(told.path)["[Content_Types].xml"]
    assert cell(told.path, "Data", "B4") == "Acme & Co"


def test_a_protected_sheet_is_filled_and_stays_protected(export: Export, tmp_path: Path) -> None:
    path = report(tmp_path / "board.xlsx", change=lambda _, data: data.protect("secret"))

    told = export(path)

    assert any("protected sheet, “Data”" in note for note in told.notes)
    page = openpyxl.load_workbook(told.path)["Data"]
    assert page.protection.sheet and page["B4"].value == "Acme & Co"


def test_a_hidden_sheet_is_filled_and_stays_hidden(export: Export, tmp_path: Path) -> None:
    path = report(tmp_path / "board.xlsx", change=lambda _, data: data.hide())

    told = export(path)

    assert any("hidden sheet, “Data”" in note for note in told.notes)
    page = openpyxl.load_workbook(told.path)["Data"]
    assert page.sheet_state == "hidden" and page["B4"].value == "Acme & Co"


def test_a_table_that_a_query_fills_is_left_alone(export: Export, board: Path) -> None:
    rewritten(
        board,
        "xl/tables/table1.xml",
        lambda content: content.replace(b"<table ", b'<table tableType="queryTable" '),
    )

    told = export(board)

    assert any("query of its own" in note for note in told.notes)
    assert cell(told.path, "Data", "B4") == "Last month's"


@examples(12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    texts=st.lists(
        st.text(
            st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), max_size=30
        ),
        min_size=1,
        max_size=40,
    )
)
def test_every_text_arrives_as_it_was_and_as_a_text(tmp_path: Path, texts: list[str]) -> None:
    path, packed, out = report(tmp_path / "board.xlsx"), tmp_path / "rows", tmp_path / "out.xlsx"
    packed.write_text("".join(f"[{_json(text)}]\n" for text in texts), encoding="utf-8")

    child.fill(path, [Packed("deals", {"Company": Style.TEXT}, len(texts), packed)], out)

    page = openpyxl.load_workbook(out)["Data"]
    read = [page.cell(row, 2) for row in range(4, 4 + len(texts))]
    assert [_unescaped(one.value) for one in read] == [text or None for text in texts]
    assert {one.data_type for one in read} <= {"s", "inlineStr", "n"}


def _json(text: str) -> str:
    return json.dumps(text or None)


def _unescaped(text: Any) -> Any:
    return unescape(text) if isinstance(text, str) else text
