"""What is guessed of a file whose columns are not ours: sides, days and times, keys, and whole lists."""

import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from bot.core.enums import DealStatus, Direction, ImportKind
from bot.core.errors import BadInput
from bot.imports.services.suggest import suggested
from bot.tabular.mapping import parse
from storage.tables import Call, Deal
from tests.support.importing import Importer

PBX = (
    "Call Time,Call ID,From,To,Direction,Status,Ringing,Talking\n"
    "2026-10-05 09:00:00,A1,101,+14155550100,Outbound,answered,00:00:07,00:05:23\n"
    "2026-10-05 10:00:00,A2,+14155550101,101,Inbound,answered,00:00:05,00:01:10\n"
    "2026-10-05 11:00:00,A3,101,102,Internal,answered,00:00:02,00:00:30\n"
    "2026-10-05 12:00:00,A4,+14155550103,101,Inbound,unanswered,00:00:20,00:00:00\n"
)
DAY_AND_TIME = (
    "Call SID,Agent Email,Contact Name,Call Date,Call Time,Call Direction,Call Type,Call Duration,Disposition Code\n"
    "CA1,ben@acme.io,Dana,10/27/2026,03:05:30 PM,Outgoing,Answered,05:23,Interested\n"
    "CA2,ben@acme.io,Zoe,10/28/2026,09:15:00 AM,Incoming,Missed,00:00,\n"
)


@pytest.fixture
def known(staffed: Importer) -> Importer:
    """Whose 101 is has been said."""
    staffed.take("agents", "source,agent,rep_email\npbx,101,ben@acme.io\n")
    return staffed


def guessed(acme: Importer, name: str, content: str, **constants: str) -> dict[str, Any]:
    path = acme.folder / name
    path.write_text(content, encoding="utf-8")
    document = tomllib.loads(suggested(path, kind=None, mapping=None))
    return document | {"constants": document.get("constants", {}) | constants}


def test_whose_side_a_call_is_on_depends_on_who_called(known: Importer) -> None:
    report = known.take("calls", PBX, mapping=parse(guessed(known, "pbx.csv", PBX, source="pbx")))

    assert (report.added, report.left_out, report.rejected) == (3, 1, 0)
    made, taken, missed = known.all(Call)
    assert (made.contact, made.direction, made.talk_seconds) == ("+14155550100", Direction.OUTBOUND, 323)
    assert (taken.contact, taken.direction) == ("+14155550101", Direction.INBOUND)
    assert (missed.completed, missed.talk_seconds) == (False, 0)


def test_a_list_of_ones_own_from_excel_is_guessed_whole(staffed: Importer) -> None:
    content = (
        "Opp #;Account;Salesperson;Phase;Value (EUR);Created on;Decision date;Next step;Why lost\n"
        "18000;Café Süd;Ben Okoye;Won;9.851,78;09.09.2026;05.10.2026;call back;\n"
        "18001;Initech;Ben Okoye;Lost;7.437,82;06.09.2026;24.10.2026;;Price\n"
        "18002;Hooli;Ben Okoye;Negotiation;437,82;06.09.2026;;;\n"
        ";;;Total;17727,42;;;;\n"
    )
    path = staffed.folder / "Q4 (final).csv"
    path.write_bytes(content.encode("cp1252"))
    text = suggested(path, kind=None, mapping=None)
    assert "cornerman import 'Q4 (final).csv' --kind deals" in text

    report = staffed.take_path(ImportKind.DEALS, path, mapping=parse(tomllib.loads(text)))

    assert (report.added, report.rejected, report.left_out, report.doubts) == (3, 0, 1, ())
    won, lost, _ = staffed.all(Deal)
    assert (won.deal_key, won.status, won.amount, won.company) == (
        *("18000", DealStatus.WON),
        *(Decimal("9851.78"), "Café Süd"),
    )
    assert (lost.status, lost.loss_reason, f"{lost.closed_at:%Y-%m-%d}") == (
        *(DealStatus.LOST, "Price"),
        "2026-10-24",
    )


def test_days_and_times_written_in_several_ways_are_guessed_together(staffed: Importer) -> None:
    days = ("23/10/2026", "2026-10-24", "25 Oct 2026")
    content = "Agent,Date,Time,Talk time\n" + "".join(
        f"Ben Okoye,{day},{time},5:09\n" for day in days for time in ("13:05", "02:07 PM")
    )
    document = guessed(staffed, "calls.csv", content, source="pbx")
    document["columns"]["call_id"] = ["Agent", "Date", "Time"]

    report = staffed.take("calls", content, mapping=parse(document))

    assert (report.added, report.rejected) == (6, 0)
    assert [f"{call.started_at:%d %H:%M}" for call in staffed.all(Call)] == [
        f"{day} {time}" for day in (23, 24, 25) for time in ("13:05", "14:07")
    ]


def test_a_key_that_is_in_no_column_may_be_several_together(acme: Importer) -> None:
    path = acme.folder / "calls.csv"
    path.write_text("Agent,Date,Time,Talk time\nBen,23/10/2026,13:05,5:09\n", encoding="utf-8")
    text = suggested(path, kind=None, mapping=None)

    assert "call_id. Name its column below, or several that together are another in every row." in text
    assert '# call_id = ["…", "…"]' in text
    assert "source. Name its column below, or give it a constant." in text


def test_without_a_direction_such_a_map_is_refused(known: Importer) -> None:
    columns = {
        "call_id": "Call ID",
        "started_at": "Call Time",
        "rep_extension": {"inbound": "To", "outbound": "From"},
    }
    with pytest.raises(BadInput, match=r"direction = “…” in \[columns\]"):
        known.take(
            "calls",
            PBX.replace("Direction", "Way"),
            mapping=parse({"columns": columns, "constants": {"source": "pbx"}}),
        )


def test_a_day_and_its_time_of_day_are_one_moment_and_who_was_missed_is_told(staffed: Importer) -> None:
    document = guessed(staffed, "dialer.csv", DAY_AND_TIME, source="dialer")
    assert document["columns"]["started_at"] == {"together": ["Call Date", "Call Time"]}
    assert document["columns"]["disposition"] == "Call Type"

    staffed.take("calls", DAY_AND_TIME, mapping=parse(document))
    talked, missed = staffed.all(Call)
    assert f"{talked.started_at:%Y-%m-%d %H:%M:%S}" == "2026-10-27 15:05:30"
    assert (talked.talk_seconds, talked.completed, missed.completed) == (323, True, False)


def test_a_workbooks_day_and_time_of_day_too(staffed: Importer) -> None:
    path = staffed.folder / "dialer.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet()
    day, time = book.add_format({"num_format": "yyyy-mm-dd"}), book.add_format({"num_format": "hh:mm:ss"})
    sheet.write_row(0, 0, ["id", "rep", "Date", "Time"])
    sheet.write_row(1, 0, ["1", "ben@acme.io"])
    sheet.write_number(1, 2, 46322, day)
    sheet.write_number(1, 3, 0.5, time)
    book.close()
    columns = {"call_id": "id", "rep_email": "rep", "started_at": {"together": ["Date", "Time"]}}
    staffed.take_path("calls", path, mapping=parse({"columns": columns, "constants": {"source": "x"}}))

    assert f"{staffed.one(Call).started_at:%Y-%m-%d %H:%M}" == "2026-10-27 12:00"


def test_a_closing_date_is_not_the_one_that_is_expected(staffed: Importer) -> None:
    text = (
        "Deal id,Sales owner,Deal stage,Expected close,Closed date\n1,Ben Okoye,Won,10/28/2026,10/20/2026\n"
        "2,Ben Okoye,Dead,11/13/2026,10/27/2026\n"
    )
    document = guessed(staffed, "crm.csv", text)
    columns = document["columns"]

    assert (columns["closed_at"], columns["expected_close"]) == ("Closed date", "Expected close")
    assert columns["ae_name"] == "Sales owner"
    report = staffed.take("deals", text, mapping=parse(document))
    assert (report.added, report.rejected) == (2, 0)
    assert [deal.status for deal in staffed.all(Deal)] == [DealStatus.WON, DealStatus.LOST]


def test_the_talk_is_taken_before_the_ringing(staffed: Importer, tmp_path: Path) -> None:
    cdr = "calldate,src,dst,duration,billsec,disposition,uniqueid\n2026-10-05 09:00:00,101,+1,330,323,ANSWERED,1.1\n"
    assert guessed(staffed, "cdr.csv", cdr)["columns"] == {
        "call_id": "uniqueid",
        "started_at": "calldate",
        "duration_s": "billsec",
        "disposition": "disposition",
    }
