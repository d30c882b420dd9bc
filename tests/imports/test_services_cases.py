"""Small exports of every make that once went in wrong, with what is right about each."""

import csv
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from bot.core.enums import DealStatus, Role
from bot.core.errors import BadInput
from bot.imports.domain import ImportReport
from bot.tabular.mapping import Mapping, parse
from storage.tables import Call, CallAgent, Deal, Handoff, Membership, Person, StrayCall
from tests.support.importing import NOW, Importer, counts

FOLDER = Path(__file__).parents[3] / "shared" / "data" / "cases"
CREATE: dict[str, Any] = {"create": {"reps": {"role": "AE", "team": "Imported"}}}
CLOSED: dict[str, Any] = {"Closed Won": "won", "Closed Lost": "lost", "*": "open"}

CASES = {
    "calls-in-minutes.csv": (
        "agent,started,call_duration_in_minutes\n"
        "Ana Sample,2026-10-05 09:00,70.0\nAna Sample,2026-10-05 11:00,5.38\n"
    ),
    "calls-durations.csv": (
        "call_id,agent,started,duration\n"
        "1,Ana Sample,2026-10-05 09:00,00:05:23\n2,Ana Sample,2026-10-05 10:00,5:23\n"
        "3,Ana Sample,2026-10-05 11:00,5m 23s\n4,Ana Sample,2026-10-05 12:00,PT5M23S\n"
        "5,Ana Sample,2026-10-05 13:00,323 s\n6,Ana Sample,2026-10-05 14:00,1:02:03\n"
    ),
    "calls-by-extension.csv": (
        "call_id,extension,started,seconds\n1,101,2026-10-05 09:00,300\n2,+1 202-555-0102,2026-10-05 10:00,120\n"
    ),
    "deals-two-date-formats.csv": (
        "Opportunity ID,Owner,Stage,CreatedDate,CloseDate,Amount,LastModifiedDate\n"
        "O1,Ada Sample,Closed Won,01/12/26,02/26/26,1200,02/27/26 08:55 PM\n"
        "O2,Ada Sample,Prospecting,01/15/26,03/30/26,800,02/23/26 09:10 AM\n"
    ),
    "deals-instants-with-zone-names.csv": (
        "Id,Owner,Stage,CreatedDate,CloseDate,Amount\n"
        "O1,Ada Sample,Closed Won,2026-01-12 15:15:00.000000 UTC,2026-02-26,1200\n"
        "O2,Ada Sample,Closed Lost,2026-01-13T15:15:00+0700,2026-02-27,0\n"
        "O3,Ada Sample,Open,1768230900000,,500\nO4,Ada Sample,Open,46034.5,,500\n"
    ),
    "deals-many-stages.csv": (
        "ID,Responsible,Stage,Begin,Closed,Income\n1,Ada Sample,New,2026-01-05,,100\n"
        "2,Ada Sample,Qualifying,2026-01-06,,100\n3,Ada Sample,Measuring,2026-01-07,2026-01-07,100\n"
        "4,Ada Sample,Contract,2026-01-08,2026-01-02,100\n5,Ada Sample,Deal won,2026-01-09,2026-02-01,100\n"
        "6,Ada Sample,Deal lost,2026-01-09,2026-02-03,100\n7,Ada Sample,A stage added last week,2026-01-10,,100\n"
    ),
    "deals-same-key-twice.csv": (
        "deal_id,ae_name,status,opened_at,closed_at,amount\n"
        "1.23457E+12,Ada Sample,won,2026-01-05,2026-02-01,100\n"
        "1.23457E+12,Ada Sample,lost,2026-01-06,2026-02-02,0\n"
    ),
    "deals-no-key.csv": (
        "Deal Name,Owner,Status,Tentative Close Date,Close Date,Value\n"
        "Northwind,Ada Sample,Won,2026-02-01,,100\nNorthwind,Ada Sample,Open,2026-03-01,,250\n"
        "Fabrikam,Bo Sample,Won,,2026-02-11,300\n"
        "Deal Name,Owner,Status,Tentative Close Date,Close Date,Value\n,,,,,\nTotal,,,,,650\n"
    ),
    "deals-sep-line.csv": (
        "sep=;\ndeal_id;ae_name;status;opened_at;closed_at;amount\n"
        "1;Ada Sample;won;2026-01-05;2026-02-01;1.234,50\n"
    ),
    "deals-other-currency.csv": (
        "deal_id,ae_name,status,opened_at,closed_at,amount,currency\n"
        "1,Ada Sample,won,2026-01-05,2026-02-01,£1000,USD\n"
        '2,Ada Sample,won,2026-01-05,2026-02-01,"1.234,50 €",USD\n'
        "3,Ada Sample,won,2026-01-05,2026-02-01,USD 1234,USD\n"
        "4,Ada Sample,won,2026-01-05,2026-02-01,(500.00),USD\n"
        "5,Ada Sample,won,2026-01-05,2026-02-01,12k,USD\n"
        '6,Ada Sample,won,2026-01-05,2026-02-01,"1,00,000.00",USD\n'
    ),
    "deals-title-rows.csv": (
        'Deals report,,,\nMade on 2026-03-01,,,\n,,,\nDeal ID,Owner Name,Stage,Create Date\n'
        '1,"Sample, Ada",Open,3/14/2026\n2,Ada Sample,Open,"Mar 14, 2026 3:05 PM"\n'
        "3,ADA SAMPLE,Open,14.03.2026\n"
    ),
    "handoffs-two-roles.csv": (
        "lead,sdr,seller,won_date,segment\n"
        "L1,sdr-01,ae-01,2026-01-05 10:00:00,home\nL2,sdr-02,ae-01,2026-01-06 10:00:00,pet\n"
    ),
    "reps-own-words.csv": (
        "Name,E-Mail,Title,Team\n"
        "Cleo Sample,CLEO@EXAMPLE.COM ,Customer Success Manager,Onboarding\n"
        "Dee Sample,dee@example.com,BDR,Outbound\nEli Sample,eli@example.com,Solutions Engineer,Outbound\n"
    ),
}  # fmt: skip


class Cases:
    """Takes a case in, as it stands here or as it was found."""

    def __init__(self, acme: Importer, folder: Path | None) -> None:
        self.acme, self.folder = acme, folder

    def take(self, name: str, mapping: dict[str, Any] | None = None, *, yes: bool = False) -> ImportReport:
        given = parse(mapping) if mapping is not None else Mapping()
        content = (self.folder / name).read_bytes() if self.folder else CASES[name].encode()
        return self.acme.take(name.partition("-")[0], content, mapping=given, name=name, yes=yes)

    def deals(self) -> dict[str, Deal]:
        return {deal.deal_key: deal for deal in self.acme.all(Deal)}

    def refused(self, name: str) -> dict[int, str]:
        path = self.acme.folder / f"{name}.rejected.csv"
        with path.open(encoding="utf-8", newline="") as file:
            return {int(row["line"]): row["reason"] for row in csv.DictReader(file)}


@pytest.fixture(params=["written here", "as found"])
def cases(acme: Importer, request: pytest.FixtureRequest) -> Cases:
    if request.param == "as found" and not FOLDER.exists():
        pytest.skip(f"{FOLDER} is not here")
    return Cases(acme, FOLDER if request.param == "as found" else None)


MINUTES: dict[str, Any] = {
    "columns": {
        "call_id": ["agent", "started"],
        "rep_name": "agent",
        "started_at": "started",
        "duration_s": "call_duration_in_minutes",
    },
    "constants": {"source": "dialer"},
    **CREATE,
}


def test_minutes_are_never_read_as_seconds(cases: Cases) -> None:
    with pytest.raises(BadInput, match=r'says minutes.*\[units\] duration_s = "minutes"'):
        cases.take("calls-in-minutes.csv", MINUTES)
    assert cases.acme.all(Call) == []

    cases.take("calls-in-minutes.csv", MINUTES | {"units": {"duration_s": "minutes"}})
    assert [call.talk_seconds for call in cases.acme.all(Call)] == [4200, 323]


def test_durations_of_every_spelling(cases: Cases) -> None:
    columns = {"rep_name": "agent", "started_at": "started", "duration_s": "duration"}
    cases.take("calls-durations.csv", {"columns": columns, "constants": {"source": "dialer"}, **CREATE})

    assert [call.talk_seconds for call in cases.acme.all(Call)] == [323] * 5 + [3723]


def test_a_call_of_an_extension_is_its_reps_or_waits_to_be_named(cases: Cases) -> None:
    acme = cases.acme
    acme.take("reps", "email,name,role,team\nana@acme.io,Ana,SDR,East\n")
    acme.take("agents", "source,agent,rep_email\ndialer,+1 (202) 555-0102,ana@acme.io\n")
    columns = {"rep_extension": "extension", "started_at": "started", "duration_s": "seconds"}
    report = cases.take("calls-by-extension.csv", {"columns": columns, "constants": {"source": "dialer"}})

    assert (report.added, report.waiting, report.rejected) == (1, 1, 0)
    assert (acme.one(Call).call_key, acme.one(Call).talk_seconds) == ("2", 120)
    stray = acme.one(StrayCall)
    assert (stray.call_key, stray.talk_seconds) == ("1", 300)
    assert "101" in {agent.agent for agent in acme.all(CallAgent)}


def test_each_column_has_its_own_dates(cases: Cases) -> None:
    columns = {
        "deal_id": "Opportunity ID",
        "ae_name": "Owner",
        "status": "Stage",
        "opened_at": "CreatedDate",
        "closed_at": "CloseDate",
        "amount": "Amount",
        "last_activity_at": "LastModifiedDate",
    }
    report = cases.take(
        "deals-two-date-formats.csv", {"columns": columns, "values": {"status": CLOSED}, **CREATE}
    )

    assert (report.added, report.left_out, report.doubts) == (2, 0, ())
    won, still_open = cases.deals()["O1"], cases.deals()["O2"]
    assert won.last_activity_at == datetime(2026, 2, 27, 20, 55, tzinfo=UTC)
    assert won.opened_at and won.opened_at.date() == date(2026, 1, 12)
    assert won.closed_at and won.closed_at.date() == date(2026, 2, 26)
    assert still_open.expected_close == date(2026, 3, 30)


ZONED: dict[str, Any] = {
    "columns": {
        "deal_id": "Id",
        "ae_name": "Owner",
        "status": "Stage",
        "opened_at": "CreatedDate",
        "closed_at": "CloseDate",
        "amount": "Amount",
    },
    "values": {"status": CLOSED},
    **CREATE,
}
FORMATS = ["%Y-%m-%d %H:%M:%S.%f %Z", "%Y-%m-%dT%H:%M:%S%z", "epoch_ms", "excel"]


@pytest.mark.parametrize("dates", [{}, {"columns": {"opened_at": FORMATS}}], ids=["told", "by the map"])
def test_moments_with_zones_epochs_and_excels_days(cases: Cases, dates: dict[str, Any]) -> None:
    report = cases.take("deals-instants-with-zone-names.csv", ZONED | {"dates": dates})

    assert (report.added, report.left_out) == (4, 0)
    assert {key: deal.opened_at for key, deal in cases.deals().items()} == {
        "O1": datetime(2026, 1, 12, 15, 15, tzinfo=UTC),
        "O2": datetime(2026, 1, 13, 8, 15, tzinfo=UTC),
        "O3": datetime(2026, 1, 12, 15, 15, tzinfo=UTC),
        "O4": datetime(2026, 1, 12, 12, 0, tzinfo=UTC),
    }


def test_every_other_stage_is_open_and_a_planned_date_is_no_closing(cases: Cases) -> None:
    columns = {
        "deal_id": "ID",
        "ae_name": "Responsible",
        "status": "Stage",
        "opened_at": "Begin",
        "closed_at": "Closed",
        "amount": "Income",
    }
    words = {"Deal won": "won", "Deal lost": "lost", "*": "open"}
    report = cases.take("deals-many-stages.csv", {"columns": columns, "values": {"status": words}, **CREATE})

    assert (report.added, report.rejected) == (7, 0)
    deals = cases.deals()
    assert [key for key, deal in deals.items() if deal.status is not DealStatus.OPEN] == ["5", "6"]
    assert (deals["4"].closed_at, deals["4"].expected_close) == (None, date(2026, 1, 2))
    assert any(note.startswith("2 × An open deal has a closing date") for note in report.notes)


def test_one_key_twice_is_told_with_both_lines_and_nothing_is_overwritten(cases: Cases) -> None:
    report = cases.take("deals-same-key-twice.csv", CREATE)

    assert (report.is_stored, cases.deals()) == (False, {})
    assert "Lines 2 and 3 have one key, “1.23457E+12”" in report.doubts[0]
    report = cases.take("deals-same-key-twice.csv", CREATE, yes=True)
    assert (report.rejected, cases.deals()) == (2, {}), "a number that was cut short is nobody's key"


def test_a_key_of_several_columns_and_the_first_closing_date_that_is_filled(cases: Cases) -> None:
    columns = {
        "deal_id": ["Deal Name", "Owner", "Value"],
        "ae_name": "Owner",
        "status": "Status",
        "closed_at": ["Close Date", "Tentative Close Date"],
        "amount": "Value",
        "company": "Deal Name",
    }
    report = cases.take("deals-no-key.csv", {"columns": columns, **CREATE})

    assert (report.added, report.rejected, report.left_out) == (3, 0, 3)
    deals = cases.deals()
    assert {key: deal.closed_at and deal.closed_at.date() for key, deal in deals.items()} == {
        "Northwind Ada Sample 100": date(2026, 2, 1),
        "Northwind Ada Sample 250": None,
        "Fabrikam Bo Sample 300": date(2026, 2, 11),
    }
    assert {person.name for person in cases.acme.all(Person)} == {"Ada Sample", "Bo Sample"}


def test_a_line_that_says_the_separator(cases: Cases) -> None:
    cases.take("deals-sep-line.csv", CREATE)

    assert cases.deals()["1"].amount == Decimal("1234.50")


def test_amounts_of_every_spelling_and_none_of_another_currency(cases: Cases) -> None:
    cases.take("deals-other-currency.csv", CREATE)

    assert {key: deal.amount for key, deal in cases.deals().items()} == {
        "3": 1234,
        "4": -500,
        "5": 12_000,
        "6": 100_000,
    }
    assert {deal.currency for deal in cases.deals().values()} == {"USD"}
    assert cases.refused("deals-other-currency.csv") == {
        2: "The amount is in GBP and the currency is USD.",
        3: "The amount is in EUR and the currency is USD.",
    }


def test_what_was_won_is_its_owners_at_closing_in_the_history(acme: Importer) -> None:
    """The later owner is stored; who owned the deal before is kept by its history."""
    head = "deal_id,ae_name,status,opened_at,closed_at,amount\n"
    row = "1,{},won,2026-10-05,2026-10-20,100\n"
    acme.take("deals", head + row.format("Ada Sample"), mapping=parse(CREATE))
    report = acme.take(
        "deals", head + row.format("Bo Sample"), mapping=parse(CREATE), now=NOW + timedelta(days=1)
    )

    assert counts(report) == (1, 0, 1, 0, 0)


def test_the_header_is_found_below_a_title_and_one_person_has_three_spellings(cases: Cases) -> None:
    columns = {"deal_id": "Deal ID", "ae_name": "Owner Name", "status": "Stage", "opened_at": "Create Date"}
    report = cases.take("deals-title-rows.csv", {"columns": columns, **CREATE})

    assert (report.added, report.left_out, report.doubts) == (3, 0, ())
    assert "The header stands on line 4." in report.notes
    assert [person.name for person in cases.acme.all(Person)] == ["Ada Sample"]
    assert {deal.opened_at.date() for deal in cases.deals().values() if deal.opened_at} == {date(2026, 3, 14)}


def test_people_become_what_their_column_is_about(cases: Cases) -> None:
    columns = {
        "handoff_id": "lead",
        "sdr_name": "sdr",
        "ae_name": "seller",
        "passed_at": "won_date",
        "company": "segment",
    }
    report = cases.take("handoffs-two-roles.csv", {"columns": columns, **CREATE})

    assert len(cases.acme.all(Handoff)) == 2
    names = {person.id: person.name for person in cases.acme.all(Person)}
    roles = {names[stint.person_id]: stint.role for stint in cases.acme.all(Membership)}
    assert roles == {"sdr-01": Role.SDR, "sdr-02": Role.SDR, "ae-01": Role.AE}
    assert any("New in the roster: " in note and "sdr-01 (SDR)" in note for note in report.notes)


def test_own_words_for_roles_are_refused_with_the_lines_that_would_map_them(cases: Cases) -> None:
    columns = {"name": "Name", "email": "E-Mail", "role": "Title", "team": "Team"}
    report = cases.take("reps-own-words.csv", {"columns": columns})

    assert (report.rejected, cases.acme.all(Person)) == (3, [])
    [reason] = report.reasons
    assert (reason.rows, reason.first_line) == (3, 2)
    assert "is not one of SDR, AE, AM, manager" in reason.reason
    assert "[values.role]" in reason.mend
    assert '"BDR" = "SDR"' in reason.mend
    assert '"Solutions Engineer" = "…"' in reason.mend

    words = {"Customer Success Manager": "AM", "BDR": "SDR", "Solutions Engineer": "ignore"}
    report = cases.take("reps-own-words.csv", {"columns": columns, "values": {"role": words}})
    assert (report.added, report.left_out) == (2, 1)
    assert _emails(cases.acme.all(Person)) == {"cleo@example.com", "dee@example.com"}


def _emails(people: Sequence[Person]) -> set[str | None]:
    return {person.email for person in people}
