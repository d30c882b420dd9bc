"""What a debrief's form asks, keeps and shows back, in the words of the role."""

from sqlmodel import select

from bot.core.enums import Outcome
from bot.sandbox import Member, text_of
from storage.tables import DebriefTag, Story
from tests.debriefs.after_call.told import only_debrief
from tests.support.office import Office


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


def test_a_call_that_no_message_asked_about_shows_in_the_form_what_was_saved(
    office: Office, ana: Member
) -> None:
    ana.commands("/debrief")
    ana.submits(contact="Dana", minutes="20", outcome="Meeting booked")

    ana.submits(next_step="Send the offer")

    assert "✓ Your call with *Dana*: meeting booked" in text_of(ana.modal)
    assert "Next step: Send the offer" in text_of(ana.modal)


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
