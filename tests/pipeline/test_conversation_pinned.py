"""What a debrief pinned down about a deal is confirmed for that deal, and no other."""

from typing import Any

from sqlmodel import select

from bot.sandbox import Member, text_of
from storage.tables import Call, DealField
from tests.pipeline.kept import history, only_deal, writes
from tests.support.office import Office


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
