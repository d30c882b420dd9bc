"""A question can be put off, skipped, and taken up again."""

from datetime import UTC, datetime

from bot.core.enums import Outcome
from bot.sandbox import Member, text_of
from tests.debriefs.after_call.told import debriefs, only_debrief
from tests.support.office import Office


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
