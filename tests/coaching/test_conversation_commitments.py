"""A learner is asked, once and later, whether a commitment was kept."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlmodel import select

from bot.coaching.services import commitments
from bot.core.enums import Metric, PairingStatus
from bot.sandbox import Member, text_of
from storage.tables import CoachingSession
from tests.support.office import Office
from tests.support.roster import ids, paired

TODAY = date(2026, 11, 16)
ASKED = "you set out to"


def meets(office: Office, *, commitment: str = "Ask who signs", key: str = "one", due: int = 7) -> int:
    """Bo coached Ana today; returns the session's id."""
    people = ids(office)
    with office.db.writing(office.workspace_id, office.clock()) as books:
        held = CoachingSession(
            workspace_id=office.workspace_id,
            session_key=key,
            coach_id=people["Bo"],
            learner_id=people["Ana"],
            metric=Metric.AUTHORITY_RATE,
            held_on=TODAY,
            commitment=commitment,
            due_on=TODAY + timedelta(days=due),
        )
        books.session.add(held)
        books.session.flush()
        commitments.follow_session(books, held.id)
        return held.id


def kept(office: Office) -> bool | None:
    with office.db.read() as session:
        return session.exec(select(CoachingSession.kept)).one()


def questions(rep: Member) -> list[str]:
    return [text_of(message) for message in rep.dm if ASKED in text_of(message)]


def asked_next_week(office: Office, rep: Member) -> None:
    meets(office)
    office.clock.now = datetime(2026, 11, 24, 8, tzinfo=UTC)  # 9:00 in Berlin, the day after it was due
    office.tick()
    rep.waits_for(ASKED)


def test_it_is_asked_about_on_the_morning_after_its_day_and_never_again(
    office: Office, ana: Member, bo: Member
) -> None:
    meets(office)
    office.clock.now = datetime(2026, 11, 24, 7, 59, tzinfo=UTC)
    office.tick()
    assert questions(ana) == []

    office.later(minutes=1)
    assert ["Ask who signs" in text for text in questions(ana)] == [True]

    office.later(days=1)
    assert len(questions(ana)) == 1


@pytest.mark.parametrize(
    ("click", "answer", "is_kept"),
    [("Yes, I did", "Well kept", True), ("Not this time", "make it smaller", False)],
)
def test_one_tap_answers_and_the_question_turns_into_it(
    office: Office, ana: Member, bo: Member, click: str, answer: str, is_kept: bool
) -> None:
    asked_next_week(office, ana)

    ana.clicks(click)

    ana.waits_for(answer)
    assert kept(office) is is_kept
    assert questions(ana) == []


def test_a_slip_of_the_thumb_can_be_taken_back_for_a_week(office: Office, ana: Member, bo: Member) -> None:
    asked_next_week(office, ana)
    ana.clicks("Not this time")
    ana.waits_for("make it smaller")

    ana.clicks("I did, after all")
    ana.waits_for("Well kept")
    assert kept(office) is True

    office.later(days=8)
    ana.clicks("Not quite, after all")
    ana.waits_for("seven days")
    assert kept(office) is True


def test_two_commitments_are_asked_about_on_two_days(office: Office, ana: Member, bo: Member) -> None:
    meets(office)
    meets(office, commitment="Send the recap", key="two")
    office.clock.now = datetime(2026, 11, 24, 8, tzinfo=UTC)
    office.tick()
    office.later(hours=3)
    assert len(questions(ana)) == 1

    office.later(hours=21)

    assert len(questions(ana)) == 2


def test_do_not_disturb_is_waited_out(office: Office, ana: Member, bo: Member) -> None:
    meets(office)
    office.clock.now = datetime(2026, 11, 24, 8, tzinfo=UTC)
    ana.pauses_notifications(office.clock(), office.clock() + timedelta(hours=1))
    office.tick()
    assert questions(ana) == []

    office.later(hours=1, seconds=1)
    assert len(questions(ana)) == 1


def test_nobody_is_asked_weeks_too_late(office: Office, ana: Member, bo: Member) -> None:
    meets(office)

    office.later(days=30)

    assert questions(ana) == []


def test_a_session_without_a_commitment_asks_nothing(office: Office, ana: Member, bo: Member) -> None:
    meets(office, commitment=" ")

    office.later(days=8)

    assert questions(ana) == []


def test_the_coach_hears_of_a_yes_while_they_work_together(
    office: Office, ana: Member, bo: Member, east: int
) -> None:
    paired(office, east, coach="Bo", learner="Ana", status=PairingStatus.MET)
    asked_next_week(office, ana)

    ana.clicks("Yes, I did")

    bo.waits_for("Ana kept what you two agreed: “Ask who signs”")


def test_nobody_answers_for_somebody_else(office: Office, ana: Member, bo: Member) -> None:
    asked_next_week(office, ana)
    question = next(message for message in ana.dm if ASKED in text_of(message))

    bo.clicks("Yes, I did", question)

    assert kept(office) is None


def test_home_lists_the_three_latest_that_may_still_be_answered(
    office: Office, ana: Member, bo: Member
) -> None:
    for n, due in enumerate((-90, -15, -14, 1, 2, 3)):
        meets(office, commitment=f"Step {n}", key=f"{n}", due=due)

    told = text_of(ana.opens_home())

    assert [n for n in range(6) if f"Step {n}" in told] == [3, 4, 5]
    assert "1 older one waits for these." in told
