"""A call ends, and its rep is asked how it went."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import select

from bot.sandbox import Member, text_of
from bot.words import Outcome, Role
from storage.tables import Call, Debrief, DebriefTag, DebriefVersion, Story
from tests.conversations.office import Office


def debriefs(office: Office) -> list[Debrief]:
    with office.db.read() as session:
        return list(session.exec(select(Debrief)))


def only_debrief(office: Office) -> Debrief:
    [debrief] = debriefs(office)
    return debrief


def test_a_call_is_asked_about_at_once(office: Office, ana: Member) -> None:
    assert office.call_ended(ana, contact="Dana", company="Acme").status_code == 200

    [message] = ana.dm
    assert "How did your call with *Dana, Acme* end?" in text_of(message)
    assert "10 min" in text_of(message)


def test_one_tap_is_a_debrief_and_the_question_turns_into_the_answer(office: Office, ana: Member) -> None:
    office.call_ended(ana)

    ana.clicks("Advanced")

    ana.waits_for("advanced")
    [message] = ana.dm
    assert "No-show" not in text_of(message)
    assert only_debrief(office).outcome is Outcome.ADVANCED


def test_the_form_is_kept_whole(office: Office, ana: Member) -> None:
    office.call_ended(ana)

    ana.clicks("Debrief")
    submitted = ana.submits(
        outcome="Continued",
        went_well="They talked more than I did",
        tags=["Authority", "Next step"],
        measure="Asked who signs",
        pinned_down=["A timeline was agreed"],
    )

    assert submitted.closed
    debrief = only_debrief(office)
    assert (debrief.outcome, debrief.went_well) == (Outcome.CONTINUED, "They talked more than I did")
    assert (debrief.measure, debrief.timeline_agreed, debrief.authority_reached) == (
        "Asked who signs",
        True,
        False,
    )
    with office.db.read() as session:
        assert sorted(session.exec(select(DebriefTag.tag))) == ["authority", "next_step"]


def test_a_lost_call_asks_for_the_reason(office: Office, ana: Member) -> None:
    office.call_ended(ana, contact="Dana", company="Acme")
    ana.clicks("Debrief")

    asked = ana.submits(outcome="Lost", went_well="Good rapport")

    assert not asked.closed
    assert "Why was it lost?" in text_of(ana.modal)
    assert "required" in ana.submits(story="So close").errors["reason"].lower()
    assert ana.submits(reason="Their budget moved to next year").closed
    assert only_debrief(office).reason == "Their budget moved to next year"
    assert only_debrief(office).went_well == "Good rapport"


def test_who_closes_the_second_screen_has_debriefed_all_the_same(office: Office, ana: Member) -> None:
    office.call_ended(ana)
    ana.clicks("Debrief")
    ana.submits(outcome="Lost")

    ana.closes()

    assert only_debrief(office).outcome is Outcome.LOST


def test_nobody_is_asked_for_a_timeline_when_nobody_came(office: Office, ana: Member) -> None:
    office.call_ended(ana)
    ana.clicks("Debrief")

    ana.submits(outcome="No-show")

    debrief = only_debrief(office)
    assert (debrief.timeline_agreed, debrief.authority_reached) == (None, None)


def test_a_debrief_can_be_edited_and_every_version_is_kept(office: Office, ana: Member) -> None:
    office.call_ended(ana)
    ana.clicks("Advanced")
    ana.waits_for("Edit")

    ana.clicks("Edit")
    ana.submits(outcome="No decision", measure="Ask for the date")

    assert only_debrief(office).outcome is Outcome.NO_DECISION
    with office.db.read() as session:
        assert [version.outcome for version in session.exec(select(DebriefVersion))] == [Outcome.ADVANCED]
    ana.waits_for("no decision")


def test_after_seven_days_a_debrief_stands(office: Office, ana: Member) -> None:
    office.call_ended(ana)
    ana.clicks("Advanced")
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
    ana.clicks("Advanced")
    ana.waits_for("advanced")
    [message] = ana.dm
    message.blocks = before  # a phone that has not caught up still shows the buttons

    ana.clicks("Lost")

    ana.waits_for("You have debriefed this call already")
    assert only_debrief(office).outcome is Outcome.ADVANCED


def test_the_same_call_delivered_twice_is_stored_and_asked_once(office: Office, ana: Member) -> None:
    call = {
        "call_id": "c-1",
        "rep_email": "ana@example.com",
        "started_at": "2026-11-16T09:40:00+01:00",
        "duration_s": 900,
        "contact": "Dana",
    }

    assert office.delivers(call).status_code == 200
    assert office.delivers(call).status_code == 200
    assert office.delivers(call | {"disposition": "completed", "company": "Acme"}).status_code == 200

    assert len(ana.dm) == 1
    with office.db.read() as session:
        [stored] = session.exec(select(Call))
    assert stored.company == "Acme", "a fuller record fills in what was missing"


def test_calls_in_a_row_with_one_contact_are_one_question(office: Office, ana: Member) -> None:
    office.call_ended(ana, minutes=5, contact="Dana")
    office.clock.advance(timedelta(minutes=8))
    office.call_ended(ana, minutes=5, contact="Dana")

    ana.waits_for("1 more with them")
    assert len(ana.dm) == 1


@pytest.mark.parametrize(
    "unasked", [{"minutes": 0, "duration_s": 59}, {"disposition": "no_answer"}, {"disposition": "busy"}]
)
def test_nobody_is_asked_about_a_call_that_was_none(
    office: Office, ana: Member, unasked: dict[str, object]
) -> None:
    assert office.call_ended(ana, **unasked).status_code == 200  # type: ignore[arg-type]

    assert ana.dm == []


def test_a_call_in_the_evening_is_asked_about_the_next_morning(office: Office, ana: Member) -> None:
    office.clock.now = datetime(2026, 11, 16, 19, 0, tzinfo=UTC)  # 20:00 in Berlin
    office.call_ended(ana)
    assert ana.dm == []

    office.clock.now = datetime(2026, 11, 17, 7, 59, tzinfo=UTC)
    office.tick()
    assert ana.dm == []

    office.clock.now = datetime(2026, 11, 17, 8, 0, tzinfo=UTC)
    office.tick()
    assert len(ana.dm) == 1


def test_do_not_disturb_is_waited_out(office: Office, ana: Member) -> None:
    ana.pauses_notifications(office.clock(), office.clock() + timedelta(hours=2))
    office.call_ended(ana)
    assert ana.dm == []

    office.later(hours=2, seconds=1)

    assert len(ana.dm) == 1


def test_one_reminder_after_four_hours_and_then_peace(office: Office, ana: Member) -> None:
    office.call_ended(ana)

    office.later(hours=3, minutes=59)
    assert len(ana.dm) == 1
    office.later(minutes=2)
    assert "One tap" in text_of(ana.dm[-1])
    office.later(days=1)
    office.later(days=1)
    assert len(ana.dm) == 2


def test_a_snoozed_question_comes_back_in_an_hour(office: Office, ana: Member) -> None:
    office.call_ended(ana)
    ana.clicks("In an hour")

    office.later(minutes=59)
    assert len(ana.dm) == 1
    office.later(minutes=1)
    assert len(ana.dm) == 2


def test_a_skipped_question_stays_skipped(office: Office, ana: Member) -> None:
    office.call_ended(ana)
    ana.clicks("Skip")

    ana.waits_for("Skipped")
    office.later(hours=5)
    assert len(ana.dm) == 1
    assert debriefs(office) == []


def test_at_most_six_questions_a_day(office: Office, ana: Member) -> None:
    for number in range(8):
        office.call_ended(ana, contact=f"Contact {number}", minutes=2)

    assert len(ana.dm) == 6


def test_another_app_reports_a_call(office: Office, ana: Member) -> None:
    dialer = office.sandbox.other_app("A0DIALER")
    channel = office.sandbox.add_channel("calls", members=[ana])
    office.sandbox.invite_bot(channel)
    payload = {
        "call_id": "c-9",
        "rep_email": "ana@example.com",
        "started_at": "2026-11-16T09:50:00+01:00",
        "duration_s": 600,
        "contact": "Dana",
    }

    dialer.posts(channel, "A call ended", {"event_type": "call_completed", "event_payload": payload})
    office.tick()

    ana.waits_for("How did your call with *Dana* end?")


def test_an_app_that_is_not_listed_is_not_believed(office: Office, ana: Member) -> None:
    stranger = office.sandbox.other_app("A0STRANGER")
    channel = office.sandbox.add_channel("calls", members=[ana])
    office.sandbox.invite_bot(channel)
    payload = {"call_id": "c-9", "rep_email": "ana@example.com", "started_at": "2026-11-16T09:50:00+01:00"}

    stranger.posts(
        channel, "Trust me", {"event_type": "call_completed", "event_payload": payload | {"duration_s": 600}}
    )
    office.tick()

    assert ana.dm == []


def test_a_call_by_hand(office: Office, ana: Member) -> None:
    ana.commands("/debrief")

    assert "whole minutes" in ana.submits(contact="Dana", minutes="x", outcome="Advanced").errors["minutes"]
    ana.submits(contact="Dana", minutes="20", outcome="Advanced")
    ana.submits(went_well="Listened")

    assert only_debrief(office).went_well == "Listened"
    with office.db.read() as session:
        [call] = session.exec(select(Call))
    assert (call.contact, call.talk_seconds, call.source) == ("Dana", 1200, "manual")


def test_a_next_step_before_the_call_is_refused_under_its_field(office: Office, ana: Member) -> None:
    office.call_ended(ana)
    ana.clicks("Advanced")
    ana.waits_for("Add a next step or story")
    ana.clicks("Add a next step or story")

    refused = ana.submits(next_step="Send the offer", next_step_on="2026-11-15")

    assert "before the call" in refused.errors["next_step_on"]
    assert ana.submits(next_step_on="2026-11-20", story="She asked for the price first.").closed
    with office.db.read() as session:
        assert session.exec(select(Story.told)).one() == "She asked for the price first."


def test_words_are_shown_as_typed_and_never_acted_on(office: Office, ana: Member) -> None:
    office.call_ended(ana, contact="<!channel> *bold* =HYPERLINK(1)", company="ทดสอบ שלום")

    [message] = ana.dm
    raw = str(message.blocks) + message.text
    assert "<!channel>" not in raw
    assert "&lt;!channel&gt;" in raw
    assert "ทดสอบ שלום" in raw


def test_ten_thousand_characters_do_not_break_the_question(office: Office, ana: Member) -> None:
    office.call_ended(ana, contact="x" * 10_000, company="<" * 10_000)

    assert len(ana.dm) == 1


def test_nobody_answers_for_somebody_else(office: Office, ana: Member, bo: Member) -> None:
    office.call_ended(ana)
    [message] = ana.dm

    bo.clicks("Advanced", message)

    assert debriefs(office) == []


def test_somebody_slack_knows_and_the_roster_does_not(office: Office, east: int) -> None:
    stranger = office.sandbox.add_person("Sam", email="sam@example.com")

    assert "not on the roster" in stranger.commands("/debrief").text
    office.hires("Eve", Role.AE, east)
