"""A call ends, and its rep tells with one tap how it went, or later, or without being asked."""

from datetime import timedelta

from sqlmodel import select

from bot.core.enums import Outcome, Role
from bot.sandbox import Member, text_of
from storage.tables import Call, DebriefVersion
from tests.debriefs.after_call.told import debriefs, only_debrief
from tests.support.office import Office


def test_one_tap_is_a_debrief_and_the_question_turns_into_the_answer(office: Office, ana: Member) -> None:
    office.call_ended(ana)

    ana.clicks("Meeting booked")

    ana.waits_for("meeting booked")
    [message] = ana.dm
    assert "No-show" not in text_of(message)
    assert only_debrief(office).outcome is Outcome.ADVANCED


def test_a_debrief_can_be_edited_and_every_version_is_kept(office: Office, ana: Member) -> None:
    office.call_ended(ana)
    ana.clicks("Meeting booked")
    ana.waits_for("Edit")

    ana.clicks("Edit")
    ana.submits(outcome="No decision", measure="Ask for the date")

    assert only_debrief(office).outcome is Outcome.NO_DECISION
    with office.db.read() as session:
        assert [version.outcome for version in session.exec(select(DebriefVersion))] == [Outcome.ADVANCED]
    ana.waits_for("no decision")


def test_after_seven_days_a_debrief_stands(office: Office, ana: Member) -> None:
    office.call_ended(ana)
    ana.clicks("Meeting booked")
    ana.waits_for("Edit")
    office.clock.advance(timedelta(days=7, minutes=1))

    ana.clicks("Edit")
    ana.submits(outcome="Lost")

    assert "seven days" in text_of(ana.modal)
    assert only_debrief(office).outcome is Outcome.ADVANCED


def test_a_second_tap_on_an_old_screen_is_told_kindly(office: Office, ana: Member) -> None:
    office.call_ended(ana)
    [stale] = ana.dm
    before = list(stale.blocks)
    ana.clicks("Meeting booked")
    ana.waits_for("meeting booked")
    [message] = ana.dm
    message.blocks = before  # a phone that has not caught up still shows the buttons

    ana.clicks("Lost")

    ana.waits_for("You have debriefed this call already")
    assert only_debrief(office).outcome is Outcome.ADVANCED


def test_a_call_by_hand(office: Office, ana: Member) -> None:
    ana.commands("/debrief")

    assert (
        "whole minutes"
        in ana.submits(contact="Dana", minutes="x", outcome="Meeting booked").errors["minutes"]
    )
    ana.submits(contact="Dana", minutes="20", outcome="Meeting booked")
    ana.submits(went_well="Listened")

    assert only_debrief(office).went_well == "Listened"
    with office.db.read() as session:
        [call] = session.exec(select(Call))
    assert (call.contact, call.talk_seconds, call.source) == ("Dana", 1200, "manual")


def test_nobody_answers_for_somebody_else(office: Office, ana: Member, bo: Member) -> None:
    office.call_ended(ana)
    [message] = ana.dm

    bo.clicks("Meeting booked", message)

    assert debriefs(office) == []


def test_somebody_slack_knows_and_the_roster_does_not(office: Office, east: int) -> None:
    stranger = office.sandbox.add_person("Sam", email="sam@example.com")

    assert "not on the roster" in stranger.commands("/debrief").text
    office.hires("Eve", Role.AE, east)
