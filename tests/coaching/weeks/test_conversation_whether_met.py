"""A learner is asked once whether they met, and a meeting written down settles it."""

from datetime import timedelta

from sqlmodel import select

from bot.core.enums import PairingStatus
from bot.sandbox import text_of
from storage.tables import Person
from tests.coaching.weeks.cycles import agreed, questions, said
from tests.support.builders import Builder
from tests.support.closers import WEEK, Team


def test_on_the_day_after_the_learner_alone_is_asked_once(team: Team) -> None:
    coach = agreed(team)

    team.office.later(hours=22)  # 8:00, before work
    assert questions(team.ben) == []
    team.office.later(hours=2)
    [asked] = questions(team.ben)
    assert questions(coach) == []
    team.ben.clicks("Not yet", asked)
    team.ben.waits_for("No hurry")
    team.office.later(days=2)

    assert len(questions(team.ben)) == 0  # it became the answer, and is not asked again
    assert team.pair().status is PairingStatus.ACCEPTED


def test_a_no_is_kept_and_a_meeting_written_down_after_all_counts(team: Team) -> None:
    coach = agreed(team)
    team.office.later(days=1)

    team.ben.clicks("No", questions(team.ben)[0])
    team.ben.waits_for("did not meet this week. It happens")
    assert team.pair().status is PairingStatus.MISSED

    coach.clicks("We met", said(team)[0])
    coach.submits(minutes="20", commitment="Ask who signs")
    assert team.pair().status is PairingStatus.MET


def test_the_question_is_settled_where_the_meeting_was_written_down_elsewhere(team: Team) -> None:
    coach = agreed(team)
    team.office.later(days=1)
    assert "[We met]" in text_of(questions(team.ben)[0])

    coach.clicks("We met", said(team)[0])
    coach.submits(minutes="20", commitment="Ask who signs")
    team.office.tick()

    [asked] = questions(team.ben)
    assert "✓ Yes, it is written down." in text_of(asked) and "[" not in text_of(asked)


def test_who_met_is_not_asked(team: Team) -> None:
    coach = agreed(team)
    coach.clicks("We met", said(team)[0])
    coach.submits(minutes="20")

    team.office.later(days=1)

    assert questions(team.ben) == []


def test_nobody_is_asked_twice_within_a_week(team: Team) -> None:
    coach = agreed(team)
    team.office.later(days=4)  # Friday: asked late, because the bot was down
    assert len(questions(team.ben)) == 1
    team.office.later(days=3)
    with team.office.db.begin() as session:
        person = {one.name: one.id for one in session.exec(select(Person))}
        Builder(session, team.office.workspace_id).pairing(
            team.id,
            person[coach.name],
            person["Ben"],
            WEEK + timedelta(weeks=1),
            status=PairingStatus.ACCEPTED,
        )
    team.office.tick()

    team.office.later(days=1)
    assert len(questions(team.ben)) == 1
    team.office.later(days=3)
    assert len(questions(team.ben)) == 2
