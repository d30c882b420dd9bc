"""A coach and a learner hear of each other, answer, and write down that they met."""

import pytest
from sqlmodel import select

from bot.sandbox import Member, text_of
from bot.words import PairingStatus
from storage.tables import CoachingSession, Person
from tests.conversations.closers import Team, team_of_closers
from tests.conversations.office import Office


@pytest.fixture
def team(office: Office, east: int) -> Team:
    return team_of_closers(office, east)


def test_both_hear_why_they_are_a_pair_with_the_numbers(team: Team) -> None:
    team.told()

    to_ben, to_coach = text_of(team.ben.dm[-1]), text_of(team.coach().dm[-1])
    assert "is your coach for the next four weeks" in to_ben
    assert "You coach *Ben*" in to_coach
    for told in (to_ben, to_coach):
        assert "Ben has most to gain in" in told and "where the role's middle is" in told
        assert "is strong there:" in told


def test_the_learners_yes_turns_the_question_into_the_plan_and_tells_the_coach(team: Team) -> None:
    team.told()
    coach = team.coach()

    team.ben.clicks("Accept")

    team.ben.waits_for("You and")
    assert "Accept" not in text_of(team.ben.dm[-1])
    assert team.pair().status is PairingStatus.ACCEPTED
    team.office.tick()
    assert "Ben said yes" in text_of(coach.dm[-1])


def test_a_no_is_kind_and_another_coach_comes_once(team: Team) -> None:
    team.told()
    first = team.coach()

    team.ben.clicks("Not this time")
    team.ben.waits_for("If another coach is free")
    team.ben.waits_for(lambda _: team.pair().status is PairingStatus.PROPOSED)
    team.office.tick()

    assert "is off this week; the place is free again" in text_of(first.dm[-1])
    second = team.coach()
    assert second is not first
    team.ben.clicks("Not this time")
    team.ben.waits_for("No reason needed")
    team.office.tick()
    assert team.pair().status is PairingStatus.DECLINED
    assert "is off this week" in text_of(second.dm[-1])


def test_a_coach_who_was_replaced_can_no_longer_answer_for_the_pair(team: Team) -> None:
    team.told()
    first = team.coach()
    old = first.dm[-1]
    team.ben.clicks("Not this time")
    team.ben.waits_for(lambda _: team.pair().status is PairingStatus.PROPOSED)

    first.clicks("Not this time", old)

    first.waits_for("That pair is gone")
    assert team.pair().status is PairingStatus.PROPOSED


def test_a_meeting_is_written_down_by_one_and_rated_by_the_learner(team: Team) -> None:
    team.told()
    coach = team.coach()

    coach.clicks("We met")
    refused = coach.submits(minutes="no")
    assert "whole minutes" in refused.errors["minutes"]
    assert coach.submits(minutes="25", commitment="Ask who signs").closed
    team.office.tick()
    assert "wrote down your meeting: 25 minutes" in text_of(team.ben.dm[-1])
    team.ben.clicks("Look or add")
    assert team.ben.submits(rating="4").closed

    with team.office.db.read() as session:
        [held] = session.exec(select(CoachingSession)).all()
    assert (held.minutes, held.commitment, held.rating) == (25, "Ask who signs", 4)
    assert team.pair().status is PairingStatus.MET


def test_coaching_is_switched_on_and_off_with_a_word(office: Office, ana: Member) -> None:
    assert "You coach up to 3 learners a week" in ana.commands("/coach on 3").text
    assert "You do not coach." in ana.commands("/coach off").text
    assert "You coach up to 3 learners a week" in ana.commands("/coach on").text
    assert "You are not named" in ana.commands("/coach naming off").text
    assert "You are not coached" in ana.commands("/coach learning off").text

    with office.db.read() as session:
        person = session.exec(select(Person).where(Person.name == "Ana")).one()
    assert (person.willing, person.coach_capacity, person.named_publicly, person.wants_coaching) == (
        True,
        3,
        False,
        False,
    )


def test_a_coach_says_how_many_and_on_what_and_takes_the_topics_back(ana: Member) -> None:
    assert "2 learners a week, on what goes with: Authority, Pricing." in (
        ana.commands("/coach on 2 pricing AUTHORITY").text
    )
    assert "4 learners a week, on what goes with: Authority, Pricing." in ana.commands("/coach on 4").text
    assert "on what goes with: Next step, Follow-up." in ana.commands("/coach on next step, follow-up").text
    assert "4 learners a week. " in ana.commands("/coach on any").text
    assert "no topic called astrology. There are: opening," in ana.commands("/coach on 2 astrology").text


@pytest.mark.parametrize("words", ["", " help", " dance", " off-by-one", " naming maybe"])
def test_anything_else_is_answered_with_help_and_what_stands(ana: Member, words: str) -> None:
    answer = ana.commands(f"/coach{words}").text

    assert "`/coach learning on|off`" in answer
    assert "You do not coach." in answer


@pytest.mark.parametrize("number", ["0", "11", "²"])
def test_a_number_of_learners_that_nobody_can_take_is_refused(ana: Member, number: str) -> None:
    assert "from 1 to 10" in ana.commands(f"/coach on {number}").text
