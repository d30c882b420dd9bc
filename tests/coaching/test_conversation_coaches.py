"""Becoming a coach is asked for, never decreed; what came of it is for two pairs of eyes."""

from datetime import timedelta

import pytest
from sqlmodel import Session, select

from bot.core.enums import Role
from bot.sandbox import Member, text_of
from storage.tables import CoachInvitation, OutboxMessage, Person
from tests.support.builders import Builder
from tests.support.digest_floor import Floor, floor, post
from tests.support.office import Office

__all__ = ["floor"]


def person(session: Session, name: str) -> Person:
    return session.exec(select(Person).where(Person.name == name)).one()


def test_the_best_is_invited_and_says_yes(floor: Floor) -> None:
    with floor.office.db.begin() as session:
        person(session, "Ana").willing = False

    post(floor)

    invited = floor.ana.dm[-1]
    told = text_of(invited)
    assert "your team's SDRs can learn from you" in told
    assert "sure" not in told and "top" not in told, "a place is told to who asks"
    assert "a no is fine: nobody is told" in told
    floor.ana.clicks("I would like to", invited)
    floor.ana.waits_for("You coach 1 learner a week")
    with floor.office.db.read() as session:
        assert person(session, "Ana").willing
        assert [row.accepted for row in session.exec(select(CoachInvitation))] == [True]


def test_a_no_is_kept_to_oneself_and_nobody_is_asked_again_this_quarter(floor: Floor) -> None:
    with floor.office.db.begin() as session:
        person(session, "Ana").willing = False
    post(floor)

    floor.ana.clicks("Not now")
    floor.ana.waits_for("Understood; nobody is told")
    assert "asked this quarter already" in floor.mia.commands("/coach propose @Ana").text
    with floor.office.db.begin() as session:  # a week in which records come
        build = Builder(session, floor.office.workspace_id)
        ana, ae = person(session, "Ana").id, person(session, "Decider").id
        for n in range(5):
            build.handoff(ana, ae, floor.office.clock() + timedelta(days=n), accepted=True)
    floor.office.later(days=7)  # the next digest comes by itself
    assert len([message for message in floor.channel.messages if "*Ana*" in text_of(message)]) == 2

    with floor.office.db.read() as session:
        assert not person(session, "Ana").willing
        asked = [row for row in session.exec(select(OutboxMessage)) if "Would you coach" in row.text]
    assert len(asked) == 1


def test_who_coaches_already_is_not_invited(floor: Floor) -> None:
    post(floor)

    assert not any("Would you coach" in text_of(message) for message in floor.ana.dm)


def test_a_manager_proposes_and_the_person_decides(office: Office, mia: Member, ana: Member) -> None:
    assert "I have asked Ana. The answer is theirs" in mia.commands("/coach propose @Ana").text
    office.tick()

    assert "Mia thinks you would make a good coach" in text_of(ana.dm[-1])
    ana.clicks("I would like to")
    ana.waits_for("You coach 1 learner a week")
    assert "Ana coaches already" in mia.commands("/coach propose @Ana").text


@pytest.mark.parametrize("words", ["", " Ana"])
def test_a_proposal_names_somebody(mia: Member, words: str) -> None:
    assert "name the person with an @" in mia.commands(f"/coach propose{words}").text


def test_a_rep_proposes_nobody(ana: Member, bo: Member) -> None:
    assert "manager or an admin" in ana.commands(f"/coach propose @{bo.name}").text


def test_an_invitation_is_the_invited_persons_alone(
    office: Office, mia: Member, ana: Member, bo: Member
) -> None:
    mia.commands("/coach propose @Ana")
    office.tick()

    bo.clicks("I would like to", ana.dm[-1])

    with office.db.read() as session:
        assert not person(session, "Ana").willing
        assert [row.accepted for row in session.exec(select(CoachInvitation))] == [None]


def test_a_record_is_shown_to_the_coach_and_the_manager_alone(
    office: Office, east: int, mia: Member, ana: Member, bo: Member
) -> None:
    boss = office.hires("Boss", Role.AE, office.team("West"), is_admin=True)
    with office.db.begin() as session:
        build = Builder(session, office.workspace_id)
        today = office.clock().date()
        for weeks, rating in enumerate((5, 4, 3, None), start=1):
            held = today - timedelta(weeks=weeks)
            build.coached(
                person(session, "Bo").id, person(session, "Ana").id, held, minutes=30, rating=rating
            )

    own = bo.commands("/coach record").text
    assert "Your coaching, last 52 weeks" in own
    assert "4 sessions with 1 learner, 120 min credited" in own
    assert "ratings: 4 of 5, from 3" in own
    assert "Lift: too early to tell" in own
    assert "Bo’s coaching" in mia.commands("/coach record @Bo").text
    for stranger in (ana, boss):
        assert "for the coach and the manager" in stranger.commands("/coach record @Bo").text
    assert "No coaching session with a commitment" in ana.commands("/coach record").text
