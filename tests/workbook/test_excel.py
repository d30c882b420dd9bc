"""Workbooks open everywhere, hold what they were given, and execute nothing."""

import tracemalloc
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from operator import itemgetter
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import openpyxl
import pytest
import python_calamine
from hypothesis import HealthCheck, example, given
from hypothesis import strategies as st
from openpyxl.utils.escape import unescape

from bot.workbook import excel
from bot.workbook.domain.sheets import (
    Cell,
    Chart,
    ChartKind,
    Colours,
    Column,
    Row,
    Series,
    Sheet,
    Side,
    Style,
    Table,
    Workbook,
)
from bot.workbook.excel import layout
from bot.workbook.excel.text import LONGEST, fit
from tests.support.properties import examples
from tests.support.spreadsheets import formulas, needs_libreoffice, recalculated, rows, values

NEW_YORK = ZoneInfo("America/New_York")


def book(*sheets: Sheet) -> Workbook:
    created = datetime(2026, 11, 16, 9, 0, tzinfo=NEW_YORK)
    return Workbook("Scorecards of East", "Mia", "Acme", created, sheets)


def by_place(*heads: Any) -> list[Column[Row]]:
    """Columns that read a row by its place: a title each, or a title with its looks."""
    told = [(head,) if isinstance(head, str) else head for head in heads]
    return [Column(title, itemgetter(at), *looks) for at, (title, *looks) in enumerate(told)]


def sheet(
    columns: Sequence[Column[Row]],
    given: Sequence[Row] | Iterator[Row],
    *,
    name: str = "Things",
    is_long: bool = False,
) -> Sheet:
    return Sheet(name, name, (Table(name, columns, given),), is_long=is_long)


def texts(given: Sequence[str], path: Path, *, is_long: bool) -> list[str]:
    """What openpyxl reads of texts written into one column."""
    column = by_place(("Number", Style.WHOLE), "Text")
    excel.write(book(sheet(column, [(at, text) for at, text in enumerate(given)], is_long=is_long)), path)
    assert not formulas(path)
    read = [row["Text"] for row in rows(path, "Things")]
    return (
        [unescape(text) for text in read] if is_long else read
    )  # openpyxl forgets to where strings are inline


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
@examples(15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(given=st.lists(st.text(min_size=1, max_size=60), min_size=1, max_size=30))
@example(given=["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "{=1}", "=cmd|' /C calc'!A0", "#N/A"])
@example(given=["<r><t>x</t></r>", "<r>", "_x0041_", "a\x00b\x07", "\ud800", "\ufffe", "https://a.b", " x "])
def test_no_text_is_ever_a_formula_and_none_is_lost(tmp_path: Path, is_long: bool, given: list[str]) -> None:
    path = tmp_path / "book.xlsx"

    read = texts(given, path, is_long=is_long)

    assert read == [fit(text) for text in given]
    by_calamine = python_calamine.CalamineWorkbook.from_path(path).get_sheet_by_name("Things").to_python()
    assert [str(row[1]).strip() for row in by_calamine[-len(given) :]] == [
        fit(text).strip() for text in given
    ]


def test_a_text_that_might_be_calculated_elsewhere_is_marked_as_text(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    texts(["=1+1", "plain"], path, is_long=True)

    page = openpyxl.load_workbook(path)["Things"]

    assert [page["B3"].quotePrefix, page["B4"].quotePrefix] == [True, False]


def test_control_characters_show_as_their_pictures() -> None:
    assert fit("a\x00b\x1b\x7f\r\nc\rd\te") == "a␀b␛␡\nc\nd\te"


@pytest.mark.parametrize("letter", ["a", "😀"])
def test_a_text_longer_than_a_cell_is_cut_with_a_note(tmp_path: Path, letter: str) -> None:
    [read] = texts([letter * 40_000], tmp_path / "book.xlsx", is_long=True)

    assert len(read.encode("utf-16-le")) // 2 in (LONGEST, LONGEST - 1)
    assert read.startswith(letter * 1_000)
    assert read.endswith("(cut here; the whole text has 40,000 characters)")


def test_a_text_that_just_fits_is_left_alone() -> None:
    assert fit("a" * LONGEST) == "a" * LONGEST


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


def test_a_table_has_filters_a_frozen_header_and_widths(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    columns = by_place(("Name", Style.TEXT, 30), ("Part", Style.WHOLE, 9, Colours.MORE))
    for is_long in (False, True):
        excel.write(book(sheet(columns, [("Ana", 1), ("Bo", 2)], is_long=is_long)), path)

        page = openpyxl.load_workbook(path)["Things"]
        table = page.tables["Things"]
        assert (table.ref, table.autoFilter.ref) == ("A2:B4", "A2:B4")
        assert [column.name for column in table.tableColumns] == ["Name", "Part"]
        assert page.freeze_panes == "A3"
        assert page.print_title_rows == "$2:$2"
        assert 29 < page.column_dimensions["A"].width < 32
        assert "B3:B4" in [str(area.sqref) for area in page.conditional_formatting]


def test_the_document_says_what_it_is(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    table = Table("Things", by_place("Name", "Value"), [("Rate", 7)], names={"rate": (0, "Value")})

    excel.write(book(Sheet("Things", "Things", (table,))), path)

    read = openpyxl.load_workbook(path)
    assert (read.properties.title, read.properties.creator) == ("Scorecards of East", "Mia")
    assert read.defined_names["rate"].attr_text == "'Things'!$B$3"


def test_charts_are_native_and_hold_the_numbers_they_draw(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    series = Series("Part", "Things", "Name", "Part", 0, 1)
    bars = Chart("Parts", ChartKind.BAR, [series], Style.SHARE)
    points = Chart(
        "Where",
        ChartKind.SCATTER,
        [Series("SDR", "Things", "Name", "Part", 0, 1, across="Part", sides=[Side.LEFT, None])],
        Style.DECIMAL,
        reach=(1.5, 2.0),
    )
    table = Table("Things", by_place("Name", ("Part", Style.SHARE)), [("Ana", 0.5), ("Bo", 0.25)])

    excel.write(book(Sheet("Things", "Things", (table,), charts=(bars, points))), path)

    drawn, scattered = openpyxl.load_workbook(path)["Things"]._charts  # type: ignore[attr-defined]
    assert [point.v for point in drawn.series[0].val.numRef.numCache.pt] == [0.5, 0.25]
    assert drawn.series[0].cat.strRef.f == "Things!$A$3:$A$4"
    *points, legend = scattered.series
    assert [one.tx.strRef.f for one in points] == ["Things!$A$3", "Things!$A$4"]
    assert [one.dLbls and one.dLbls.dLblPos for one in points] == ["l", None]
    assert legend.tx.v == "SDR" and [one.idx for one in scattered.legend.legendEntry] == [0, 1]
    assert (scattered.x_axis.scaling.min, scattered.y_axis.scaling.max) == (-1.5, 2.0)


def test_charts_stand_side_by_side_as_far_as_they_go(tmp_path: Path) -> None:
    series = Series("Part", "Things", "Name", "Part", 0, 0)
    charts = [
        Chart(f"{at}", ChartKind.BAR, [series], Style.SHARE, beside=beside)
        for at, beside in enumerate((1, 3, 3, 3, 2))
    ]
    table = Table("Things", by_place("Name", ("Part", Style.SHARE)), [("Ana", 0.5)])

    excel.write(book(Sheet("Things", "Things", (table,), charts=charts)), path := tmp_path / "book.xlsx")

    drawn = openpyxl.load_workbook(path)["Things"]._charts  # type: ignore[attr-defined]
    at = [(one.anchor._from.row, one.anchor._from.col) for one in drawn]
    rows_of = [row for row, _ in at]
    assert rows_of[0] < rows_of[1] == rows_of[2] == rows_of[3] < rows_of[4]
    assert at[0][1] == at[1][1] == at[4][1] < at[2][1] < at[3][1]


def test_a_hidden_column_is_there_and_a_bare_row_takes_no_colour(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    name, part = by_place("Name", ("Part", Style.SCORE, 9, Colours.MIDDLE))
    table = Table(
        "Things",
        [replace(name, is_hidden=True), part],
        [("Ana", 1), ("Bo", 2), ("Cy", 3)],
        uncoloured=[1],
        bands="Name",
    )

    excel.write(book(Sheet("Things", "Things", (table,))), path)

    page = openpyxl.load_workbook(path)["Things"]
    assert page.column_dimensions["A"].hidden and rows(path, "Things")[0] == {"Name": "Ana", "Part": 1}
    coloured = [str(area.sqref) for area in page.conditional_formatting]
    assert "B3 B5" in coloured
    lines = [rule.formula for area in page.conditional_formatting for rule in area.rules]
    assert ["$A3<>$A2"] in lines, "a line where the name changes"


def test_a_verdict_stands_above_the_notes_and_what_is_below_below(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    table = Table("Things", by_place("Name", "Part"), [("Ana", 1)])

    excel.write(book(Sheet("Things", "T", (table,), ("Note",), verdict="Behind.", below=("End",))), path)

    page = openpyxl.load_workbook(path)["Things"]
    assert [cell.value for cell in page["A"]] == ["T", "Behind.", "Note", "Name", "Ana", None, "End"]
    assert page["A2"].font.b


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
