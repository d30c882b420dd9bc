"""AEs keep their deals and AMs the values of their accounts by hand, and debriefs add what was pinned down."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlmodel import col, select

from bot.core.enums import DealStatus, Decision, Role
from bot.sandbox import Member, text_of
from storage.tables import AccountValue, Call, Deal, DealChange, DealField, Handoff, Person
from tests.support.office import Office

MORNING = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)


@pytest.fixture
def cy(office: Office, east: int) -> Member:
    """An AM in Berlin."""
    return office.hires("Cy", Role.AM, east)


def writes(ae: Member, deal: str | None = None, **fields: Any) -> dict[str, str]:
    """Fills the deal form, of a new deal or of the one picked; the errors it comes back with."""
    ae.commands("/scorecard deal")
    if deal is not None:
        ae.submits(deal=deal)
    errors = ae.submits(**fields).errors
    if not errors:
        assert "✓" in text_of(ae.modal)
        ae.closes()
    return errors


def deals(office: Office) -> list[Deal]:
    with office.db.read() as session:
        return list(session.exec(select(Deal).order_by(col(Deal.id))))


def only_deal(office: Office) -> Deal:
    [deal] = deals(office)
    return deal


def history(office: Office, field: DealField) -> list[tuple[str | None, str | None]]:
    with office.db.read() as session:
        rows = session.exec(select(DealChange).where(DealChange.field == field).order_by(col(DealChange.id)))
        return [(row.old, row.new) for row in rows]


def values(office: Office) -> list[tuple[str, date, Decimal]]:
    with office.db.read() as session:
        rows = session.exec(select(AccountValue).order_by(col(AccountValue.as_of), col(AccountValue.id)))
        return [(row.account_key, row.as_of, row.value) for row in rows]


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


def debriefs(bo: Member, office: Office, deal: str | None = None, **fields: Any) -> None:
    office.call_ended(bo, company="ACME ")
    bo.clicks("Debrief")
    bo.submits(outcome="Advanced", **fields)
    bo.waits_for("advanced")
    bo.clicks("Add more")
    assert bo.submits(**({"deal": deal} if deal else {"improve": "Call back sooner"})).closed


def test_what_a_debrief_pinned_down_is_confirmed_for_its_deal(office: Office, bo: Member) -> None:
    writes(bo, company="Acme")
    office.later(hours=1)

    debriefs(bo, office, pinned_down=["A timeline was agreed"])

    deal = only_deal(office)
    assert (deal.timeline_confirmed, deal.authority_confirmed) == (True, None), (
        "the company's deal was proposed"
    )
    assert history(office, DealField.TIMELINE_CONFIRMED) == [(None, "yes")]
    with office.db.read() as session:
        assert session.exec(select(Call.deal_id)).one() == deal.id


def test_who_confirmed_what_and_in_which_words_stands_with_the_deal(office: Office, bo: Member) -> None:
    writes(bo, company="Acme", pinned_down=["Someone with authority is on board"], pinned_by="Lee, CFO")
    office.later(days=1)
    debriefs(bo, office, pinned_down=["A timeline was agreed"], pinned_by="the board, by March")
    office.later(days=1)
    bo.clicks("Edit")
    assert bo.submits(went_well="They asked for the date themselves").closed

    bo.commands("/scorecard deal")
    bo.submits(deal="Acme")

    form = text_of(bo.modal)
    assert "Timeline: confirmed by Bo on Nov 17, 2026: “the board, by March”" in form
    assert "Authority: confirmed by Bo on Nov 16, 2026: “Lee, CFO”" in form
    assert "the board, by March" in form, "what was said last is there to be changed"
    assert bo.submits(pinned_down=["A timeline is confirmed"]).errors == {}
    bo.closes(everything=True)
    bo.commands("/scorecard deal")
    bo.submits(deal="Acme")
    assert "Authority: confirmed" not in text_of(bo.modal), "what is taken back is confirmed by nobody"
    assert "Timeline: confirmed by Bo on Nov 17, 2026" in text_of(bo.modal), "and the rest keeps its day"


def test_a_no_never_takes_a_confirmation_back(office: Office, bo: Member) -> None:
    writes(bo, company="Acme")
    debriefs(bo, office, pinned_down=["A timeline was agreed"])

    bo.clicks("Edit")
    assert bo.submits(pinned_down=[]).closed

    assert only_deal(office).timeline_confirmed is True
    assert len(history(office, DealField.TIMELINE_CONFIRMED)) == 1


def test_a_call_about_none_of_the_deals_touches_none(office: Office, bo: Member) -> None:
    writes(bo, company="Acme")

    debriefs(bo, office, deal="None of these", pinned_down=["A timeline was agreed"])

    assert only_deal(office).timeline_confirmed is None
    assert history(office, DealField.TIMELINE_CONFIRMED) == []


def test_a_rep_without_deals_is_not_asked_for_one(office: Office, ana: Member) -> None:
    office.call_ended(ana)
    ana.clicks("Meeting booked")
    ana.waits_for("meeting booked")

    ana.clicks("Add more")

    assert "Which deal" not in text_of(ana.waits_for("A little more"))


def values_it(am: Member, **fields: Any) -> dict[str, str]:
    am.commands("/scorecard account")
    errors = am.submits(**fields).errors
    if not errors:
        am.closes()
    return errors


def test_an_account_has_a_value_from_a_day_on(office: Office, cy: Member) -> None:
    values_it(cy, account="Globex", value=100, as_of=date(2026, 10, 1))
    values_it(cy, which_account="Globex · $100.00", value="130.50")
    values_it(cy, or_a_new_one="globex", value=0, as_of=date(2026, 11, 20))

    assert values(office) == [
        ("Globex", date(2026, 10, 1), Decimal(100)),
        ("Globex", date(2026, 11, 16), Decimal("130.50")),
        ("Globex", date(2026, 11, 20), Decimal(0)),
    ]


def test_an_account_keeps_its_currency_until_another_is_said(office: Office, cy: Member) -> None:
    values_it(cy, account="Globex", value=100, currency="EUR", as_of=date(2026, 10, 1))
    values_it(cy, which_account="Globex · €100.00", value=130)

    with office.db.read() as session:
        assert set(session.exec(select(AccountValue.currency))) == {"EUR"}
    cy.commands("/scorecard account")
    cy.submits(which_account="Globex · €130.00", value=140, currency="usd")
    assert "Until now it was kept in EUR: was that meant?" in text_of(cy.modal)
    cy.closes()
    cy.commands("/scorecard account")
    cy.submits(or_a_new_one="Initech", value=5)
    assert "*Initech* is worth $5.00" in text_of(cy.modal), "a new one is in the workspace's"


def test_a_second_value_for_a_day_replaces_the_first(office: Office, cy: Member) -> None:
    values_it(cy, account="Globex", value=100)
    values_it(cy, which_account="Globex · $100.00", value=90)

    assert values(office) == [("Globex", date(2026, 11, 16), Decimal(90))]


def test_an_account_of_another_am_stays_theirs_until_they_let_go(
    office: Office, cy: Member, east: int
) -> None:
    gil = office.hires("Gil", Role.AM, east)
    values_it(cy, account="Globex", value=100, as_of=date(2026, 11, 1))

    assert "Another AM" in values_it(gil, account="Globex", value=120)["new_account"]
    gil.closes()
    values_it(cy, which_account="Globex · $100.00", value=0, as_of=date(2026, 11, 10))
    assert values_it(gil, account="Globex", value=120) == {}

    assert values(office)[-1] == ("Globex", date(2026, 11, 16), Decimal(120))


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"account": "Globex", "value": -1}, "value"),
        ({"account": "Globex", "value": 5, "currency": "12"}, "currency"),
        ({"account": "  ", "value": 5}, "new_account"),
        ({"value": 5}, "new_account"),
    ],
)
def test_a_value_that_cannot_be_is_refused_under_its_field(
    office: Office, cy: Member, fields: dict[str, Any], field: str
) -> None:
    assert list(values_it(cy, **fields)) == [field]
    assert values(office) == []
