"""Exports of deals that once went in wrong: stages, keys, separators, amounts, titles, owners."""

from datetime import date, timedelta
from decimal import Decimal

from bot.core.enums import DealStatus
from bot.tabular.mapping import parse
from storage.tables import Person
from tests.imports.cases.cases import CREATE, Cases
from tests.support.importing import NOW, Importer, counts


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
