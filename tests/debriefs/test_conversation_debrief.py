"""A call ends, and its rep is asked how it went."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import select

from bot.core.enums import Outcome, Resolved, Role
from bot.sandbox import Member, text_of
from storage.tables import Call, Debrief, DebriefTag, DebriefVersion, Story
from tests.support.office import Office


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

    ana.clicks("Meeting booked")

    ana.waits_for("meeting booked")
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


def test_a_snoozed_question_says_when_it_comes_back_and_comes_with_its_buttons(
    office: Office, ana: Member
) -> None:
    office.call_ended(ana)
    ana.clicks("In an hour")

    ana.waits_for("I'll ask again at 11:00")
    [message] = ana.dm
    assert "Advanced" not in text_of(message), "what is put off asks no more"
    office.later(minutes=59)
    assert len(ana.dm) == 1
    office.later(minutes=1)
    before, again = ana.dm
    assert "I ask again below" in text_of(before)
    assert "One tap on your call with *Dana, Acme* is enough" in text_of(again)
    ana.clicks("Meeting booked", again)
    ana.waits_for("✓ Your call with *Dana, Acme*")
    assert only_debrief(office).outcome is Outcome.ADVANCED


def test_an_hour_that_ends_after_work_ends_the_next_morning(office: Office, ana: Member) -> None:
    office.clock.now = datetime(2026, 11, 16, 16, 30, tzinfo=UTC)  # 17:30 in Berlin
    office.call_ended(ana)

    ana.clicks("In an hour")

    ana.waits_for("I'll ask again on Tue, Nov 17 at 9:00")


def test_tomorrow_is_told_by_its_day(office: Office, ana: Member) -> None:
    office.call_ended(ana)

    ana.clicks("Tomorrow")

    ana.waits_for("I'll ask again on Tue, Nov 17 at 9:00")


def test_a_question_that_rests_can_still_be_put_off(office: Office, ana: Member) -> None:
    office.call_ended(ana)
    office.later(hours=4)
    office.later(hours=4)

    ana.clicks("Tomorrow")

    ana.waits_for("I'll ask again on Tue, Nov 17")
    office.later(hours=15)
    assert "One tap" in text_of(ana.dm[-1])


def test_a_skipped_question_stays_skipped(office: Office, ana: Member) -> None:
    office.call_ended(ana)
    ana.clicks("Skip")

    ana.waits_for("Skipped")
    office.later(hours=5)
    assert len(ana.dm) == 1
    assert debriefs(office) == []


def test_a_skip_is_undone_with_a_tap(office: Office, ana: Member) -> None:
    office.call_ended(ana)
    ana.clicks("Skip")
    ana.waits_for("Skipped")

    ana.clicks("Undo")

    ana.waits_for("How did your call with *Dana, Acme* end?")
    office.later(hours=4)
    assert "One tap" in text_of(ana.dm[-1])


def test_at_most_six_questions_a_day_and_once_that_the_rest_waits(office: Office, ana: Member) -> None:
    for number in range(8):
        office.call_ended(ana, contact=f"Contact {number}", minutes=2)

    *asked, last = ana.dm
    assert len(asked) == 6
    assert "6 calls today, and that is enough. The rest of today's calls wait in Home" in text_of(last)
    office.later(days=1)
    office.call_ended(ana, contact="Next day", minutes=2)
    assert "How did your call with *Next day" in text_of(ana.dm[-1])


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


def test_a_next_step_before_the_call_is_refused_under_its_field(office: Office, ana: Member) -> None:
    office.call_ended(ana)
    ana.clicks("Meeting booked")
    ana.waits_for("Edit")
    ana.clicks("Edit")

    refused = ana.submits(next_step="Send the offer", next_step_on="2026-11-15")

    assert "before the call" in refused.errors["next_step_on"]
    assert ana.submits(next_step_on="2026-11-20").closed
    ana.waits_for("Next step: Send the offer · Fri, Nov 20")


def test_a_story_is_told_on_the_second_screen(office: Office, ana: Member) -> None:
    office.call_ended(ana)
    ana.clicks("Meeting booked")
    ana.waits_for("Add more")
    ana.clicks("Add more")

    assert ana.submits(story="She asked for the price first.").closed

    with office.db.read() as session:
        assert session.exec(select(Story.told)).one() == "She asked for the price first."


def test_what_was_saved_is_shown_back(office: Office, ana: Member) -> None:
    office.call_ended(ana)
    ana.clicks("Debrief")

    ana.submits(
        outcome="Continued",
        next_step="Send the *offer*",
        next_step_on="2026-11-20",
        went_well="They talked more than I did",
        tags=["Authority", "Next step"],
        measure="Asked who signs",
        pinned_down=["A timeline was agreed"],
    )

    message = ana.waits_for("✓ Your call with *Dana, Acme*: continued")
    assert text_of(message).splitlines()[1:7] == [
        "Next step: Send the ∗offer∗ · Fri, Nov 20",
        "Went well: They talked more than I did",
        "To work on: Authority, Next step",
        "I will see it by: Asked who signs",
        "Pinned down: a timeline",
        "[Edit] [Add more]",
    ]


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


def test_a_call_that_no_message_asked_about_shows_in_the_form_what_was_saved(
    office: Office, ana: Member
) -> None:
    ana.commands("/debrief")
    ana.submits(contact="Dana", minutes="20", outcome="Meeting booked")

    ana.submits(next_step="Send the offer")

    assert "✓ Your call with *Dana*: meeting booked" in text_of(ana.modal)
    assert "Next step: Send the offer" in text_of(ana.modal)


def test_a_tap_on_lost_is_asked_why_in_its_place(office: Office, ana: Member) -> None:
    office.call_ended(ana)

    ana.clicks("Lost")

    ana.waits_for("Why was it lost? One tap is enough.")
    ana.clicks("A competitor")
    message = ana.waits_for("Lost because: A competitor")
    assert "Why was it lost?" not in text_of(message)
    assert only_debrief(office).reason == "A competitor"


def test_a_loss_is_explained_in_own_words(office: Office, ana: Member) -> None:
    office.call_ended(ana)
    ana.clicks("Lost")
    ana.waits_for("In my own words")

    ana.clicks("In my own words")
    ana.submits(reason="Their budget moved to next year")

    ana.waits_for("Lost because: Their budget moved to next year")


def test_a_reason_for_a_loss_that_is_none_any_more_is_refused(office: Office, ana: Member) -> None:
    office.call_ended(ana)
    ana.clicks("Lost")
    ana.waits_for("Why was it lost?")
    [message] = ana.dm
    stale = list(message.blocks)
    ana.clicks("Edit")
    ana.submits(outcome="Continued")
    ana.waits_for("continued")
    [message] = ana.dm
    message.blocks = stale  # a phone that has not caught up

    ana.clicks("Price", message)

    ana.waits_for("does not stand as lost any more")
    assert only_debrief(office).reason == ""


def test_outcomes_are_in_the_words_of_the_role_and_explained(office: Office, ana: Member, bo: Member) -> None:
    office.call_ended(ana)
    office.call_ended(bo)

    [booked], [advanced] = ana.dm, bo.dm
    assert "*Meeting booked*: there is a date" in text_of(booked)
    assert "*Advanced*: they agreed to a step forward" in text_of(advanced)
    assert "Meeting booked" not in text_of(advanced)


def test_the_tags_one_picked_lately_come_first(office: Office, ana: Member) -> None:
    for tags in (["Pricing"], ["Demo", "Closing"]):
        office.call_ended(ana)
        ana.clicks("Debrief")
        ana.submits(outcome="Continued", tags=tags)
        office.later(minutes=30)
    office.call_ended(ana)

    ana.clicks("Debrief")

    form = ana.waits_for(lambda one: one.modal)
    assert form is not None
    [menu] = [block["element"] for block in form.body["blocks"] if block.get("block_id") == "tags"]
    offered = [option["text"]["text"] for option in menu["options"]]
    assert sorted(offered[:2]) == ["Closing", "Demo"]
    assert offered[2:4] == ["Pricing", "Opening"]
    assert len(offered) == len(set(offered))


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

    bo.clicks("Meeting booked", message)

    assert debriefs(office) == []


def test_somebody_slack_knows_and_the_roster_does_not(office: Office, east: int) -> None:
    stranger = office.sandbox.add_person("Sam", email="sam@example.com")

    assert "not on the roster" in stranger.commands("/debrief").text
    office.hires("Eve", Role.AE, east)


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
