"""A company's own workbook: its tables are filled and grow, everything else stays as it was."""

import io
import json
import re
import zipfile
from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st
from openpyxl.utils.escape import unescape

from bot.core.enums import DealStatus, Role
from bot.core.errors import BadInput
from bot.people.domain.access import OPERATOR
from bot.workbook.domain.sheets import Style
from bot.workbook.services import export as exports
from bot.workbook.services import templates
from bot.workbook.services.export import ExportReport
from bot.workbook.template import child
from bot.workbook.template.child import Packed
from storage.database import Database
from tests.support.builders import workspace
from tests.support.pivots import with_pivot
from tests.support.properties import examples
from tests.support.spreadsheets import needs_libreoffice, recalculated, rows, values
from tests.support.templates import DEALS, logo, parts, report
from tests.workbook.test_services_export import BERLIN, NOW, PERIOD

CLOSED = datetime(2026, 9, 8, 12, 0, tzinfo=BERLIN)
ERRORS = ("#", "Err:")


@pytest.fixture
def export(db: Database, tmp_path: Path) -> Callable[..., ExportReport]:
    """Of a team that won 100 with Acme & Co and 250 with =Birch, and has one deal open; it can be exported anew."""
    with db.begin() as session:
        acme = workspace(session)
        east = acme.team("East")
        ben = acme.rep("Ben", Role.AE, east)
        for company, amount in (("Acme & Co", 100), ("=Birch", 250)):
            about = {"company": company, "amount": Decimal(amount), "currency": "EUR"}
            acme.deal(ben, CLOSED - timedelta(days=9), status=DealStatus.WON, closed_at=CLOSED, **about)
        acme.deal(ben, CLOSED + timedelta(days=9), company="Cedar", amount=Decimal(70), currency="EUR")

    def write(template: Path, out: str = "out.xlsx", *, as_of: datetime = NOW) -> ExportReport:
        return exports.write(
            db,
            acme.workspace_id,
            OPERATOR,
            period=PERIOD,
            team_id=None,
            as_of=as_of,
            now=NOW,
            path=tmp_path / out,
            template=templates.opened(template, NOW),
        )

    return write


Export = Callable[..., ExportReport]


@pytest.fixture
def board(tmp_path: Path) -> Path:
    return with_pivot(report(tmp_path / "board.xlsx"), "deals", DEALS, by="Status", sums="Amount")


def cell(path: Path, sheet: str, place: str) -> Any:
    return openpyxl.load_workbook(path)[sheet][place].value


def test_its_tables_hold_our_rows_by_their_own_headers(board: Path, export: Export) -> None:
    told = export(board)

    deals = rows(told.path, "Data")[:-1]
    assert [(row["Company"], row["Amount"], row["Status"]) for row in deals] == [
        ("Acme & Co", 100, "won"),
        ("=Birch", 250, "won"),
        ("Cedar", 70, "open"),
    ]
    assert [row["Closed"] for row in deals] == [CLOSED.replace(tzinfo=None)] * 2 + [None]
    assert told.rows == {"Deals": 3, "Reps": 1}
    assert rows(told.path, "People") == [{"Rep": "Ben", "Score": None}]
    page = openpyxl.load_workbook(told.path)["Data"]
    assert page["C5"].number_format == '#,##0 "EUR"'
    assert page["F4"].number_format == "dd.mm.yyyy"
    assert page["B5"].quotePrefix and page["B5"].data_type != "f"


def test_columns_of_its_own_go_on_with_their_formulas(board: Path, export: Export) -> None:
    told = export(board)

    page = openpyxl.load_workbook(told.path)["Data"]
    assert page.tables["deals"].ref == "B3:I7"
    assert [page[f"G{row}"].value for row in (4, 5, 6)] == ["=deals[[#This Row],[Amount]]*10%"] * 3
    assert [page[f"H{row}"].value for row in (4, 5, 6)] == ['=B4&"!"', '=B5&"!"', '=B6&"!"']
    assert [page[f"I{row}"].value for row in (4, 5, 6)] == [None] * 3
    assert (page["B7"].value, page["C7"].value) == ("Total", "=SUBTOTAL(109,deals[Amount])")
    assert (page["B1"].value, page["L4"].value, page["L5"].value) == ("Our deals", "a note beside", "=L4&C5")
    [note] = told.notes
    assert "Remark of deals" in note


def test_every_part_that_tells_of_no_table_stays_byte_for_byte(board: Path, export: Export) -> None:
    before, after = parts(board), parts(export(board).path)

    assert set(before) == set(after)
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {
        "xl/workbook.xml",
        "xl/styles.xml",
        "xl/worksheets/sheet1.xml",  # what its formulas came to is calculated anew
        "xl/worksheets/sheet2.xml",
        "xl/worksheets/sheet3.xml",
        "xl/tables/table1.xml",
        "xl/charts/chart1.xml",
        "xl/pivotCache/pivotCacheDefinition1.xml",
    }
    assert after["xl/media/image1.png"] == logo()


def test_charts_pivots_names_colours_and_checks_grow_with_it(board: Path, export: Export) -> None:
    told = parts(export(board).path)

    chart = told["xl/charts/chart1.xml"].decode()
    assert re.findall("<c:f>(.*?)</c:f>", chart) == ["Data!$C$3", "Data!$B$4:$B$6", "Data!$C$4:$C$6"]
    assert "Cache" not in chart
    assert b'refreshOnLoad="1"' in told["xl/pivotCache/pivotCacheDefinition1.xml"]
    assert b'fullCalcOnLoad="1"' in told["xl/workbook.xml"]
    names = dict(re.findall(r'name="(\w+)">([^<]*)<', told["xl/workbook.xml"].decode()))
    assert names == {"all_amounts": "Data!$C$4:$C$6", "first_company": "Data!$B$4"}
    page = openpyxl.load_workbook(export(board).path)["Data"]
    assert {str(one.sqref) for one in page.conditional_formatting} == {"C4:C6"}
    assert [str(one.sqref) for one in page.data_validations.dataValidation] == ["E4:E6"]
    assert page.dimensions == "B1:L7"


def test_next_months_report_is_made_of_this_months(board: Path, export: Export, tmp_path: Path) -> None:
    this = export(board).path
    (tmp_path / "next").mkdir()

    shorter = export(this, "next/out.xlsx", as_of=CLOSED - timedelta(days=2))
    again = export(shorter.path, "again.xlsx")

    assert [row["Company"] for row in rows(shorter.path, "Data")] == ["Acme & Co", "=Birch", "Total"]
    assert openpyxl.load_workbook(shorter.path)["Data"].tables["deals"].ref == "B3:I6"
    assert cell(shorter.path, "Data", "B7") is None
    assert values(again.path) == values(this)
    assert parts(again.path)["xl/charts/chart1.xml"] == parts(this)["xl/charts/chart1.xml"]


def test_a_table_that_there_is_nothing_for_is_empty_and_not_last_months(
    board: Path, export: Export, tmp_path: Path
) -> None:
    told = export(board, as_of=CLOSED - timedelta(days=20))

    assert rows(told.path, "Data") == [{title: "Total" if title == "Company" else None for title in DEALS}]
    assert "Nobody" not in {str(value) for value in values(told.path).values()}


@needs_libreoffice
@pytest.mark.filterwarnings("ignore:.* extension is not supported")  # openpyxl knows fewer
def test_another_program_calculates_it_without_an_error(board: Path, export: Export, tmp_path: Path) -> None:
    templates.write_starter(tmp_path / "starter.xlsx", NOW)

    filled, begun = export(board), export(tmp_path / "starter.xlsx", "begun.xlsx")

    found = values(recalculated(filled.path))
    assert (found["Board", "B5"], found["Board", "B6"], found["Data", "C7"]) == (350, 3, 420)
    assert [found["Data", f"G{row}"] for row in (4, 5, 6)] == [10, 25, 7]
    assert (found["Board", "A10"], found["Board", "B13"]) == ("Status", 420), "the pivot reads its table anew"
    started = values(recalculated(begun.path))
    assert {line["What"]: line["Number"] for line in rows(recalculated(begun.path), "Report")} == {
        "Deals won": 2,
        "Deals open": 1,
        "Deals stuck": 0,
        "Leads passed": 0,
        "Calls": 0,
        "Credited minutes of coaching": 0,
    }
    for told in (found, started):
        assert not [place for place, value in told.items() if str(value).startswith(ERRORS)]


def test_the_starter_has_every_table_where_it_can_grow(export: Export, tmp_path: Path) -> None:
    templates.write_starter(path := tmp_path / "starter.xlsx", NOW)

    told = export(path)

    assert told.missing == ()
    assert {len(page.tables) for page in openpyxl.load_workbook(path)} == {1}, "nothing is in their way"
    [won] = [row for row in rows(told.path, "Money") if row["What"] == "Won"]
    assert (won["Value"], won["In"]) == (350, "EUR")
    assert b"<c:min " not in parts(told.path)["xl/charts/chart1.xml"], "scores below the middle are drawn too"
    assert [row["Company"] for row in rows(told.path, "Deals")] == ["Acme & Co", "=Birch", "Cedar"]
    page = openpyxl.load_workbook(told.path)["Deals"]
    assert [page[place].number_format for place in ("G5", "I5")] == ["#,##0.00", "yyyy-mm-dd"]
    shares = {row["Measure"]: row["Value"] for row in rows(told.path, "AE")}
    assert shares["Win rate"] == 1
    looks = openpyxl.load_workbook(told.path)["AE"]
    formats = {row[4].value: row[6].number_format for row in looks.iter_rows(min_row=4)}
    assert (formats["Win rate"], formats["Days to win"]) == ("0.0%", "#,##0.0")


def test_what_the_template_lacks_is_told(board: Path, export: Export) -> None:
    told = export(board)

    assert "Debriefs" in told.missing
    assert not {"Deals", "Reps"} & set(told.missing)


# What cannot be filled, or only so


def refused(export: Export, path: Path, out: str = "out.xlsx") -> str:
    with pytest.raises(BadInput) as told:
        export(path, out)
    assert not (path.parent / out).exists()
    assert path.name in str(told.value)
    return str(told.value)


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


def rewritten(path: Path, name: str, change: Callable[[bytes], bytes]) -> Path:
    content = parts(path)
    with zipfile.ZipFile(path, "w") as written:
        for part, told in content.items():
            written.writestr(part, change(told) if part == name else told)
    return path


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


def test_a_table_that_a_query_fills_is_left_alone(export: Export, board: Path) -> None:
    rewritten(
        board,
        "xl/tables/table1.xml",
        lambda content: content.replace(b"<table ", b'<table tableType="queryTable" '),
    )

    told = export(board)

    assert any("query of its own" in note for note in told.notes)
    assert cell(told.path, "Data", "B4") == "Last month's"


# Any values, and any harm done to the file


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
