"""The coaching week is its own, whatever day the digest comes."""

from datetime import time, timedelta

from sqlmodel import select

from bot.core.enums import PairingStatus
from bot.sandbox import Member, text_of
from storage.tables import Person
from storage.tables import Team as TeamRow
from tests.coaching.weeks.mondays import NEXT, a_cycle, heard, rows, team, until
from tests.support.closers import WEEK, Team, closer

__all__ = ["team"]


def test_pairs_are_asked_as_the_week_begins_though_the_digest_comes_on_friday(team: Team) -> None:
    until(team, NEXT, 8, 50)
    assert rows(team) == []

    until(team, NEXT, 9)

    [row] = rows(team)
    assert (row.week, row.status) == (NEXT, PairingStatus.PROPOSED)
    assert heard(team.ben, "as your coach for four weeks")
    until(team, NEXT + timedelta(days=4), 16, 30)
    assert len(heard(team.ben, "as your coach for four weeks")) == 1


def test_a_bot_that_was_away_as_the_week_began_makes_its_pairs_late(team: Team) -> None:
    until(team, NEXT + timedelta(days=1), 11)

    assert [row.week for row in rows(team)] == [NEXT]


def test_a_proposal_says_until_when_and_lapses_after_three_working_days(team: Team) -> None:
    until(team, NEXT, 9)
    [asked] = heard(team.ben, "as your coach for four weeks")
    coach = team.coach()
    assert "Please answer by Wed, Nov 25; after that the place is offered to somebody else." in asked
    assert heard(coach, "I asked *Ben* whether you coach them")

    until(team, NEXT + timedelta(days=2), 23)
    assert rows(team)[0].status is PairingStatus.PROPOSED
    until(team, NEXT + timedelta(days=3), 9)

    assert rows(team)[0].status is PairingStatus.LAPSED
    assert heard(team.ben, f"You did not answer whether {coach.name} should coach you")
    assert heard(coach, "Ben did not answer in time, so your place is free")
    team.ben.clicks("Accept")
    team.ben.waits_for("Nobody answered in time")
    until(team, NEXT + timedelta(weeks=1), 9)
    assert len(rows(team)) == 1, "who let one lapse is left in peace for three weeks"


def test_the_place_goes_on_the_same_day(team: Team) -> None:
    cem = closer(team.office, "Cem", team.id, won=3, lost=45)
    with team.office.db.begin() as session:
        for person in session.exec(select(Person)):
            person.coach_capacity, person.willing = 1, person.name == "Ana"
    until(team, NEXT, 9)
    [first] = rows(team)

    until(team, NEXT + timedelta(days=3), 9)

    [lapsed, given] = rows(team)
    assert (lapsed.status, given.status) == (PairingStatus.LAPSED, PairingStatus.PROPOSED)
    assert lapsed.learner_id == first.learner_id != given.learner_id
    second = cem if heard(team.ben, "so the place went on") else team.ben
    assert "Please answer by Mon, Nov 30" in heard(second, "as your coach for four weeks")[0]


def test_week_one_begins_with_the_yes(team: Team) -> None:
    team.office.clock.advance(timedelta(days=3))
    team.told()
    coach = team.coach()
    until(team, WEEK + timedelta(days=4), 15)

    team.ben.clicks("Accept")
    team.ben.waits_for("from the week of Nov 23, 2026 on")
    team.office.tick()

    assert heard(coach, "Your first week is that of Nov 23, 2026")
    assert not heard(team.ben, "did not meet") and not heard(team.ben, "no free half hour")
    assert [row.week for row in rows(team)] == [NEXT]
    until(team, NEXT, 9)
    until(team, NEXT, 10)
    channels = team.office.sandbox.workspace.channels.values()
    assert any("week 1 of 4" in text_of(message) for one in channels for message in one.messages)
    assert [row.week for row in rows(team)] == [NEXT]


def test_a_managers_monday_names_nobody_who_has_a_coach_or_is_asked(team: Team, mia: Member) -> None:
    cem = closer(team.office, "Cem", team.id, won=3, lost=45)
    a_cycle(team, ago=(1,))

    until(team, NEXT, 9)
    until(team, NEXT, 9, 20)

    assert heard(cem, "as your coach") and rows(team)[-1].learner_id
    assert not [text for text in heard(mia, "Fifteen minutes") if "Ben" in text or "Cem" in text]


def test_a_digest_before_the_week_is_opened_tells_of_the_pairs_that_go_on(team: Team) -> None:
    a_cycle(team, ago=(1,))
    with team.office.db.begin() as session:
        row = session.get_one(TeamRow, team.id)
        row.digest_weekday, row.digest_time, row.digest_next_at = 0, time(8), None
    team.office.tick()

    until(team, NEXT, 8)

    channels = team.office.sandbox.workspace.channels.values()
    told = [text_of(message) for one in channels for message in one.messages if "week of" in message.text]
    assert any("• *Ana* with *Ben* on Win rate" in text for text in told)
