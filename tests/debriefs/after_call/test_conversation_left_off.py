"""The next call knows what one left off with."""

from sqlmodel import select

from bot.core.enums import Resolved
from bot.sandbox import Member, text_of
from storage.tables import Debrief
from tests.support.office import Office


def test_who_decides_and_by_when_is_shown_at_the_next_call(office: Office, ana: Member) -> None:
    office.call_ended(ana)
    ana.clicks("Debrief")
    pinned = ["A timeline was agreed", "Someone with authority was there"]
    ana.submits(outcome="Continued", pinned_down=pinned, pinned_by="the *CFO*, by March", next_step="Call")
    ana.waits_for("Pinned down: a timeline, someone with authority: the ∗CFO∗, by March")
    office.later(days=2)

    office.call_ended(ana)

    asked = text_of(ana.waits_for("*Last time*"))
    assert "Pinned down then: a timeline, someone with authority: the ∗CFO∗, by March" in asked
    assert "the ∗CFO∗, by March" in ana.commands("/debrief next dana").says


def wanted(office: Office, ana: Member, **more: str) -> None:
    """A debriefed call with Dana of Acme, a day ago."""
    office.call_ended(ana)
    ana.clicks("Debrief")
    ana.submits(outcome="Continued", measure="Asked who signs", **more)
    office.later(days=1)


def test_the_next_call_knows_what_was_left_off_with(office: Office, ana: Member) -> None:
    wanted(office, ana, next_step="Send the offer", next_step_on="2026-11-17")

    office.call_ended(ana, contact="Boris", company="ACME")

    question = text_of(ana.waits_for("How did your call with *Boris, ACME* end?"))
    assert "*Last time*, Mon, Nov 16, the next step was: Send the offer · Tue, Nov 17" in question
    assert "You wanted to show: “Asked who signs”. Did you?" in question
    office.call_ended(ana, contact="Dana", company="Globex")
    other = ana.waits_for("How did your call with *Dana, Globex* end?")
    assert "Last time" not in text_of(other), "another company's Dana is somebody else"


def test_did_you_takes_one_tap_and_the_question_still_asks(office: Office, ana: Member) -> None:
    wanted(office, ana)
    office.call_ended(ana)

    ana.clicks("Yes")

    ana.waits_for("✓ You did what you wanted to show: “Asked who signs”")
    ana.clicks("Meeting booked")
    ana.waits_for("✓ Your call with *Dana, Acme*: meeting booked")
    with office.db.read() as session:
        resolved = session.exec(select(Debrief.resolved).where(Debrief.measure == "Asked who signs")).one()
    assert resolved is Resolved.YES


def test_who_answers_first_is_asked_all_the_same_and_not_the_moment_asks_again(
    office: Office, ana: Member
) -> None:
    wanted(office, ana)
    office.call_ended(ana)
    ana.clicks("Meeting booked")
    ana.waits_for("Not the moment")

    ana.clicks("Not the moment")

    ana.waits_for("I ask again next time.")
    office.later(hours=1)
    office.call_ended(ana)
    ana.waits_for("“Asked who signs”. Did you?")
