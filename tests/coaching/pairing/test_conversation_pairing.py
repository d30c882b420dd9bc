"""A coach and a learner hear of each other, answer, and write down that they met."""

import pytest
from sqlmodel import select

from bot.core.enums import PairingStatus
from bot.sandbox import Member, text_of
from bot.sandbox.state import Channel, ChannelKind
from storage.tables import CoachingSession, Person
from tests.support.closers import Team
from tests.support.office import Office


def test_the_learner_hears_why_and_what_is_shared_and_the_coach_no_figures(team: Team) -> None:
    team.told()

    to_ben, to_coach = text_of(team.ben.dm[-1]), text_of(team.coach().dm[-1])
    assert "as your coach for four weeks" in to_ben
    assert "You have most to gain in" in to_ben and "the middle of your role" in to_ben
    assert "is strong there:" in to_ben
    assert "read your debriefs that are about" in to_ben and "and nothing else" in to_ben
    assert "I asked *Ben* whether you coach them" in to_coach
    assert "%" not in to_coach, "figures of a learner who has not said yes"


def test_the_learners_yes_turns_the_question_into_the_plan_and_tells_the_coach(team: Team) -> None:
    team.told()
    coach = team.coach()

    team.ben.clicks("Accept")

    team.ben.waits_for("You and")
    assert "Accept" not in text_of(team.ben.dm[-1])
    assert team.pair().status is PairingStatus.ACCEPTED
    team.office.tick()
    assert any("Ben said yes" in text_of(message) for message in coach.dm)


def test_a_no_is_kind_and_another_coach_comes_once(team: Team) -> None:
    team.told()
    first = team.coach()

    team.ben.clicks("Not this time")
    team.ben.waits_for("If another coach is free")
    team.office.later(minutes=6)

    assert team.pair().status is PairingStatus.PROPOSED
    assert "Your pair with Ben ends here. Your place is free for somebody who waits." in text_of(first.dm[-1])
    second = team.coach()
    assert second is not first
    team.ben.clicks("Not this time")
    team.ben.waits_for("No reason needed")
    team.office.later(minutes=6)
    assert team.pair().status is PairingStatus.DECLINED
    assert "Your pair with Ben ends here" in text_of(second.dm[-1])


def test_a_slip_of_the_thumb_is_taken_back_before_anybody_hears_of_it(team: Team) -> None:
    team.told()
    coach, heard = team.coach(), len(team.coach().dm)
    team.ben.clicks("Not this time")
    team.ben.waits_for("It can be undone for five minutes")
    team.office.later(minutes=4)
    assert len(coach.dm) == heard

    team.ben.clicks("Undo")
    team.ben.waits_for("Would you like")
    team.office.later(minutes=6)

    assert team.pair().status is PairingStatus.PROPOSED
    assert len(coach.dm) == heard, "the coach never heard of the no"
    team.ben.clicks("Accept")
    team.ben.waits_for("You and")
    assert team.pair().status is PairingStatus.ACCEPTED


def test_a_coach_takes_a_no_back_and_the_learners_yes_waits_for_it(team: Team) -> None:
    team.told()
    coach = team.coach()
    coach.clicks("Not this time")
    coach.waits_for("It can be undone for five minutes")
    team.ben.clicks("Accept")
    team.ben.waits_for("called off already")

    coach.clicks("Undo")
    coach.waits_for("stays as it was")
    team.ben.clicks("Accept")

    team.ben.waits_for("You and")
    team.office.later(minutes=6)
    assert team.pair().status is PairingStatus.ACCEPTED


def test_after_five_minutes_a_no_stands(team: Team) -> None:
    team.told()
    team.ben.clicks("Not this time")
    team.ben.waits_for("No reason needed")
    said_no = team.ben.dm[-1]
    team.office.later(minutes=6)

    team.ben.clicks("Undo", said_no)

    team.ben.waits_for("can be undone no more")
    assert team.pair().status is PairingStatus.PROPOSED, "of another coach, whom nobody has answered"


def test_a_coach_who_was_replaced_can_no_longer_answer_for_the_pair(team: Team) -> None:
    team.told()
    first = team.coach()
    old = first.dm[-1]
    team.ben.clicks("Not this time")
    team.ben.waits_for("No reason needed")
    team.office.later(minutes=6)

    first.clicks("Not this time", old)

    first.waits_for("That pair is gone")
    assert team.pair().status is PairingStatus.PROPOSED


def the_group(team: Team) -> Channel:
    channels = team.office.sandbox.workspace.channels.values()
    return next(one for one in channels if one.kind is ChannelKind.MPIM)


def test_a_meeting_is_written_down_by_one_and_rated_by_the_learner(team: Team) -> None:
    team.told()
    coach = team.coach()
    team.ben.clicks("Accept")
    team.office.tick()
    opening = next(m for m in coach.reads(the_group(team)) if "week 1 of 4" in text_of(m))

    coach.clicks("We met", opening)
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
