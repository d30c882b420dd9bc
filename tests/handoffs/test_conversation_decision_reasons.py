"""A decision has a reason, and the reason teaches the SDR: said once, first hand, and saying why."""

import pytest

from bot.handoffs.domain.checklist import MAX_REASON
from bot.sandbox import Member
from tests.support.leads import TELLING, decides, handoffs, only_handoff, passes, told
from tests.support.office import Office

VAGUE = "no"


@pytest.mark.parametrize("button", ["Accept", "Reject"])
def test_either_word_needs_a_reason(office: Office, ana: Member, bo: Member, button: str) -> None:
    passes(ana, bo)

    assert "required" in decides(office, bo, button, "")["reason"]
    assert "in a sentence" in bo.submits(reason="   ").errors["reason"]

    assert only_handoff(office).decision is None
    assert ana.dm == []


def test_a_reason_teaches_once(office: Office, ana: Member, bo: Member) -> None:
    for company, reason in (("One", TELLING), ("Two", TELLING.upper()), ("Three", VAGUE)):
        passes(ana, bo, company=company)
        decides(office, bo, "Reject", reason, beside=company)

    assert [handoff.teaches for handoff in handoffs(office)] == [True, False, False]


def test_a_reason_that_says_too_little_is_asked_about_once(office: Office, ana: Member, bo: Member) -> None:
    passes(ana, bo)
    bo.clicks("Reject")
    bo.submits(reason="no")

    bo.waits_for("“no” says what, not why: one sentence more, and Ana can do better next time.")
    assert only_handoff(office).decision is None
    assert bo.submits(reason="no").errors == {}

    assert "Why: no" in told(ana, 1)[0]
    assert only_handoff(office).teaches is False


def test_a_reason_over_the_limit_is_refused_under_its_field(office: Office, ana: Member, bo: Member) -> None:
    passes(ana, bo)

    errors = decides(office, bo, "Reject", "x" * (MAX_REASON + 1))

    assert list(errors) == ["reason"]
    assert only_handoff(office).decision is None


def test_a_reason_that_did_not_help_its_sdr_teaches_nothing(office: Office, ana: Member, bo: Member) -> None:
    passes(ana, bo)
    decides(office, bo, "Reject", TELLING)
    assert only_handoff(office).teaches

    ana.closes()
    told(ana, 1)
    ana.clicks("This did not help me")

    assert only_handoff(office).unhelpful_at is not None
    ana.waits_for("You said that this did not help")


def test_an_aes_second_hand_reason_teaches_nobody(office: Office, ana: Member, bo: Member) -> None:
    passes(ana, bo)
    decides(office, bo, "Reject", TELLING)
    passes(ana, bo, company="Globex")
    decides(office, bo, "Reject", f"{TELLING} please", beside="Globex")

    assert [one.teaches for one in handoffs(office)] == [True, False]
