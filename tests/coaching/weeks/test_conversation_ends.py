"""Each end of a pair or of a pin has its words, told once."""

from datetime import timedelta

from sqlmodel import select

from bot.core.enums import PairingStatus
from bot.sandbox import Member
from storage.tables import EVER, Membership, PairWish, Person, WishKind
from storage.tables import Team as TeamRow
from tests.coaching.weeks.mondays import NEXT, a_cycle, heard, rows, team, until
from tests.support.closers import Team, closer

__all__ = ["team"]


def test_four_weeks_that_nobody_renews_end_with_a_word_to_both(team: Team) -> None:
    a_cycle(team, ago=(4, 3, 2, 1))

    until(team, NEXT, 9)

    assert len(heard(team.ben, "Your four weeks with Ana on Win rate are over.")) == 1
    assert "proposed in a message of its own" in heard(team.ben, "are over")[0]
    assert len(heard(team.ana, "Your four weeks with Ben on Win rate are over.")) == 1
    assert "Your place is free for the next pair" in heard(team.ana, "are over")[0]


def test_a_coach_who_stops_is_missed_in_words(team: Team) -> None:
    a_cycle(team, ago=(1,))
    team.ana.commands("/coach off")

    until(team, NEXT, 9)

    assert heard(team.ben, "Your weeks with Ana on Win rate end here")
    assert heard(team.ana, "Your weeks with Ben on Win rate end here")


def test_the_learner_who_met_this_week_hears_that_the_coach_left(team: Team) -> None:
    a_cycle(team, ago=(1,))
    with team.office.db.begin() as session:
        ana = session.exec(select(Person).where(Person.name == "Ana")).one()
        session.exec(select(Membership).where(Membership.person_id == ana.id)).one().ended_on = EVER

    team.office.tick()
    team.office.tick()

    assert len(heard(team.ben, "Ana cannot go on with you, so your pair ends here.")) == 1
    assert "The next pairs are made as the next week begins" in heard(team.ben, "cannot go on")[0]
    assert rows(team)[0].status is PairingStatus.MET
    until(team, NEXT, 9)
    assert not heard(team.ben, "Your weeks with Ana")


def test_a_proposal_of_a_coach_who_stops_is_taken_back(team: Team) -> None:
    until(team, NEXT, 9)
    coach = team.coach()

    coach.commands("/coach off")
    team.office.tick()

    assert heard(team.ben, f"{coach.name} cannot go on with you")
    assert team.coach() is not coach


def with_a_channel(team: Team, team_id: int, name: str) -> None:
    channel = team.office.sandbox.add_channel(name, members=[team.ben])
    team.office.sandbox.invite_bot(channel)
    with team.office.db.begin() as session:
        session.get_one(TeamRow, team_id).channel = channel.id


def test_a_pin_is_not_told_lost_as_another_teams_week_begins(team: Team, mia: Member) -> None:
    west = team.office.team("West")
    with_a_channel(team, west, "west")
    team.office.tick()
    a_cycle(team, ago=(1,))
    with team.office.db.begin() as session:
        person = {one.name: one.id for one in session.exec(select(Person))}
        pin = PairWish(
            workspace_id=team.office.workspace_id,
            kind=WishKind.PIN,
            coach_id=person["Ana"],
            learner_id=person["Ben"],
            week=NEXT,
            said_by_id=person["Mia"],
            said_at=team.office.clock(),
        )
        session.add(pin)

    until(team, NEXT, 9)
    until(team, NEXT, 10)

    assert [(row.week, row.status) for row in rows(team)][-1] == (NEXT, PairingStatus.ACCEPTED)
    assert not heard(mia, "does not hold")


def test_a_pin_of_who_left_every_team_is_told_lost_once(team: Team, mia: Member) -> None:
    with_a_channel(team, team.office.team("West"), "west")
    team.office.tick()
    mia.commands("/scorecard pairs")
    mia.waits_for("pairs for the week of")
    mia.clicks("Pin, block or swap")
    assert mia.submits(learner="Ben", coach="Coy").errors == {}
    mia.closes(everything=True)
    with team.office.db.begin() as session:
        ben = session.exec(select(Person).where(Person.name == "Ben")).one()
        session.exec(select(Membership).where(Membership.person_id == ben.id)).one().ended_on = EVER

    until(team, NEXT, 9)
    until(team, NEXT, 10)

    assert len(heard(mia, "Your pin of Coy with Ben does not hold")) == 1


def test_who_waits_after_four_weeks_reads_it_once(team: Team) -> None:
    team.coy.commands("/coach off")
    a_cycle(team, ago=(4, 3, 2, 1))

    until(team, NEXT, 9)

    assert "Your four weeks with Ana" in heard(team.ben, "rests with you until")[0]
    assert len(heard(team.ben, "rests with you until")) == 1
    until(team, NEXT + timedelta(weeks=1), 9)
    assert len(heard(team.ben, "rests with you until")) == 1, "nor again in the week after"


def test_nobody_is_asked_about_a_coach_whose_last_day_is_over(team: Team) -> None:
    closer(team.office, "Cem", team.id, won=3, lost=45)
    with team.office.db.begin() as session:
        for person in session.exec(select(Person)):
            person.coach_capacity, person.willing = 1, person.name == "Ana"
    until(team, NEXT, 9)
    team.ben.clicks("Accept") if heard(team.ben, "as your coach") else None
    with team.office.db.begin() as session:
        ana = session.exec(select(Person).where(Person.name == "Ana")).one()
        held = session.exec(select(Membership).where(Membership.person_id == ana.id)).one()
        held.ended_on = NEXT + timedelta(days=1)
    asked = [row.learner_id for row in rows(team)]

    until(team, NEXT + timedelta(days=2), 10)
    until(team, NEXT + timedelta(days=2), 11)

    assert [row.learner_id for row in rows(team)] == asked
    assert rows(team)[0].status is PairingStatus.DECLINED
