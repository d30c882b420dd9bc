"""Every kind of record comes in by its keys, once, and wrong rows stay out with line and reason."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from bot.core.enums import Role
from bot.tabular.mapping import Mapping, Newcomers
from storage.database import Database
from storage.tables import (
    AccountValue,
    Call,
    CoachingSession,
    Deal,
    Handoff,
    Leave,
    Person,
)
from tests.imports.facts.files import CALLS, DEALS, HANDOFFS
from tests.support.importing import NOW, ROSTER, Importer, counts, importer

FILES = {
    "calls": CALLS,
    "handoffs": HANDOFFS,
    "deals": DEALS,
    "leave": "rep_email,from,to\nana@acme.io,2026-10-05,2026-10-09\n",
    "accounts": "account,am_email,as_of,value\nGlobex,cy@acme.io,2026-01-31,100\nGlobex,cy@acme.io,2026-02-28,130\n",
    "sessions": (
        "session_id,coach_email,learner_email,metric,held_on,commitment\n"
        "s1,ben@acme.io,ana@acme.io,qualified_rate,2026-10-05,Ask for the budget\n"
    ),
    "teams": "team,time_zone,channel\nWest,America/Los_Angeles,#west\n",
}


@pytest.mark.parametrize("kind", [*FILES])
def test_a_file_taken_twice_is_taken_once(any_db: Database, tmp_path: Path, kind: str) -> None:
    acme = importer(any_db, tmp_path)
    acme.take("reps", ROSTER)
    rows = FILES[kind].count("\n") - 1

    assert counts(acme.take(kind, FILES[kind])) == (rows, rows, 0, 0, 0)
    assert counts(acme.take(kind, FILES[kind], now=NOW + timedelta(days=1))) == (rows, 0, 0, rows, 0)


@pytest.mark.parametrize("kind", [*FILES])
def test_a_dry_run_counts_the_same_and_writes_nothing(staffed: Importer, kind: str) -> None:
    tables = (AccountValue, Call, CoachingSession, Deal, Handoff, Leave)
    dry = staffed.take(kind, FILES[kind], dry_run=True)

    assert [len(staffed.all(table)) for table in tables] == [0] * len(tables)
    assert counts(dry) == counts(staffed.take(kind, FILES[kind]))


def test_of_two_different_rows_with_one_key_none_is_stored_until_somebody_says_so(staffed: Importer) -> None:
    head = "source,call_id,rep_email,started_at,company\n"
    row = "zoom,c1,ana@acme.io,2026-10-05T09:00:00Z,{}\n"
    content = head + row.format("Globex") + row.format("Initech") + row.format("Initech")
    report = staffed.take("calls", content)

    assert not report.is_stored
    assert "Lines 2 and 3 have one key, “zoom, c1, ana@acme.io”" in report.doubts[0]
    assert staffed.all(Call) == []

    report = staffed.take("calls", content, yes=True)
    assert counts(report) == (3, 1, 1, 1, 0)
    assert report.doubts and report.accepted
    assert staffed.one(Call).company == "Initech"


def test_the_same_row_twice_is_no_doubt(staffed: Importer) -> None:
    head = "source,call_id,rep_email,started_at,company\n"
    row = "zoom,c1,ana@acme.io,2026-10-05T09:00:00Z,Globex\n"

    assert counts(staffed.take("calls", head + row * 2)) == (2, 1, 0, 1, 0)


def test_a_dry_run_sees_its_own_earlier_rows(staffed: Importer) -> None:
    head = "source,call_id,rep_email,started_at,company\n"
    row = "zoom,c1,ana@acme.io,2026-10-05T09:00:00Z,{}\n"
    report = staffed.take("calls", head + row.format("Globex") + row.format("Initech"), dry_run=True)

    assert counts(report) == (2, 1, 1, 0, 0)


def test_a_missing_column_leaves_what_is_stored_and_an_empty_cell_clears_it(staffed: Importer) -> None:
    head = "source,call_id,rep_email,started_at,ended_at,company,contact\n"
    staffed.take("calls", head + "zoom,c1,ana@acme.io,2026-10-05T09:00Z,2026-10-05T09:30Z,Globex,Dana\n")
    staffed.take(
        "calls", "source,call_id,rep_email,started_at,contact\nzoom,c1,ana@acme.io,2026-10-05T09:10Z,\n"
    )
    call = staffed.one(Call)

    assert (call.company, call.contact) == ("Globex", "")
    assert call.ended_at == datetime(2026, 10, 5, 9, 40, tzinfo=UTC), "the call moved; its length did not"


def test_wrong_rows_stay_out_with_line_and_reason(staffed: Importer) -> None:
    report = staffed.take(
        "deals",
        "deal_id,ae_email,status,opened_at,closed_at,amount,handoff_id\n"
        "a,ben@acme.io,won,2026-10-01,,10,\n"
        "b,ben@acme.io,lost,2026-10-05,2026-10-04,10,\n"
        "c,ben@acme.io,won,2026-10-05,2027-10-05,10,\n"
        "\n"
        "d,ben@acme.io,paused,2026-10-05,,10,\n"
        ",ben@acme.io,open,2026-10-05,,10,\n"
        "f,zoe@acme.io,open,2026-10-05,,10,\n"
        "g,ben@acme.io,open,2026-10-05,,10,h9\n"
        "h,ben@acme.io,open,2026-13-05,,10,\n"
        "i,ben@acme.io,open,2026-10-05,,10,\n",
    )

    assert counts(report) == (9, 2, 0, 0, 7)
    assert report.left_out == 1, "an opening date that cannot be read leaves the row in"
    assert "“2026-13-05” is not a date" in report.left_out_reasons[0].reason
    assert report.rejected_file == staffed.folder / "deals.csv.rejected.csv"
    assert staffed.refused("deals") == {
        2: "The deal is won without a closing date.",
        3: "The deal was closed before it was opened.",
        4: "The deal was won in the future; if that is right, take it in with --yes.",
        6: "status: “paused” is not one of open, won, lost.",
        7: "deal_id is empty.",
        8: "zoe@acme.io is not in the roster; import the reps first, or write [create] reps in the map.",
        9: "There is no handoff “h9”; import the handoffs first.",
    }


def test_mended_rows_of_the_refused_file_can_be_imported_as_they_are(staffed: Importer) -> None:
    refused = staffed.take("deals", "deal_id,ae_email,status\nd1,ben@acme.io,wn\n").rejected_file
    assert refused is not None
    mended = refused.read_text().replace(",wn", ",open")

    assert counts(staffed.take("deals", mended)) == (1, 1, 0, 0, 0)


def test_an_account_has_one_value_a_day(staffed: Importer) -> None:
    staffed.take("accounts", FILES["accounts"])
    report = staffed.take("accounts", FILES["accounts"].replace("130", "0"))

    assert counts(report) == (2, 0, 1, 1, 0)
    assert [row.value for row in staffed.all(AccountValue)] == [Decimal(100), Decimal(0)]


def test_a_leave_that_ends_later_is_the_same_leave(staffed: Importer) -> None:
    staffed.take("leave", FILES["leave"])
    staffed.take("leave", FILES["leave"].replace("10-09", "10-16"))

    assert staffed.one(Leave).last_day == date(2026, 10, 16)


def test_names_stand_for_emails_everywhere(staffed: Importer) -> None:
    staffed.take(
        "handoffs",
        "handoff_id,sdr_name,ae_email,ae_name,company,passed_at\nh1,Ana  Diaz,,Ben Okoye,Globex,2026-10-05\n",
    )
    ana, ben, _ = staffed.all(Person)

    assert (staffed.one(Handoff).sdr_id, staffed.one(Handoff).ae_id) == (ana.id, ben.id)


def test_two_files_come_in_any_order(acme: Importer) -> None:
    mapping = Mapping(newcomers=Newcomers(Role.AE, "Imported"))
    acme.take("deals", "deal_id,ae_name,status\na,Ben Okoye,open\n", mapping=mapping)
    acme.take("reps", ROSTER)
    acme.take("deals", "deal_id,ae_email,status\na,ben@acme.io,open\n")

    assert sorted(person.name for person in acme.all(Person)) == ["Ana Diaz", "Ben Okoye", "Cy Marsh"]
    assert len(acme.all(Deal)) == 1
