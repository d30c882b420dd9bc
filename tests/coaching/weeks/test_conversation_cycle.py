"""The four weeks of a pair: brought together at a time that can be moved, and what happens when one leaves."""

from datetime import date, timedelta
from pathlib import Path

from sqlmodel import select

from bot.core.enums import PairingStatus
from bot.sandbox import text_of
from storage.database import Database
from storage.tables import EVER, CoachingSession, Membership, Person
from tests.coaching.weeks.cycles import agreed, group, questions, said
from tests.support.closers import Team, team_of_closers
from tests.support.office import SCOPES, open_office


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


def test_without_the_scope_each_is_written_to_alone(db: Database, tmp_path: Path) -> None:
    with open_office(db, tmp_path, scopes=SCOPES - {"mpim:write"}) as office:
        team = team_of_closers(office, office.team("East"))
        coach = agreed(team)

        for one in (coach, team.ben):
            assert any("week 1 of 4" in text_of(message) for message in one.dm)


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
