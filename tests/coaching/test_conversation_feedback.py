"""A coach reads what a learner debriefs about their focus, answers, and the learner is asked later."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import select

from bot.sandbox import Member, text_of
from storage.tables import Feedback
from tests.support.office import Office
from tests.support.roster import paired

READ = "*Ana* debriefed a call with Dana"
WORDS = {"what_worked": "You let her talk", "commitment": "Ask who signs"}


@pytest.fixture
def pair(office: Office, ana: Member, bo: Member, east: int) -> None:
    """Bo coaches Ana on reaching people with authority, this week."""
    paired(office, east, coach="Bo", learner="Ana")


def debriefs(office: Office, rep: Member, **answers: object) -> None:
    office.call_ended(rep, contact="Dana")
    rep.clicks("Debrief")
    assert rep.submits(**{"outcome": "Continued", "went_well": "She talked", **answers}).closed
    office.tick()


def answers(office: Office, coach: Member, **words: str) -> None:
    coach.waits_for(READ)
    coach.clicks("Give feedback")
    assert coach.submits(**WORDS, **words).closed
    office.tick()


def shared(coach: Member) -> list[str]:
    return [text_of(message) for message in coach.dm if READ in text_of(message)]


def test_what_is_about_their_focus_is_read_by_the_coach_and_the_rest_is_not(
    office: Office, ana: Member, bo: Member, pair: None
) -> None:
    office.call_ended(ana, contact="Dana")
    ana.clicks("Meeting booked")
    office.tick()
    assert shared(bo) == [], "one tap says nothing of authority"

    ana.clicks("Edit")
    ana.submits(went_well="She laughed")
    office.tick()
    ana.clicks("Edit")
    ana.submits(went_well="She laughed twice")
    office.tick()

    assert len(shared(bo)) == 1, "as it comes, and once"


def test_the_learner_rates_the_conversation_before_seeing_how_the_coach_did(
    office: Office, ana: Member, bo: Member, pair: None
) -> None:
    debriefs(office, ana)
    answers(office, bo, rating="3 – fair")
    told = text_of(ana.dm[-1])
    assert "What worked, as Bo saw it: You let her talk" in told
    assert "To try next: Ask who signs" in told
    assert "fair" not in told

    ana.clicks("4")

    ana.waits_for("You: 4 – good. Bo: 3 – fair.")
    with office.db.read() as session:
        assert session.exec(select(Feedback.self_rating, Feedback.rating)).one() == (4, 3)


def test_without_a_rating_there_is_nothing_to_compare(
    office: Office, ana: Member, bo: Member, pair: None
) -> None:
    debriefs(office, ana)
    answers(office, bo)

    assert "rate your call" not in text_of(ana.dm[-1])


def test_the_commitment_is_asked_about_after_its_day(
    office: Office, ana: Member, bo: Member, pair: None
) -> None:
    debriefs(office, ana)
    answers(office, bo, due_on="2026-11-18")
    office.clock.now = datetime(2026, 11, 18, 16, tzinfo=UTC)
    office.tick()
    assert "you set out to" not in text_of(ana.dm[-1])

    office.clock.now = datetime(2026, 11, 19, 8, tzinfo=UTC)
    office.tick()
    ana.waits_for("With Bo you set out to: “Ask who signs”")
    ana.clicks("Yes, I did")

    bo.waits_for("Ana kept what you two agreed")
    with office.db.read() as session:
        assert session.exec(select(Feedback.kept)).one() is True


def test_another_commitment_is_asked_about_anew(office: Office, ana: Member, bo: Member, pair: None) -> None:
    debriefs(office, ana)
    answers(office, bo, due_on="2026-11-16")
    office.clock.now = datetime(2026, 11, 17, 8, tzinfo=UTC)
    office.tick()
    ana.waits_for("you set out to")
    ana.clicks("Yes, I did")
    ana.waits_for("Well kept")

    bo.clicks("Give feedback")
    assert bo.submits(
        what_worked="You let her talk", commitment="Ask for the date", due_on="2026-11-18"
    ).closed
    office.tick()  # no day must pass while a message is half sent
    office.clock.now = datetime(2026, 11, 19, 8, tzinfo=UTC)
    office.tick()

    ana.waits_for("With Bo you set out to: “Ask for the date”")
    with office.db.read() as session:
        assert session.exec(select(Feedback.kept)).one() is None


def test_a_day_that_is_over_is_refused_under_its_field(
    office: Office, ana: Member, bo: Member, pair: None
) -> None:
    debriefs(office, ana)
    bo.waits_for(READ)
    bo.clicks("Give feedback")

    assert "still to come" in bo.submits(**WORDS, due_on="2026-11-13").errors["due_on"]


def test_a_coach_whose_pair_has_ended_sees_no_more_and_loses_no_words(
    office: Office, ana: Member, bo: Member, pair: None
) -> None:
    debriefs(office, ana)
    bo.waits_for(READ)
    bo.clicks("Give feedback")
    office.clock.advance(timedelta(days=7))

    refused = bo.submits(**WORDS)

    assert "not shared with you any more" in text_of(refused.view)
    assert not refused.closed
    debriefs(office, ana)
    assert len(shared(bo)) == 1


def test_nobody_rates_for_somebody_else(office: Office, ana: Member, bo: Member, pair: None) -> None:
    debriefs(office, ana)
    answers(office, bo, rating="3 – fair")
    message = ana.dm[-1]

    bo.clicks("5", message)

    with office.db.read() as session:
        assert session.exec(select(Feedback.self_rating)).one() is None
