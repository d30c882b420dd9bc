"""Somebody else's file comes in as it is, or is refused whole with a sentence."""

from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from bot.core.errors import BadInput
from storage.tables import Call, Deal
from tests.imports.one_deal import DEALS
from tests.support.importing import Importer, counts


@pytest.mark.parametrize(
    "content",
    [
        DEALS.encode(),
        b"\xef\xbb\xbf" + DEALS.encode(),
        DEALS.replace(",", ";").encode(),
        DEALS.replace(",", "\t").encode(),
        DEALS.replace("\n", "\r\n").encode(),
        DEALS.replace("deal_id", " Deal_ID ").replace("\n", "\n\n  ,,\n").encode(),
        DEALS.replace("2026-10-05,1200", '"2026-10-05","1,200.00"').encode(),
        DEALS.rstrip("\n").encode(),
    ],
    ids=["plain", "bom", "semicolon", "tab", "crlf", "blank lines", "quotes", "no last newline"],
)
def test_a_csv_file_of_any_make_says_the_same(staffed: Importer, content: bytes) -> None:
    assert counts(staffed.take("deals", content)) == (1, 1, 0, 0, 0)
    deal = staffed.one(Deal)
    assert (deal.deal_key, deal.amount) == ("d1", Decimal(1200))
    assert deal.opened_at == datetime(2026, 10, 5, 23, 59, 59, 999999, tzinfo=UTC)


def workbook(path: Path, rows: list[list[Any]], *, hidden_first: bool = False) -> Path:
    book = xlsxwriter.Workbook(path, {"default_date_format": "yyyy-mm-dd hh:mm"})
    if hidden_first:
        book.add_worksheet("notes").hide()
    sheet = book.add_worksheet("data")
    sheet.activate()
    for number, row in enumerate(rows):
        sheet.write_row(number, 0, row)
    book.close()
    return path


def test_a_workbook_says_the_same_as_a_csv_file(staffed: Importer, tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "calls.xlsx",
        [
            ["source", "call_id", "rep_email", "started_at", "duration_s"],
            ["zoom", 1001, "ana@acme.io", datetime(2026, 10, 5, 9, 30), 60.0],  # noqa: DTZ001 as a workbook has it
            [],
            ["zoom", 1002, "ana@acme.io", 46300.5, 60],
            ["zoom", 1003, "ana@acme.io", "2026-10-05T09:30:00+02:00", "60"],
            ["zoom", 1004, "ana@acme.io", True, 60],
        ],
        hidden_first=True,
    )
    report = staffed.take_path("calls", path)

    assert counts(report) == (4, 3, 0, 0, 1)
    assert {call.call_key: call.started_at for call in staffed.all(Call)} == {
        "1001": datetime(2026, 10, 5, 9, 30, tzinfo=UTC),
        "1002": datetime(2026, 10, 5, 12, 0, tzinfo=UTC),
        "1003": datetime(2026, 10, 5, 7, 30, tzinfo=UTC),
    }
    assert report.rejected_file is not None
    assert report.rejected_file.read_text().splitlines()[1].startswith("6,started_at: “True” is not a date")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "deals.csv is empty."),
        (b"\n \n", "deals.csv is empty."),
        ("deal_id,ae_email,status\nd1,J\u00f6,open\n".encode("latin-1"), "not UTF-8"),
        (b"PK\x03\x04 this is no workbook", "not a workbook that I can read"),
        (b"deal_id,amount\nd1,3\n", "The file lacks status, ae_email; it has deal_id, amount."),
        (b'deal_id,ae_email,status\nd1,b,"' + b"x" * 200_000, "not a CSV file that I can read"),
        (b"deal_id,ae_email,status,status\nd1,b,open,won\n", "more than one column “status”"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_whole_with_a_sentence(
    staffed: Importer, content: bytes, sentence: str
) -> None:
    with pytest.raises(BadInput, match=sentence):
        staffed.take("deals", content)

    assert staffed.all(Deal) == []


def test_a_file_that_breaks_off_in_the_middle_leaves_nothing(staffed: Importer) -> None:
    with pytest.raises(BadInput, match="not UTF-8"):
        staffed.take("deals", DEALS.encode() * 500 + b"\xff\xfe\n")

    assert staffed.all(Deal) == []


def test_a_missing_file_is_a_sentence(staffed: Importer, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"nowhere\.csv cannot be opened"):
        staffed.take_path("deals", tmp_path / "nowhere.csv")


def test_columns_nobody_asked_for_are_told_once(staffed: Importer) -> None:
    report = staffed.take("deals", "deal_id,ae_email,status,owner,colour\nd1,ben@acme.io,open,x,y\n")

    assert report.notes == ("Nothing was made of the columns owner, colour.",)


def test_a_row_that_is_too_long_is_refused_and_one_that_is_short_is_not(staffed: Importer) -> None:
    staffed.take(
        "deals", "deal_id,ae_email,status,company\na,ben@acme.io,open,Smith, Sons\nb,ben@acme.io,open\n"
    )

    assert staffed.one(Deal).deal_key == "b"
    assert "more cells than the header" in staffed.refused("deals")[2]


def test_lines_are_counted_as_an_editor_shows_them(staffed: Importer) -> None:
    staffed.take(
        "deals", 'deal_id,ae_email,status,company\na,ben@acme.io,open,"Two\nlines"\nb,ben@acme.io,x,\n'
    )

    assert list(staffed.refused("deals")) == [4]


def test_a_dry_run_tells_the_first_refusals_and_leaves_no_file(staffed: Importer) -> None:
    report = staffed.take("deals", "deal_id,ae_email,status\na,ben@acme.io,x\n", dry_run=True)

    assert report.notes == ("Line 2: status: “x” is not one of open, won, lost.",)
    assert report.rejected_file is None
    assert not (staffed.folder / "deals.csv.rejected.csv").exists()
