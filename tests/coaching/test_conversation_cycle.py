"""The four weeks of a pair: brought together, asked once whether they met, and asked at the end whether they go on."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlmodel import select

from bot.core.enums import PairingStatus, Resolved
from bot.sandbox import Member, text_of
from bot.sandbox.state import Channel, ChannelKind, Message
from storage.database import Database
from storage.tables import EVER, CoachingSession, GoOn, Membership, Person
from storage.tables import Team as Row
from tests.support.builders import Builder
from tests.support.closers import WEEK, Team, team_of_closers
from tests.support.office import SCOPES, Office, open_office


@pytest.fixture
def team(office: Office, east: int) -> Team:
    return team_of_closers(office, east)


def group(team: Team) -> Channel:
    """The pair's own message."""
    [found] = [one for one in team.office.sandbox.workspace.channels.values() if one.kind is ChannelKind.MPIM]
    return found


def said(team: Team) -> list[Message]:
    return team.ben.reads(group(team))


def agreed(team: Team) -> Member:
    """Ben says yes; gives his coach."""
    team.told()
    coach = team.coach()
    team.ben.clicks("Accept")
    team.ben.waits_for("You and")
    team.office.tick()
    return coach


def questions(who: Member, words: str = "Did you and") -> list[Message]:
    return [message for message in who.dm if words in text_of(message)]


def test_both_are_brought_together_with_a_time_and_the_worksheet(team: Team) -> None:
    coach = agreed(team)

    [opening] = said(team)
    told = text_of(opening)
    assert {coach.id, team.ben.id} <= set(group(team).members)
    assert f"*{coach.name}* and *Ben*, week 1 of 4, on *" in told
    assert "Proposed: on Mon, Nov 16 at 1:00" in told  # two hours' notice, and lunch left alone
    assert "what worked, what did not, what will you try?" in told
    team.office.later(hours=2)
    assert len(said(team)) == 1


def test_before_the_first_meeting_the_coach_alone_is_given_a_kit(team: Team) -> None:
    coach = agreed(team)

    [kit] = [text_of(one) for one in coach.dm if "Your first half hour with Ben" in text_of(one)]
    assert "5 minutes the worksheet, 15 minutes one call" in kit
    assert kit.count("?") >= 3 and "Who signs, and when did you last speak to them?" in kit
    assert "*Your first time?*" in kit
    assert not [one for one in team.ben.dm if "first half hour" in text_of(one)]
    assert "first half hour" not in "".join(text_of(one) for one in said(team))


def test_the_kit_has_the_calls_that_matter_each_with_its_own_way_to_answer(team: Team) -> None:
    now = team.office.clock()
    with team.office.db.begin() as session:
        ben = session.exec(select(Person.id).where(Person.name == "Ben")).one()
        builder = Builder(session, team.office.workspace_id)
        for days in range(1, 6):
            builder.debrief(ben, now - timedelta(days=days), tags=("closing",), outcome="lost")

    coach = agreed(team)

    [kit] = [one for one in coach.dm if "Your first half hour with Ben" in text_of(one)]
    assert [line[:2] for line in text_of(kit).splitlines() if "[Give feedback]" in line] == ["1.", "2.", "3."]
    coach.clicks("Give feedback", kit, beside="3.")
    coach.waits_for("What worked")


def test_the_kit_says_how_many_resolutions_the_learner_kept(team: Team) -> None:
    now = team.office.clock()
    with team.office.db.begin() as session:
        ben = session.exec(select(Person.id).where(Person.name == "Ben")).one()
        builder = Builder(session, team.office.workspace_id)
        for days, resolved in (
            (3, Resolved.YES),
            (2, Resolved.NO),
            (1, Resolved.NOT_NOW),
            (80, Resolved.YES),
        ):
            before = now - timedelta(days=days)
            builder.debrief(ben, before, measure="Asked who signs", resolved=resolved, resolved_at=before)

    coach = agreed(team)

    [kit] = [text_of(one) for one in coach.dm if "Your first half hour with Ben" in text_of(one)]
    assert "of what Ben set out to show at a next call, 1 of 2 were done" in kit


def test_the_first_worksheet_looks_back_to_no_meeting(team: Team) -> None:
    agreed(team)

    team.ben.clicks("Worksheet", said(team)[0])

    team.ben.waits_for("What worked in your last calls?")


def test_without_the_scope_each_is_written_to_alone(db: Database, tmp_path: Path) -> None:
    with open_office(db, tmp_path, scopes=SCOPES - {"mpim:write"}) as office:
        team = team_of_closers(office, office.team("East"))
        coach = agreed(team)

        for one in (coach, team.ben):
            assert any("week 1 of 4" in text_of(message) for message in one.dm)


def test_the_learner_writes_the_worksheet_and_both_read_it(team: Team) -> None:
    coach = agreed(team)
    [opening] = said(team)
    coach.clicks("Worksheet", opening)
    coach.waits_for("Ben has not written it yet")

    team.ben.clicks("Worksheet", opening)
    team.ben.submits(what_worked="Openings", did_not="Asking who *signs*", will_try="Ask in the first call")
    team.office.tick()

    told = text_of(said(team)[-1])
    assert "Ben’s worksheet" in told and "*Worked:* Openings" in told
    assert "Asking who ∗signs∗" in told
    team.ben.clicks("Worksheet", opening)
    assert team.ben.submits(did_not="Nothing").closed
    team.office.tick()
    assert "*Did not work:* Nothing" in text_of(said(team)[-1])


def test_either_names_another_time_and_the_question_moves_with_it(team: Team) -> None:
    agreed(team)
    thursday = team.office.clock() + timedelta(days=3)

    team.ben.clicks("Another time", said(team)[0])
    refused = team.ben.submits(meets_at=int((team.office.clock() - timedelta(days=1)).timestamp()))
    assert "still ahead" in str(refused.errors) + team.ben.sees()
    team.ben.submits(meets_at=int(thursday.timestamp()))
    team.office.tick()

    assert "Ben moved your meeting: it is now on Thu, Nov 19" in text_of(said(team)[-1])
    team.office.later(days=2)
    assert questions(team.ben) == []
    team.office.later(days=2)
    assert len(questions(team.ben)) == 1


def test_an_empty_worksheet_is_not_posted_nor_the_same_one_twice(team: Team) -> None:
    agreed(team)
    [opening] = said(team)
    team.ben.clicks("Worksheet", opening)
    assert "empty page" in team.ben.submits().errors["what_worked"]
    team.ben.submits(what_worked="Openings")
    team.office.tick()
    posted = len(said(team))

    team.ben.clicks("Worksheet", opening)
    team.ben.submits()
    team.office.tick()

    assert len(said(team)) == posted


def test_a_meeting_that_stays_is_not_said_to_have_moved(team: Team) -> None:
    agreed(team)
    thursday = int((team.office.clock() + timedelta(days=3)).timestamp())
    team.ben.clicks("Another time", said(team)[0])
    team.ben.submits(meets_at=thursday)
    team.office.tick()
    posted = len(said(team))

    team.ben.clicks("Another time", said(team)[0])
    team.ben.submits(meets_at=thursday)
    team.office.tick()

    assert "nothing has changed" in text_of(team.ben.modal)
    assert len(said(team)) == posted


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


def in_the_fourth_week(team: Team) -> tuple[Member, Member]:
    with team.office.db.begin() as session:
        person = {one.name: one.id for one in session.exec(select(Person))}
        build = Builder(session, team.office.workspace_id)
        for weeks in (3, 2, 1, 0):
            status = PairingStatus.MET if weeks else PairingStatus.ACCEPTED
            build.pairing(team.id, person["Ana"], person["Ben"], WEEK - timedelta(weeks=weeks), status=status)
    team.office.tick()
    team.office.later(days=1)
    return team.ana, team.ben


def running(team: Team) -> bool:
    """Whether the pair has its place in the week that follows."""
    with team.office.db.read() as session:
        [row] = session.exec(select(GoOn)).all()
        return bool(row.coach_says and row.learner_says)


def test_after_four_weeks_they_go_on_if_both_say_so(team: Team) -> None:
    ana, ben = in_the_fourth_week(team)
    [to_ana], [to_ben] = questions(ana, "Your four weeks with"), questions(ben, "Your four weeks with")
    assert questions(ben) == []  # one question, not two
    assert "[We met]" in text_of(to_ben)

    ana.clicks("Four more weeks", to_ana)
    ana.waits_for("I tell you both when Ben has said so too")
    ben.clicks("Four more weeks", to_ben)
    ben.waits_for("You and Ana go on for four more weeks")
    team.office.tick()

    assert "You and Ben go on for four more weeks" in text_of(ana.dm[-1])
    assert running(team)


def test_the_learner_alone_is_asked_what_helped_and_may_say_so_after_the_choice(team: Team) -> None:
    ana, ben = in_the_fourth_week(team)
    [to_ana], [to_ben] = questions(ana, "Your four weeks with"), questions(ben, "Your four weeks with")
    assert "told to your coach and your manager" in text_of(to_ben)
    assert "What helped you most" not in text_of(to_ana)

    ben.clicks("That was it", to_ben)
    ben.waits_for("Your four weeks with Ana end here. Thank you")
    ben.chooses("What helped you most?", "practising it")

    ben.waits_for("✓ Noted: practising it.")
    with team.office.db.read() as session:
        assert session.exec(select(GoOn)).one().helped == "practice"


def test_one_no_ends_it_with_thanks(team: Team) -> None:
    ana, ben = in_the_fourth_week(team)

    ben.clicks("That was it", questions(ben, "Your four weeks with")[0])
    ben.waits_for("Your four weeks with Ana end here. Thank you")
    team.office.tick()

    assert "Your four weeks with Ben end here" in text_of(ana.dm[-1])
    assert not running(team)


def test_an_answer_after_the_week_began_comes_too_late(team: Team) -> None:
    _ana, ben = in_the_fourth_week(team)
    [to_ben] = questions(ben, "Your four weeks with")
    team.office.later(days=6)

    ben.clicks("Four more weeks", to_ben)

    ben.waits_for("comes too late")


def test_when_the_coach_leaves_the_learner_hears_so_and_gets_another(team: Team) -> None:
    coach = agreed(team)
    with team.office.db.begin() as session:
        person = session.exec(select(Person).where(Person.name == coach.name)).one()
        place = session.exec(select(Membership).where(Membership.person_id == person.id)).one()
        place.ended_on = date(2026, 11, 15)

    team.office.tick()
    team.office.tick()

    assert any(f"{coach.name} cannot go on with you" in text_of(message) for message in team.ben.dm)
    assert team.coach() is not coach
    assert team.pair().status is PairingStatus.PROPOSED


def test_when_the_learner_leaves_the_coach_hears_so(team: Team) -> None:
    coach = agreed(team)
    with team.office.db.begin() as session:
        person = session.exec(select(Person).where(Person.name == "Ben")).one()
        session.exec(select(Membership).where(Membership.person_id == person.id)).one().ended_on = EVER

    team.office.tick()

    assert "Ben cannot go on with you, so your pair ends here." in text_of(coach.dm[-1])
    assert team.pair().status is PairingStatus.DECLINED


def test_a_commitment_stays_as_it_was_once_it_was_said_to_be_kept(team: Team) -> None:
    coach = agreed(team)
    coach.clicks("We met", said(team)[0])
    coach.submits(minutes="20", commitment="Ask who signs")
    with team.office.db.begin() as session:
        session.exec(select(CoachingSession)).one().kept = True

    coach.clicks("We met", said(team)[0])
    refused = coach.submits(commitment="Something easier")

    assert "so its words stay as they are" in refused.errors["commitment"]
    assert coach.submits(commitment="Ask who signs", minutes="25").closed
    with team.office.db.read() as session:
        held = session.exec(select(CoachingSession)).one()
    assert (held.commitment, held.minutes) == ("Ask who signs", 25)


def test_a_pair_that_goes_on_is_given_no_kit_for_a_first_half_hour(team: Team) -> None:
    ana, ben = in_the_fourth_week(team)
    with team.office.db.begin() as session:
        person = {one.name: one.id for one in session.exec(select(Person))}
        Builder(session, team.office.workspace_id).coached(
            person["Ana"], person["Ben"], WEEK - timedelta(days=6)
        )
    ana.clicks("Four more weeks", questions(ana, "Your four weeks with")[0])
    ben.clicks("Four more weeks", questions(ben, "Your four weeks with")[0])
    channel = team.office.sandbox.add_channel("sales", members=[ben])
    team.office.sandbox.invite_bot(channel)
    with team.office.db.begin() as session:
        session.get_one(Row, team.id).channel = channel.id
    team.office.tick()

    team.office.later(days=6)
    team.office.tick()

    assert "*Ana* and *Ben*, week 1 of 4" in text_of(said(team)[-1])
    assert questions(ana, "first half hour") == []
