"""An SDR passes a lead to an AE, who decides once, may take it back for five minutes, and is told of nothing twice."""

from datetime import timedelta

from bot.core.enums import Decision, Role
from bot.sandbox import Member, text_of
from tests.support.leads import TELLING, decides, handoffs, only_handoff, passes, told
from tests.support.office import Office


def test_a_rejected_lead_comes_back_to_the_sdr_with_the_reason(
    office: Office, ana: Member, bo: Member
) -> None:
    passes(ana, bo)
    assert "Bo has your lead *Dana, Acme*" in text_of(ana.modal)
    [question] = told(bo, 1)
    assert "*Ana* passes you a lead: *Dana, Acme*" in question

    decides(office, bo, "Reject", TELLING)

    [lesson] = told(ana, 1)
    assert "did not take your lead *Dana, Acme*" in lesson
    assert TELLING in lesson
    handoff = only_handoff(office)
    assert (handoff.decision, handoff.reason, handoff.teaches) == (Decision.REJECTED, TELLING, True)
    assert handoff.decided_at == office.clock()


def test_the_question_turns_into_the_answer(office: Office, ana: Member, bo: Member) -> None:
    passes(ana, bo)

    decides(office, bo, "Accept", "Their head of sales asked for a date herself")

    bo.waits_for("You accepted *Dana, Acme* from Ana")
    [message] = bo.dm
    assert "Reject" not in text_of(message)
    assert "*Bo* accepted your lead" in told(ana, 1)[0]


def test_a_lead_is_decided_once(office: Office, ana: Member, bo: Member) -> None:
    passes(ana, bo)
    told(bo, 1)
    [message] = bo.dm
    before = list(message.blocks)
    decides(office, bo, "Accept", TELLING)
    bo.waits_for("You accepted")
    message.blocks = before  # a phone that has not caught up still shows the buttons

    bo.clicks("Reject")

    bo.waits_for("You have accepted this lead already")
    assert only_handoff(office).decision is Decision.ACCEPTED


def test_somebody_elses_lead_reads_like_one_that_is_gone(
    office: Office, ana: Member, bo: Member, east: int
) -> None:
    zed = office.hires("Zed", Role.AE, east)
    passes(ana, bo, company="First")
    passes(ana, zed, company="Second")
    told(bo, 1)
    [mine] = bo.dm
    _first, second = handoffs(office)

    for forged in (second.id, 999_999):
        for block in mine.blocks:
            for element in block.get("elements", []):
                element["value"] = str(forged)
        bo.clicks("Accept")
        bo.waits_for("That lead is gone, or it was not passed to you.")
        assert bo.modal is None


def test_a_decision_is_undone_for_five_minutes(office: Office, ana: Member, bo: Member) -> None:
    passes(ana, bo)
    decides(office, bo, "Reject", TELLING)
    assert "did not take your lead" in told(ana, 1)[0]
    ana.closes()
    office.clock.advance(timedelta(minutes=4))

    bo.clicks("Undo")
    office.tick()

    bo.waits_for("*Ana* passes you a lead: *Dana, Acme*")
    ana.waits_for("*Bo* took that back and looks at your lead *Dana, Acme* again.")
    assert len(ana.dm) == 1
    assert only_handoff(office).decision is None
    decides(office, bo, "Accept", "Their head of sales asked for a date herself")
    ana.waits_for("*Bo* accepted your lead *Dana, Acme*")


def test_after_five_minutes_a_decision_stands(office: Office, ana: Member, bo: Member) -> None:
    passes(ana, bo)
    decides(office, bo, "Accept", TELLING)
    bo.waits_for("It can be undone for five minutes")
    office.clock.advance(timedelta(minutes=5))

    bo.clicks("Undo")

    bo.waits_for("Five minutes are over")
    assert only_handoff(office).decision is Decision.ACCEPTED


def test_what_people_write_stays_inert(office: Office, ana: Member, bo: Member) -> None:
    passes(ana, bo, company="<!channel> *Acme*", contact="<@U1>")
    decides(office, bo, "Reject", "<!here> _never_ <http://x.example|click> was the budget asked for")

    bo.waits_for("You rejected")
    told(ana, 1)
    for message in (bo.dm[-1], ana.dm[-1]):
        whole = f"{message.text} {message.blocks}"
        assert "<!" not in whole
        assert "<@" not in whole
        assert "<http" not in whole


def test_a_lead_dated_later_than_now_cannot_be_decided_yet(office: Office, ana: Member, bo: Member) -> None:
    passes(ana, bo)
    bo.clicks("Accept")
    bo.waits_for("What made it a good lead?")
    office.clock.advance(-timedelta(hours=1))

    bo.submits(reason=TELLING)

    assert "dated later than now" in text_of(bo.modal)
    assert only_handoff(office).decision is None
