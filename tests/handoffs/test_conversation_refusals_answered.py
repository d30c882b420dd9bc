"""What an SDR does about a refusal in the summary: ask back with one tap, or say that its reason did not help."""

from datetime import time

from sqlmodel import select

from bot.sandbox import Member, text_of
from storage.tables import Handoff, Person
from tests.handoffs.refused import DECEMBER, monthly, refusals
from tests.support.office import Office


def test_an_sdr_asks_back_with_one_tap_and_hears_the_answer(office: Office, ana: Member, bo: Member) -> None:
    refusals(office)
    office.at(DECEMBER)

    ana.clicks("Ask back", beside="She cannot sign")
    ana.waits_for("✓ Bo has your question about *Acme*")
    office.tick()
    asked = text_of(bo.waits_for("*Ana* asks back about *Acme*, which you did not take"))
    assert "You wrote: “She cannot sign”" in asked
    bo.clicks("Answer")
    assert bo.submits(answer="The finance head on the second call").errors == {}
    bo.closes()
    office.tick()

    told = text_of(ana.waits_for("*Bo* answers your question about *Acme*"))
    assert "“The finance head on the second call”" in told
    assert "[Answer]" not in text_of(bo.waits_for("✓ You answered Ana about *Acme*")), (
        "nothing is asked any more"
    )
    ana.clicks("Ask back", beside="She cannot sign")
    ana.waits_for("You have asked about this lead already")


def test_a_reason_in_the_summary_that_did_not_help_is_said_to(
    office: Office, ana: Member, bo: Member
) -> None:
    refusals(office)
    office.at(DECEMBER)

    ana.clicks("This did not help me", beside="She cannot sign")

    ana.waits_for("You said that this did not help")
    with office.db.read() as session:
        lead = session.exec(select(Handoff).where(Handoff.reason == "She cannot sign")).one()
    assert lead.unhelpful_at is not None
    assert len(monthly(ana)) == 1, "the summary stays"


def test_who_takes_no_questions_is_asked_none(office: Office, ana: Member, bo: Member) -> None:
    refusals(office)
    office.at(DECEMBER)
    ana.clicks("Ask back", beside="She cannot sign")
    office.tick()
    bo.clicks("Stop these messages")
    bo.waits_for("You do not get this any more: questions of SDRs about your decisions")

    ana.clicks("Ask back", beside="No budget before spring")

    ana.waits_for("Bo takes no questions here. Ask in person.")


def test_an_ae_who_is_not_at_work_is_asked_back_when_they_are(
    office: Office, ana: Member, bo: Member
) -> None:
    refusals(office)
    office.at(DECEMBER)
    bo_works_later(office)
    ana.clicks("Ask back", beside="She cannot sign")
    ana.waits_for("✓ Bo gets your question about *Acme* when they are at work.")
    office.later(minutes=30)
    assert not [message for message in bo.dm if "asks back" in text_of(message)]

    office.later(hours=4)
    office.later(hours=1)

    assert len([message for message in bo.dm if "asks back" in text_of(message)]) == 1


def bo_works_later(office: Office) -> None:
    with office.db.begin() as session:
        bo = session.exec(select(Person).where(Person.name == "Bo")).one()
        bo.work_starts, bo.work_ends = time(13), time(20)
        session.add(bo)
