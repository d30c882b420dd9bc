"""The coaching week is its own, whatever day the digest comes; each end of a pair has its words."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import col, select

from bot.core.enums import PairingStatus
from bot.sandbox import Member, text_of
from storage.tables import EVER, Membership, Pairing, PairWish, Person, WishKind
from storage.tables import Team as TeamRow
from tests.support.builders import Builder
from tests.support.closers import WEEK, Team, closer, team_of_closers
from tests.support.office import Office

BERLIN = ZoneInfo("Europe/Berlin")
NEXT = WEEK + timedelta(weeks=1)


@pytest.fixture
def team(office: Office, east: int) -> Team:
    made = team_of_closers(office, east)
    on_fridays(made)
    return made


def on_fridays(team: Team) -> None:
    """Its digest comes on Friday afternoon."""
    channel = team.office.sandbox.add_channel("sales", members=[team.ben])
    team.office.sandbox.invite_bot(channel)
    with team.office.db.begin() as session:
        row = session.get_one(TeamRow, team.id)
        row.channel, row.digest_weekday, row.digest_time = channel.id, 4, time(16, 30)
    team.office.tick()


def until(team: Team, day: date, hour: int, minute: int = 0) -> None:
    """Berlin's clock shows it."""
    team.office.clock.now = datetime(day.year, day.month, day.day, hour, minute, tzinfo=BERLIN).astimezone(
        UTC
    )
    team.office.tick()


def rows(team: Team) -> list[Pairing]:
    with team.office.db.read() as session:
        return list(session.exec(select(Pairing).order_by(col(Pairing.week), col(Pairing.id))))


def heard(who: Member, words: str) -> list[str]:
    return [text_of(message) for message in who.dm if words in text_of(message)]


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


def a_cycle(team: Team, *, ago: tuple[int, ...], status: PairingStatus = PairingStatus.MET) -> None:
    """Ana coached Ben in the weeks so long before the next."""
    with team.office.db.begin() as session:
        person = {one.name: one.id for one in session.exec(select(Person))}
        build = Builder(session, team.office.workspace_id)
        for weeks in ago:
            build.pairing(team.id, person["Ana"], person["Ben"], NEXT - timedelta(weeks=weeks), status=status)


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
