"""`/debrief next`: what is due, and how one left off with whom one is about to talk to."""

from typing import Any

from bot.debriefs.domain.last_time import is_meant
from bot.sandbox import Member
from tests.support.office import Office


def debriefed(
    office: Office, rep: Member, *, contact: str = "Dana", company: str = "Acme", **said: Any
) -> None:
    office.call_ended(rep, contact=contact, company=company)
    rep.clicks("Debrief")
    assert rep.submits(**({"outcome": "Continued"} | said)).errors == {}
    office.later(hours=1)


def test_what_is_due_comes_first_then_the_week_then_what_one_wanted_to_show(
    office: Office, ana: Member
) -> None:
    debriefed(office, ana, next_step="Send the offer", next_step_on="2026-11-16", measure="Asked who signs")
    debriefed(
        office, ana, contact="Max", company="Globex", next_step="Show the demo", next_step_on="2026-11-20"
    )
    debriefed(
        office, ana, contact="Lea", company="Initech", next_step="Ring again", next_step_on="2026-12-20"
    )

    told = ana.commands("/debrief next").says

    due, coming = told.index("1 next step is due"), told.index("In the next seven days")
    assert due < told.index("Send the offer") < coming < told.index("Show the demo")
    assert "What you wanted to show\n• *Dana, Acme*: “Asked who signs”" in told
    assert "Ring again" not in told

    ana.clicks("Done")
    ana.waits_for(lambda one: "next step is due" not in one.sees() and "Show the demo" in one.sees())


def test_a_name_shows_how_one_left_off_with_them(office: Office, ana: Member) -> None:
    debriefed(office, ana, next_step="Send the offer", next_step_on="2026-11-18", measure="Asked who signs")
    debriefed(office, ana, contact="Max", company="Globex", went_well="Listened")

    told = ana.commands("/debrief next dana").says

    assert "*Dana, Acme*, last on Mon, Nov 16: continued" in told
    assert "Next step: Send the offer · Wed, Nov 18" in told
    assert "I will see it by: Asked who signs\nYou have not said yet whether you did." in told
    assert "Globex" not in told
    assert "I know of no call of yours with “Zoe”" in ana.commands("/debrief next Zoe").says


def test_what_was_resolved_is_told_so_and_stands_in_no_list(office: Office, ana: Member) -> None:
    debriefed(office, ana, measure="Asked who signs")
    office.call_ended(ana, contact="Boris")
    ana.clicks("Yes", beside="Asked who signs")
    ana.waits_for("✓ You did")

    assert "✓ You did." in ana.commands("/debrief next dana").says
    assert "Asked who signs" not in ana.commands("/debrief next").says


def test_nobody_finds_another_reps_calls(office: Office, ana: Member, bo: Member) -> None:
    debriefed(office, ana, next_step="Send the offer", next_step_on="2026-11-16")

    assert "I know of no call of yours" in bo.commands("/debrief next dana").says
    assert "Nothing is promised and nothing is due." in bo.commands("/debrief next").says


def test_a_name_is_meant_by_its_beginnings() -> None:
    assert is_meant("dan", "Dana Lee", "Acme")
    assert is_meant("Lee ACME", "Dana Lee", "Acme Ltd")
    assert not is_meant("ana", "Dana Lee", "Acme")
    assert not is_meant("dana globex", "Dana Lee", "Acme")
    assert not is_meant("  ", "Dana", "Acme")


def test_resolutions_kept_stand_on_ones_own_card_and_on_nobody_elses(
    office: Office, ana: Member, mia: Member
) -> None:
    for button, contact in (("Yes", "Dana"), ("No", "Max"), ("Not the moment", "Zoe")):
        debriefed(office, ana, contact=contact, company=contact, measure=f"Asked {contact}")
        office.call_ended(ana, contact=contact, company=contact)
        ana.clicks(button, beside=f"Asked {contact}")
        office.tick()

    card = ana.commands("/scorecard this week")
    assert "Resolutions" not in card.says
    ana.clicks("More", card.message)
    ana.waits_for("*Resolutions kept* (no part of the score; for you and a coach of yours): 1 of 2.")
    mia.clicks("More", mia.commands("/scorecard @Ana this week").message)
    mia.waits_for("[Less]")
    assert "Resolutions" not in mia.sees()
