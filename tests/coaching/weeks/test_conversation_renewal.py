"""At the end of four weeks both are asked whether they go on."""

from datetime import timedelta

from sqlmodel import select

from bot.core.enums import PairingStatus
from bot.sandbox import Member, text_of
from storage.tables import GoOn, Person
from storage.tables import Team as Row
from tests.coaching.weeks.cycles import questions, said
from tests.support.builders import Builder
from tests.support.closers import WEEK, Team


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
