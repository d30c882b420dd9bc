"""A text is a text: none is calculated, none is lost, and one too long is cut with a note."""

from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest
import python_calamine
from hypothesis import HealthCheck, example, given
from hypothesis import strategies as st
from openpyxl.utils.escape import unescape

from bot.workbook import excel
from bot.workbook.domain.sheets import (
    Style,
)
from bot.workbook.excel.text import LONGEST, fit
from tests.support.properties import examples
from tests.workbook.excel.written import book, by_place, sheet
from tests.workbook.spreadsheets import formulas, rows


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
