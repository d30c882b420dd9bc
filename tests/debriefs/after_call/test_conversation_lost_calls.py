"""A lost call is asked why, and only a reason that stands is taken."""

from bot.sandbox import Member, text_of
from tests.debriefs.after_call.told import only_debrief
from tests.support.office import Office


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
