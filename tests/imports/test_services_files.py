"""Somebody else's file comes in as it is: signs, dates and numbers of every make, a map, and a sentence when not."""

from datetime import UTC, date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from bot.core.enums import Role
from bot.core.errors import BadInput
from bot.imports.services.run import load
from bot.tabular import cells
from bot.tabular.cells import Reading
from bot.tabular.mapping import Mapping, parse
from storage.tables import Call, Deal, Leave, Person, Team
from tests.support.importing import Importer, counts

DEALS = "deal_id,ae_email,status,opened_at,amount\nd1,ben@acme.io,open,2026-10-05,1200\n"


def amount(text: str, decimal: str | None = None) -> Decimal:
    return cells.amount(text, Reading(Mapping(decimal=decimal), lambda _: pytest.fail("asked for a zone")))


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


MAP = """
[columns]
deal_id = "Opportunity"
ae_name = "Owner"
opened_at = "Engaged"
closed_at = "Closed"
amount = "Value"
company = "status"
status = "Stage"
[values.status]
"Closed Won" = "won"
Prospecting = "open"
[constants]
currency = "eur"
[dates]
format = "{}"
[numbers]
decimal = ","
"""


@pytest.mark.parametrize(
    ("form", "opened", "closed"),
    [
        ("%d-%m-%y", "05-10-26", "07-11-26"),
        ("%m/%d/%Y", "10/5/2026", "11/7/2026"),
        ("iso", "2026-10-05", "2026-11-07"),
    ],
)
def test_a_map_lets_an_export_in_as_it_is(
    staffed: Importer, tmp_path: Path, form: str, opened: str, closed: str
) -> None:
    (tmp_path / "MAP.toml").write_text(MAP.format(form))
    staffed.take(
        "deals",
        "Opportunity;Owner;Stage;Engaged;Closed;Value;status\n"
        f"d1;Ben Okoye;closed won;{opened};{closed};€ 1.234,50;Globex\n",
        mapping=load(tmp_path / "MAP.toml"),
    )
    deal = staffed.one(Deal)

    assert (deal.status, deal.amount, deal.currency, deal.company) == (
        "won",
        Decimal("1234.5"),
        "EUR",
        "Globex",
    )
    assert deal.opened_at and deal.opened_at.date() == date(2026, 10, 5)
    assert deal.closed_at and deal.closed_at.date() == date(2026, 11, 7)


def test_a_column_that_the_map_takes_is_not_taken_under_its_own_name_too(staffed: Importer) -> None:
    mapping = parse({"columns": {"company": "account"}})
    staffed.take(
        "calls",
        "source,call_id,account,rep_email,started_at\nzoom,a,Globex,ana@acme.io,2026-10-05T09:00\n",
        mapping=mapping,
    )
    call = staffed.one(Call)

    assert (call.company, call.account) == ("Globex", "")


@pytest.mark.parametrize(
    ("document", "sentence"),
    [
        ({"colums": {}}, "does not know “colums”"),
        ({"columns": {"deal_id": 3.5, "x": []}}, "x must be a text"),
        ({"columns": "deal_id"}, r"\[columns\] must be a table"),
        ({"dates": {"format": "DD-MM-YY"}}, "does not name a day"),
        ({"dates": {"format": "%m-%Y"}}, "does not name a day"),
        ({"dates": {"time_zone": "Mars/Olympus"}}, "no time zone"),
        ({"dates": {"zone": "UTC"}}, "does not know “zone”"),
        ({"numbers": {"decimal": ";"}}, "decimal is"),
        ({"create": {"reps": {"role": "boss", "team": "East"}}}, "needs a role and a team"),
        ({"create": {"reps": {"role": "AE"}}}, "needs a role and a team"),
    ],
)
def test_a_wrong_map_is_told_what_is_wrong(document: dict[str, Any], sentence: str) -> None:
    with pytest.raises(BadInput, match=sentence):
        parse(document)


@pytest.mark.parametrize(
    ("mapping", "sentence"),
    [
        (Mapping(columns={"deal": "deal_id"}), "speaks of “deal”"),
        (Mapping(columns={"amount": "price"}), "no column “price”"),
        (Mapping(columns={"amount": "deal_id"}, constants={"amount": "3"}), "a column and a constant"),
    ],
)
def test_a_map_of_another_file_is_refused(staffed: Importer, mapping: Mapping, sentence: str) -> None:
    with pytest.raises(BadInput, match=sentence):
        staffed.take("deals", DEALS, mapping=mapping)


def test_a_map_that_is_not_toml_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "MAP.toml").write_text("[columns\n")

    with pytest.raises(BadInput, match="is not TOML"):
        load(tmp_path / "MAP.toml")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1234", "1234"),
        ("1234.5", "1234.5"),
        ("1234,5", "1234.5"),
        ("1,234", "1234"),
        ("1,234,567", "1234567"),
        ("1.234.567", "1234567"),
        ("1,234.56", "1234.56"),
        ("1.234,56", "1234.56"),
        ("1 234,56", "1234.56"),
        ("1\u202f234,56 €", "1234.56"),
        ("1'234.56", "1234.56"),
        ("$1,234.00", "1234"),
        ("0.125", "0.125"),
        ("0,125", "0.125"),
        ("1234.567", "1234.567"),
        (".5", "0.5"),
    ],
)
def test_a_number_is_read_as_it_is_written(text: str, expected: str) -> None:
    assert amount(text) == Decimal(expected)


@pytest.mark.parametrize(
    "text", ["12x", "1.2.3", "1,2,3", "--1", "1e3", "", ".", "1,2345,678", "１２a", "nan"]
)
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(BadInput, match="is not a number"):
        amount(text)


def test_a_number_with_two_readings_is_not_guessed_at() -> None:
    with pytest.raises(BadInput, match="two ways"):
        amount("1.234")
    assert (amount("1.234", "."), amount("1.234", ",")) == (Decimal("1.234"), Decimal(1234))


@given(
    st.decimals(0, 10**9, places=2),
    st.sampled_from([(",", "."), (".", ","), (" ", ","), ("'", "."), ("", ",")]),
)
def test_every_amount_with_cents_is_read_back(value: Decimal, signs: tuple[str, str]) -> None:
    thousands, decimal = signs
    written = f"{value:,.2f}".translate({ord(","): thousands, ord("."): decimal})

    assert amount(written) == value


def test_a_time_without_an_offset_stands_on_the_wall_of_the_reps_team(staffed: Importer) -> None:
    staffed.take("teams", "team,time_zone\nEast,America/New_York\nWest,America/Los_Angeles\n")
    staffed.take(
        "reps",
        "email,name,role,team,started_on,ended_on\n"
        "zoe@acme.io,Zoe,SDR,East,2026-01-01,2026-06-30\nzoe@acme.io,Zoe,SDR,West,2026-07-01,\n",
    )
    staffed.take(
        "calls",
        "source,call_id,rep_email,started_at\n"
        "zoom,a,zoe@acme.io,2026-06-30T09:00\nzoom,b,zoe@acme.io,2026-07-01 09:00:00\nzoom,c,zoe@acme.io,2026-07-01\n"
        "zoom,d,zoe@acme.io,2026-07-01T09:00:00+02:00\n",
    )
    assert [call.started_at for call in staffed.all(Call)] == [
        datetime(2026, 6, 30, 13, tzinfo=UTC),
        datetime(2026, 7, 1, 16, tzinfo=UTC),
        datetime(2026, 7, 2, 6, 59, 59, 999999, tzinfo=UTC),
        datetime(2026, 7, 1, 7, tzinfo=UTC),
    ]


def test_a_team_that_the_file_makes_takes_the_maps_zone(acme: Importer) -> None:
    mapping = parse(
        {"dates": {"time_zone": "Asia/Tokyo"}, "create": {"reps": {"role": "AE", "team": "Imported"}}}
    )
    acme.take("calls", "source,call_id,rep_name,started_at\nzoom,a,Zoe,2026-10-05T09:00\n", mapping=mapping)

    assert acme.one(Call).started_at == datetime(2026, 10, 5, 0, tzinfo=UTC)
    assert acme.one(Team).time_zone == "Asia/Tokyo"


def test_constants_stand_in_every_row(acme: Importer) -> None:
    mapping = parse({"columns": {"name": "sales_agent", "team": "manager"}, "constants": {"role": "AE"}})
    acme.take("reps", "sales_agent,manager\nZoe,Lee\nYan,Lee\n", mapping=mapping)

    assert [person.name for person in acme.all(Person)] == ["Zoe", "Yan"]
    assert acme.one(Team).name == "Lee"


@pytest.mark.parametrize("said", ["0026-10-05", "2026-02-30", "05.10.26.1", "yesterday", "2026-W41"])
def test_what_is_no_date_is_refused(staffed: Importer, said: str) -> None:
    staffed.take("leave", f"rep_email,from,to\nana@acme.io,{said},2026-10-09\n")

    assert staffed.all(Leave) == []
    assert staffed.refused("leave")[2].startswith("from: ")


@pytest.mark.parametrize(
    ("cell", "expected"), [("9:00", time(9)), ("17:30", time(17, 30)), (time(8, 15), time(8, 15))]
)
def test_a_time_of_day_is_read(cell: str | time, expected: time) -> None:
    assert cells.time_of_day(cell, Reading(Mapping(), lambda _: pytest.fail("no zone"))) == expected


def test_newcomers_have_a_selling_role() -> None:
    mapping = parse({"create": {"reps": {"role": "sdr", "team": "East"}}})

    assert mapping.newcomers is not None
    assert mapping.newcomers.role is Role.SDR


def test_the_maps_zone_is_that_of_every_instant_in_the_file(staffed: Importer) -> None:
    staffed.take("teams", "team,time_zone\nEast,America/New_York\n")
    mapping = parse({"dates": {"time_zone": "UTC"}})

    staffed.take(
        "calls", "source,call_id,rep_email,started_at\nzoom,a,ana@acme.io,2026-10-05T09:00\n", mapping=mapping
    )

    assert staffed.one(Call).started_at == datetime(2026, 10, 5, 9, tzinfo=UTC)
