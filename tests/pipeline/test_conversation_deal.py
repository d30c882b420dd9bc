"""AEs keep their deals by hand: opened, changed, closed, and come of a lead."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlmodel import select

from bot.core.enums import DealStatus, Decision, Role
from bot.sandbox import Member, text_of
from storage.tables import DealField, Handoff, Person
from tests.pipeline.kept import deals, history, only_deal, writes
from tests.support.office import Office

MORNING = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)


def person_id(office: Office, name: str) -> int:
    with office.db.read() as session:
        return session.exec(select(Person.id).where(Person.name == name)).one()


def test_a_new_deal_is_kept_whole(office: Office, bo: Member) -> None:
    meeting = datetime(2026, 11, 20, 13, 30, tzinfo=UTC)

    writes(
        bo,
        company="Acme",
        amount="12000.50",
        currency="eur",
        expected_close=date(2026, 12, 18),
        pinned_down=["A timeline is confirmed"],
        next_meeting=meeting,
    )

    deal = only_deal(office)
    assert (deal.company, deal.amount, deal.currency) == ("Acme", Decimal("12000.50"), "EUR")
    assert (deal.timeline_confirmed, deal.authority_confirmed) == (True, None)
    assert (deal.expected_close, deal.next_meeting_at) == (date(2026, 12, 18), meeting)
    assert (deal.status, deal.opened_at, deal.closed_at) == (DealStatus.OPEN, MORNING, None)


def test_a_change_is_remembered(office: Office, bo: Member) -> None:
    writes(bo, company="Acme", amount=12000, expected_close=date(2026, 12, 1))
    office.later(days=3)

    writes(
        bo,
        deal="Acme · $12,000.00",
        amount=9000,
        expected_close=date(2026, 12, 24),
        pinned_down=["Someone with authority is on board"],
    )

    deal = only_deal(office)
    assert (deal.amount, deal.authority_confirmed) == (Decimal(9000), True)
    assert deal.opened_at == MORNING, "a day that nobody changed keeps its moment"
    assert history(office, DealField.EXPECTED_CLOSE) == [("2026-12-01", "2026-12-24")]
    assert [new for _old, new in history(office, DealField.AUTHORITY_CONFIRMED)] == ["yes"]
    assert len(history(office, DealField.AMOUNT)) == 1
    assert history(office, DealField.TIMELINE_CONFIRMED) == []


def test_what_changed_is_said_and_when_nothing_did(office: Office, bo: Member) -> None:
    writes(bo, company="Acme", amount=12000, expected_close=date(2026, 12, 1))

    bo.commands("/scorecard deal")
    bo.submits(deal="Acme · $12,000.00")
    bo.submits()
    assert "Nothing has changed." in text_of(bo.modal)
    bo.closes()
    bo.commands("/scorecard deal")
    bo.submits(deal="Acme · $12,000.00")
    bo.submits(amount=9000, expected_close=date(2026, 12, 24))

    assert "Changed: amount, expected close." in text_of(bo.modal)


@pytest.mark.parametrize(
    ("answer", "closed_at"),
    [
        (date(2026, 11, 16), MORNING),
        (date(2026, 11, 13), datetime(2026, 11, 13, 23, 0, tzinfo=UTC) - timedelta(microseconds=1)),
    ],
)
def test_a_deal_is_closed_by_now_or_by_the_end_of_an_earlier_day(
    office: Office, bo: Member, answer: date, closed_at: datetime
) -> None:
    writes(bo, company="Acme", opened_on=date(2026, 11, 2))

    writes(bo, deal="Acme", status="Won", closed_on=answer)

    deal = only_deal(office)
    assert (deal.status, deal.closed_at) == (DealStatus.WON, closed_at)
    bo.commands("/scorecard deal")
    assert "Which deal?" not in text_of(bo.modal), "only open deals are offered"


def test_a_deal_opened_and_won_on_one_earlier_day_is_kept(office: Office, bo: Member) -> None:
    day = date(2026, 11, 12)

    assert writes(bo, company="Acme", opened_on=day, status="Won", closed_on=day) == {}

    assert only_deal(office).closed_at == only_deal(office).opened_at


@pytest.mark.parametrize(
    ("fields", "field", "complaint"),
    [
        ({"amount": -1}, "amount", "0 or more"),
        ({"amount": 5, "currency": "€"}, "currency", "three letters"),
        (
            {"status": "Won", "opened_on": date(2026, 11, 10), "closed_on": date(2026, 11, 9)},
            "closed_on",
            "before it was opened",
        ),
        ({"status": "Lost", "closed_on": date(2026, 11, 16)}, "loss_reason", "why it was lost"),
        ({"opened_on": date(2026, 11, 17)}, "opened_on", "after today"),
        ({"company": "   "}, "company", "name the company"),
    ],
)
def test_what_cannot_be_is_refused_under_its_field(
    office: Office, bo: Member, fields: dict[str, Any], field: str, complaint: str
) -> None:
    errors = writes(bo, **({"company": "Acme"} | fields))

    assert list(errors) == [field]
    assert complaint in errors[field]
    assert deals(office) == []


def test_a_refused_change_changes_nothing(office: Office, bo: Member) -> None:
    writes(bo, company="Acme", amount=100)

    assert list(writes(bo, deal="Acme · $100.00", amount=200, status="Lost")) == ["closed_on"]

    assert only_deal(office).amount == Decimal(100)
    assert history(office, DealField.AMOUNT) == []


def test_a_deal_submitted_twice_is_one(office: Office, bo: Member) -> None:
    bo.commands("/scorecard deal")
    form = bo.waits_for(lambda someone: someone.modal)
    assert form is not None
    body, entered = form.body, form.values
    bo.submits(company="Acme")
    form.body, form.values = body, entered  # a laptop that missed the answer sends the same form again
    bo.submits(company="Acme")

    assert "✓ *Acme*" in text_of(bo.modal)
    assert only_deal(office).company == "Acme"


def test_only_ones_own_deals_are_offered_and_taken(office: Office, bo: Member, east: int) -> None:
    zed = office.hires("Zed", Role.AE, east)
    writes(zed, company="Zed's")
    writes(bo, company="Mine")
    theirs, mine = deals(office)

    bo.commands("/scorecard deal")
    assert "Zed's" not in str(bo.modal.blocks if bo.modal else "")
    bo.submits(deal="Mine")
    for forged in (theirs.id, 999_999):
        form = bo.waits_for(lambda someone: someone.modal)
        assert form is not None
        form.body["private_metadata"] = str(forged)
        bo.submits(company="Taken")
        assert "gone, or it is not one of yours" in text_of(bo.modal)
        bo.closes()

    assert [deal.company for deal in deals(office)] == [theirs.company, mine.company]


def test_deals_are_for_aes_and_accounts_for_ams(office: Office, ana: Member, bo: Member) -> None:
    assert "kept by the AEs" in ana.commands("/scorecard deal").text
    assert "kept by the AMs" in bo.commands("/scorecard account").text


def test_a_deal_may_come_from_an_accepted_lead(office: Office, ana: Member, bo: Member) -> None:
    with office.db.begin() as session:
        lead = Handoff(
            workspace_id=office.workspace_id,
            handoff_key="h-1",
            sdr_id=person_id(office, "Ana"),
            ae_id=person_id(office, "Bo"),
            company="Acme",
            contact="Dana",
            passed_at=MORNING - timedelta(days=3),
            decision=Decision.ACCEPTED,
            decided_at=MORNING - timedelta(days=2),
        )
        session.add(lead)
        session.flush()
        lead_id = lead.id

    writes(bo, company="Acme", lead="Acme, Dana")

    assert only_deal(office).handoff_id == lead_id
    bo.commands("/scorecard deal")
    bo.submits(deal="A new deal")
    assert "From which lead?" not in text_of(bo.modal), "a lead becomes one deal"
