"""Tables, charts, hidden columns and verdicts, as the file has them."""

from dataclasses import replace
from pathlib import Path

import openpyxl

from bot.workbook import excel
from bot.workbook.domain.sheets import (
    Chart,
    ChartKind,
    Colours,
    Series,
    Sheet,
    Side,
    Style,
    Table,
)
from tests.workbook.excel.written import book, by_place, sheet
from tests.workbook.spreadsheets import rows


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
