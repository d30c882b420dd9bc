"""Deals come in by their keys, with what each was worth before."""

from datetime import date, timedelta

from storage.tables import (
    Deal,
    DealChange,
)
from tests.imports.facts.files import DEALS
from tests.support.importing import NOW, Importer


def test_a_deal_opened_and_won_on_one_day_took_no_days(staffed: Importer) -> None:
    head = "deal_id,ae_email,status,opened_at,closed_at\n"
    staffed.take(
        "deals",
        head
        + "d1,ben@acme.io,won,2026-10-05,2026-10-05\n"
        + "d2,ben@acme.io,won,2026-10-05,2026-10-05T15:00:00Z\n"
        + "d3,ben@acme.io,won,2026-10-05T08:00:00Z,2026-10-05\n",
    )

    assert [deal.deal_key for deal in staffed.all(Deal)] == ["d1", "d2", "d3"]
    assert all(deal.opened_at and deal.opened_at.date() == date(2026, 10, 5) for deal in staffed.all(Deal))


def test_an_open_deal_is_seen_first_when_it_is_first_imported(staffed: Importer) -> None:
    staffed.take("deals", DEALS)
    staffed.take("deals", DEALS.replace("Initech", "Initrode"), now=NOW + timedelta(days=7))
    deal = staffed.all(Deal)[1]

    assert (deal.opened_at, deal.first_seen_at, deal.company) == (None, NOW, "Initrode")


def test_what_a_deal_was_worth_before_is_remembered(staffed: Importer) -> None:
    later = NOW + timedelta(days=7)
    staffed.take("deals", DEALS)
    staffed.take("deals", DEALS.replace("2026-12-01,no", "2027-01-15,yes"), now=later)

    assert [(c.field, c.old, c.new, c.changed_at) for c in staffed.all(DealChange)] == [
        ("expected_close", "2026-12-01", "2027-01-15", later),
        ("timeline_confirmed", "no", "yes", later),
    ]


def test_an_open_deals_closing_date_is_no_closing(staffed: Importer) -> None:
    staffed.take("deals", "deal_id,ae_email,status,closed_at\nd1,ben@acme.io,open,2026-12-31\n")

    assert staffed.one(Deal).closed_at is None
