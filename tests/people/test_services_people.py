"""People are found by what others call them, and are what they were on the day."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.calendar.periods import parse
from bot.core.enums import Metric, PairingStatus, Role
from bot.core.errors import BadInput, NotFound
from bot.people.domain.access import Viewer
from bot.people.domain.someone import Someone
from bot.people.services import calendars, members, people, teams
from bot.people.services.people import Place
from bot.setup.services import enrolment
from storage.tables import Membership, Pairing, Person, Team
from tests.support.importing import NOW, Importer

ROSTER = """\
email,name,role,team,slack_user_id,started_on,ended_on
ana@acme.io,Ana Diaz,SDR,East,U1,2026-01-01,2026-06-30
ana@acme.io,Ana Diaz,AE,West,U1,2026-07-01,
ben@acme.io,Ben,AE,East,U2,,
ben2@acme.io,Ben,AE,West,U3,,
,Zo\u00e9,AM,East,,,
mo@acme.io,Mo,manager,East,U9,,2026-10-31
mo@acme.io,Mo,manager,West,U9,,
mo@acme.io,Mo,AE,West,U9,,
"""
TODAY = NOW.date()
MONDAY = date(2026, 11, 16)


@pytest.fixture
def office(acme: Importer) -> Importer:
    assert acme.take("reps", ROSTER).rejected == 0
    return acme


def find(office: Importer, who: str) -> Someone:
    with office.db.reading(office.workspace_id, NOW) as books:
        return people.find(books, who)


def place_on(office: Importer, who: str, day: date) -> Place | None:
    with office.db.reading(office.workspace_id, NOW) as books:
        return people.place_on(books, find(office, who).id, day)


def viewer(office: Importer, who: str) -> Viewer:
    with office.db.reading(office.workspace_id, NOW) as books:
        return people.viewer(books, find(office, who).id)


@pytest.mark.parametrize("who", ["ana@acme.io", " ANA@acme.io ", "U1", "Ana Diaz", "Ana  Diaz"])
def test_a_person_is_found_by_email_slack_id_or_exact_name(office: Importer, who: str) -> None:
    assert find(office, who).email == "ana@acme.io"


def test_a_name_is_the_same_however_its_accents_are_typed(office: Importer) -> None:
    assert find(office, "Zoe\u0301").name == "Zo\u00e9"


@pytest.mark.parametrize("who", ["ana", "Ana", "u1", "nobody@acme.io", "", "%"])
def test_who_is_not_there_is_not_found(office: Importer, who: str) -> None:
    with pytest.raises(NotFound, match="Nobody on the roster"):
        find(office, who)


def test_a_name_of_several_people_asks_for_an_email(office: Importer) -> None:
    with pytest.raises(BadInput, match="Several people are called Ben"):
        find(office, "Ben")


def test_people_of_another_workspace_are_not_found(office: Importer) -> None:
    with office.db.reading(office.workspace_id + 1, NOW) as books, pytest.raises(NotFound):
        people.find(books, "ana@acme.io")


def test_role_and_team_are_those_of_the_day(office: Importer) -> None:
    places = {
        day: place_on(office, "U1", day) for day in (date(2025, 12, 31), date(2026, 6, 30), date(2026, 7, 1))
    }

    assert [place and (place.role, place.team) for place in places.values()] == [
        None,
        (Role.SDR, "East"),
        (Role.AE, "West"),
    ]


def test_who_leads_and_sells_is_placed_where_they_sell(office: Importer) -> None:
    place = place_on(office, "mo@acme.io", TODAY)

    assert place is not None
    assert (place.role, place.team) == (Role.AE, "West")


def test_who_sells_in_two_roles_stands_everywhere_in_the_one_held_longest(office: Importer) -> None:
    assert office.take("reps", "email,name,role,team\numa@acme.io,Uma,manager,North\n").rejected == 0
    uma, home = find(office, "uma@acme.io").id, office.workspace_id
    ids = {team.name: team.id for team in office.all(Team)}
    with office.db.begin() as session:
        for role, team, since in ((Role.AE, "West", 3), (Role.SDR, "East", 2)):
            session.add(
                Membership(
                    workspace_id=home,
                    person_id=uma,
                    team_id=ids[team],
                    role=role,
                    started_on=date(2026, since, 1),
                )
            )
    zone = ZoneInfo("UTC")

    with office.db.reading(home, NOW) as books:
        place = people.place_on(books, uma, TODAY)
        member = members.member(books, uma)
        stint = people.stints_of(books, uma, parse("2026-10", now=NOW, zone=zone), as_of=NOW)
        floor = teams.own(books, member)

    assert place is not None
    assert (place.role, place.team) == (stint.rep.role, stint.rep.team) == (Role.SDR, "East")
    assert floor.name == "East"


def test_the_roster_holds_everybody_of_the_day(office: Importer) -> None:
    with office.db.reading(office.workspace_id, NOW) as books:
        held = people.roster(books, TODAY)

    assert [(person.name, place.team, place.role) for person, place in held] == [
        ("Ana Diaz", "West", Role.AE),
        ("Ben", "East", Role.AE),
        ("Ben", "West", Role.AE),
        ("Mo", "West", Role.MANAGER),
        ("Mo", "West", Role.AE),
        ("Zo\u00e9", "East", Role.AM),
    ]


def test_a_manager_sees_the_teams_led_today_and_no_other(office: Importer) -> None:
    ids = {team.name: team.id for team in office.all(Team)}

    assert viewer(office, "mo@acme.io").managed_team_ids == {ids["West"]}
    assert viewer(office, "U1").managed_team_ids == frozenset()


def test_a_coach_sees_learners_of_agreed_pairs_while_their_cycle_runs(office: Importer) -> None:
    ids = {person.slack_user_id: person.id for person in office.all(Person)}
    agreed, offered, over, declined = ids["U1"], ids["U2"], ids["U9"], ids[None]
    with office.db.begin() as session:
        for weeks, learner, status, metric in (
            (3, agreed, PairingStatus.MET, Metric.CYCLE_DAYS),
            (0, agreed, PairingStatus.ACCEPTED, Metric.WIN_RATE),
            (0, offered, PairingStatus.PROPOSED, Metric.WIN_RATE),
            (4, over, PairingStatus.MET, Metric.WIN_RATE),
            (0, declined, PairingStatus.DECLINED, Metric.WIN_RATE),
        ):
            session.add(
                Pairing(
                    workspace_id=office.workspace_id,
                    week=MONDAY - timedelta(weeks=weeks),
                    team_id=office.all(Team)[0].id,
                    coach_id=ids["U3"],
                    learner_id=learner,
                    metric=metric,
                    value=1.0,
                    reason="",
                    status=status,
                    proposed_at=NOW,
                )
            )

    assert viewer(office, "U3").learners == {agreed: Metric.WIN_RATE}


def test_a_viewer_who_has_left_the_roster_is_not_found(office: Importer) -> None:
    with office.db.reading(office.workspace_id, NOW) as books, pytest.raises(NotFound):
        people.viewer(books, 999)


def test_who_was_not_welcomed_yet_is_asked_nothing(office: Importer) -> None:
    with office.db.writing(office.workspace_id, NOW) as books:
        ana = members.me(books, "U1")
        assert not calendars.is_at_work(books, ana)
        assert calendars.is_at_work(books, ana, welcoming=True)

        enrolment.nobody_is_new(books)
        assert calendars.is_at_work(books, ana)
