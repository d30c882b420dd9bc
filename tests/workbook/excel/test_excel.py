"""Workbooks open everywhere and hold what they were given, however much it is."""

import tracemalloc
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from bot.workbook import excel
from bot.workbook.domain.sheets import (
    Cell,
    Row,
    Sheet,
    Style,
    Table,
)
from bot.workbook.excel import layout
from tests.workbook.excel.written import NEW_YORK, book, by_place, sheet
from tests.workbook.spreadsheets import formulas, needs_libreoffice, recalculated, rows, values


@pytest.mark.parametrize("is_long", [False, True])
def test_every_kind_of_value_comes_back_as_it_went_in(tmp_path: Path, is_long: bool) -> None:
    path = tmp_path / "book.xlsx"
    columns = by_place(
        "Text",
        ("Whole", Style.WHOLE),
        ("Share", Style.SHARE),
        ("Money", Style.MONEY),
        ("Yes", Style.TEXT),
        ("Day", Style.DAY),
        ("Moment", Style.MOMENT),
        "Nothing",
    )
    moment = datetime(2026, 11, 2, 4, 30, tzinfo=UTC).astimezone(NEW_YORK)
    row = ("Zoë ✓", 3, 0.25, Decimal("1234.56"), True, date(2026, 2, 28), moment, None)

    excel.write(book(sheet(columns, [row], is_long=is_long)), path)

    [read] = rows(path, "Things")
    assert list(read.values()) == [
        "Zoë ✓",
        3,
        0.25,
        1234.56,
        "yes",
        datetime(2026, 2, 28),  # noqa: DTZ001  Excel's dates have no zone
        datetime(2026, 11, 1, 23, 30),  # noqa: DTZ001
        None,
    ]
    page = openpyxl.load_workbook(path)["Things"]
    assert [cell.number_format for cell in page[3]][2:7] == [
        "0.0%",
        "#,##0.00",
        "General",
        "yyyy-mm-dd",
        "yyyy-mm-dd hh:mm",
    ]


@pytest.mark.parametrize("is_long", [False, True])
def test_a_formula_shows_its_value_to_who_cannot_calculate(tmp_path: Path, is_long: bool) -> None:
    path = tmp_path / "book.xlsx"
    columns = by_place(("Part", Style.WHOLE), ("Share", Style.SHARE), "Word")
    given = [(1, Cell(0.25, formula="=Things[[#This Row],[Part]]/4"), Cell(None, formula='=""'))]

    excel.write(book(sheet(columns, given, is_long=is_long)), path)

    assert formulas(path)[("Things", "B3")] == "=Things[[#This Row],[Part]]/4"
    assert rows(path, "Things") == [{"Part": 1, "Share": 0.25, "Word": None}]


@needs_libreoffice
def test_another_program_finds_the_values_of_formulas(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    columns = by_place("Name", ("Part", Style.WHOLE), ("Mine", Style.WHOLE), "Middle")
    mine = "=SUMIFS(Things[Part],Things[Name],Things[[#This Row],[Name]])"
    middle = "=MEDIAN(IF(Things[Name]=Things[[#This Row],[Name]],Things[Part]))"
    given = [
        (name, part, Cell(total, formula=mine), Cell(median, formula=middle, is_array=True))
        for name, part, total, median in (("Ana", 1, 6, 3), ("Bo", 2, 2, 2), ("Ana", 5, 6, 3))
    ]
    excel.write(book(sheet(columns, given, is_long=True)), path)

    found = values(recalculated(path))

    assert {cell: found[cell] for cell in formulas(path)} == {
        cell: values(path)[cell] for cell in formulas(path)
    }


def test_the_document_says_what_it_is(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    table = Table("Things", by_place("Name", "Value"), [("Rate", 7)], names={"rate": (0, "Value")})

    excel.write(book(Sheet("Things", "Things", (table,))), path)

    read = openpyxl.load_workbook(path)
    assert (read.properties.title, read.properties.creator) == ("Scorecards of East", "Mia")
    assert read.defined_names["rate"].attr_text == "'Things'!$B$3"


def test_a_sheet_that_is_full_goes_on_in_the_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(layout, "MOST_ROWS", 6)
    path = tmp_path / "book.xlsx"
    long = sheet(by_place(("Number", Style.WHOLE)), iter([(n,) for n in range(10)]), is_long=True)
    last = sheet(by_place("Other"), [("end",)], name="Other")

    places = excel.write(book(long, last), path)

    assert openpyxl.load_workbook(path).sheetnames == ["Things", "Things (2)", "Things (3)", "Other"]
    found = [row["Number"] for name in ("Things", "Things (2)", "Things (3)") for row in rows(path, name)]
    assert found == list(range(10))
    assert places["Things"].rows == 10


def test_an_empty_table_is_an_empty_table(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    for is_long in (False, True):
        excel.write(book(sheet(by_place("Name"), [], is_long=is_long)), path)

        assert rows(path, "Things") == []


def test_what_fails_half_way_leaves_no_file_and_no_scrap(tmp_path: Path) -> None:
    def broken() -> Iterator[Row]:
        yield ("Ana",)
        raise RuntimeError("the database went away")

    with pytest.raises(RuntimeError, match="went away"):
        excel.write(book(sheet(by_place("Name"), broken(), is_long=True)), tmp_path / "book.xlsx")

    assert list(tmp_path.iterdir()) == []


def test_the_memory_it_takes_does_not_grow_with_the_rows(tmp_path: Path) -> None:
    columns = by_place(("Name", Style.LONG), ("Part", Style.WHOLE))

    def peak(count: int) -> int:
        given = iter((f"word {n} " * 20, n) for n in range(count))
        tracemalloc.start()
        excel.write(book(sheet(columns, given, is_long=True)), tmp_path / "book.xlsx")
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    peak(10)
    assert peak(6_000) < peak(2_000) * 1.3


def test_progress_is_told_as_it_is_made(tmp_path: Path) -> None:
    heard: list[tuple[str, int]] = []
    given = iter([(n,) for n in range(2_500)])

    excel.write(
        book(sheet(by_place(("Number", Style.WHOLE)), given, is_long=True)),
        tmp_path / "book.xlsx",
        on_progress=lambda name, count: heard.append((name, count)),
    )

    assert heard == [("Things", 1_000), ("Things", 2_000), ("Things", 2_500)]
