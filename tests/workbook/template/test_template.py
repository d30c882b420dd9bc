"""A company's own workbook: its tables are filled and grow, and what tells of no table stays byte for byte."""

import re
from datetime import timedelta
from pathlib import Path

import openpyxl
import pytest

from bot.workbook.services import templates
from tests.workbook.export.exported import NOW
from tests.workbook.spreadsheets import needs_libreoffice, recalculated, rows, values
from tests.workbook.template.filled import CLOSED, Export, cell
from tests.workbook.template.reports import DEALS, logo, parts

ERRORS = ("#", "Err:")


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
