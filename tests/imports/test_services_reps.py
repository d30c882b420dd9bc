"""The roster: who is who, in which team and role since when, and who leads them."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.core.enums import Role
from storage.database import Database
from storage.tables import EVER, Membership, Person, Team
from tests.support.importing import NOW, ROSTER, Importer, counts, importer

HEAD = "email,name,role,team,started_on,ended_on\n"


def stints(acme: Importer) -> set[tuple[str, str, Role, date, date | None]]:
    """Name, team, role, first and last day of every membership."""
    names = {person.id: person.name for person in acme.all(Person)}
    teams = {team.id: team.name for team in acme.all(Team)}
    return {
        (names[one.person_id], teams[one.team_id], one.role, one.started_on, one.ended_on)
        for one in acme.all(Membership)
    }


def test_a_roster_taken_twice_is_taken_once(any_db: Database, tmp_path: Path) -> None:
    acme = importer(any_db, tmp_path, time_zone="Europe/Paris")

    assert counts(acme.take("reps", ROSTER)) == (3, 3, 0, 0, 0)
    assert counts(acme.take("reps", ROSTER, now=NOW + timedelta(days=9))) == (3, 0, 0, 3, 0)
    assert [(team.name, team.time_zone) for team in acme.all(Team)] == [("East", "Europe/Paris")]
    assert {one.started_on for one in acme.all(Membership)} == {EVER}
    assert [person.willing for person in acme.all(Person)] == [False, True, False]


def test_a_dry_run_of_a_roster_writes_nothing(acme: Importer) -> None:
    assert counts(acme.take("reps", ROSTER, dry_run=True)) == (3, 3, 0, 0, 0)
    assert [*acme.all(Person), *acme.all(Team), *acme.all(Membership)] == []


def test_a_change_is_an_update(staffed: Importer) -> None:
    report = staffed.take("reps", ROSTER.replace("Ana Diaz", "Ana Ruiz").replace("AM,East,no", "AM,East,yes"))

    assert counts(report) == (3, 0, 2, 1, 0)
    assert [person.name for person in staffed.all(Person)] == ["Ana Ruiz", "Ben Okoye", "Cy Marsh"]


def test_an_empty_cell_undoes_nothing_that_people_chose_in_slack(staffed: Importer) -> None:
    with staffed.db.begin() as session:
        ana = session.get_one(Person, staffed.all(Person)[0].id)
        ana.slack_user_id, ana.willing = "U1", True
    staffed.take("reps", "email,name,role,team,slack_user_id,coach\nana@acme.io,Ana Diaz,SDR,East,,\n")

    ana = staffed.all(Person)[0]
    assert (ana.slack_user_id, ana.willing) == ("U1", True)


def test_without_an_email_the_exact_name_is_the_key(acme: Importer) -> None:
    roster = "name,role,team\nAna Diaz,SDR,East\nana diaz,SDR,East\n"

    assert counts(acme.take("reps", roster)) == (2, 2, 0, 0, 0)
    assert counts(acme.take("reps", roster)) == (2, 0, 0, 2, 0)


def test_who_was_known_by_name_is_given_an_email(acme: Importer) -> None:
    acme.take("reps", "name,role,team\nAna Diaz,SDR,East\n")
    acme.take("reps", ROSTER)

    assert [(one.name, one.email) for one in acme.all(Person)] == [
        ("Ana Diaz", "ana@acme.io"),
        ("Ben Okoye", "ben@acme.io"),
        ("Cy Marsh", "cy@acme.io"),
    ]


def test_two_people_of_one_name_are_told_apart_by_email_only(acme: Importer) -> None:
    acme.take("reps", HEAD + "ana@acme.io,Ana,SDR,East,,\nana2@acme.io,Ana,SDR,East,,\n,Ana,SDR,East,,\n")

    assert [person.email for person in acme.all(Person)] == ["ana@acme.io", "ana2@acme.io"]
    assert acme.refused("reps") == {4: "Several people are called Ana; use an email."}


def test_a_person_has_several_teams_and_roles_over_time(acme: Importer) -> None:
    roster = (
        HEAD
        + "ana@acme.io,Ana,SDR,East,2025-01-01,2025-12-31\n"
        + "ana@acme.io,Ana,AE,East,2026-01-01,2026-06-30\n"
        + "ana@acme.io,Ana,AE,West,2026-07-01,\n"
    )
    assert counts(acme.take("reps", roster)) == (3, 3, 0, 0, 0)
    assert counts(acme.take("reps", roster)) == (3, 0, 0, 3, 0)
    assert stints(acme) == {
        ("Ana", "East", Role.SDR, date(2025, 1, 1), date(2025, 12, 31)),
        ("Ana", "East", Role.AE, date(2026, 1, 1), date(2026, 6, 30)),
        ("Ana", "West", Role.AE, date(2026, 7, 1), None),
    }


@pytest.mark.parametrize("swapped", [False, True])
def test_a_stint_ends_the_day_before_the_next_begins_in_whatever_order_they_are_told(
    acme: Importer, swapped: bool
) -> None:
    rows = ["ana@acme.io,Ana,SDR,East,,\n", "ana@acme.io,Ana,AE,East,2026-07-01,\n"]
    roster = HEAD + "".join(reversed(rows) if swapped else rows)

    acme.take("reps", roster)
    assert counts(acme.take("reps", roster, now=NOW + timedelta(days=1))) == (2, 0, 0, 2, 0)
    assert stints(acme) == {
        ("Ana", "East", Role.SDR, EVER, date(2026, 6, 30)),
        ("Ana", "East", Role.AE, date(2026, 7, 1), None),
    }


def test_an_undated_move_begins_today_and_rewrites_nothing_older(staffed: Importer) -> None:
    staffed.take("reps", ROSTER.replace("SDR,East", "AE,West"))

    ana = {stint for stint in stints(staffed) if stint[0] == "Ana Diaz"}
    assert ana == {
        ("Ana Diaz", "East", Role.SDR, EVER, NOW.date() - timedelta(days=1)),
        ("Ana Diaz", "West", Role.AE, NOW.date(), None),
    }


def test_an_undated_return_begins_today_too(staffed: Importer) -> None:
    later = NOW + timedelta(days=30)
    staffed.take("reps", ROSTER.replace("SDR,East", "AE,West"))
    staffed.take("reps", ROSTER, now=later)

    ana = {stint for stint in stints(staffed) if stint[0] == "Ana Diaz"}
    assert len(ana) == 3
    assert ("Ana Diaz", "East", Role.SDR, later.date(), None) in ana
    assert counts(staffed.take("reps", ROSTER, now=later + timedelta(days=1))) == (3, 0, 0, 3, 0)


def test_a_date_told_later_says_since_when(staffed: Importer) -> None:
    staffed.take("reps", HEAD + "ana@acme.io,Ana Diaz,SDR,East,2026-03-01,\n")
    staffed.take("reps", ROSTER)

    assert ("Ana Diaz", "East", Role.SDR, date(2026, 3, 1), None) in stints(staffed)
    assert len(staffed.all(Membership)) == 3


def test_an_end_before_the_start_is_refused(acme: Importer) -> None:
    acme.take("reps", HEAD + "ana@acme.io,Ana,SDR,East,2026-03-01,2026-02-01\n")

    assert acme.refused("reps") == {2: "ended_on, 2026-02-01, comes before started_on, 2026-03-01."}
    assert acme.all(Person) == []


def test_a_manager_may_lead_several_teams(acme: Importer) -> None:
    roster = "email,name,role,team\nmo@acme.io,Mo,manager,East\nmo@acme.io,Mo,manager,West\n"

    assert counts(acme.take("reps", roster)) == (2, 2, 0, 0, 0)
    assert stints(acme) == {
        ("Mo", "East", Role.MANAGER, EVER, None),
        ("Mo", "West", Role.MANAGER, EVER, None),
    }


def test_whoever_a_rep_names_as_manager_leads_the_reps_team(acme: Importer) -> None:
    roster = (
        "email,name,role,team,manager_email\n"
        "ana@acme.io,Ana,SDR,East,mo@acme.io\n"
        "ben@acme.io,Ben,AE,East,mo@acme.io\n"
        "mo@acme.io,Mo,AE,West,\n"
    )
    acme.take("reps", roster)

    assert ("Mo", "East", Role.MANAGER, EVER, None) in stints(acme)
    assert len(acme.all(Membership)) == 4
    assert counts(acme.take("reps", roster)) == (3, 0, 0, 3, 0)


def test_a_manager_nobody_knows_is_refused_and_so_is_who_depends_on_that_row(acme: Importer) -> None:
    acme.take(
        "reps",
        "email,name,role,team,manager_email\n"
        "ana@acme.io,Ana,SDR,East,ben@acme.io\n"
        "ben@acme.io,Ben,AE,East,zoe@acme.io\n"
        "cy@acme.io,Cy,AM,East,\n",
    )
    assert acme.refused("reps") == {
        2: "The manager ben@acme.io is neither in the roster nor in this file.",
        3: "The manager zoe@acme.io is neither in the roster nor in this file.",
    }
    assert [person.name for person in acme.all(Person)] == ["Cy"]


def test_one_slack_user_is_one_person(acme: Importer) -> None:
    acme.take(
        "reps",
        "email,name,role,team,slack_user_id\nana@acme.io,Ana,SDR,East,U1\nben@acme.io,Ben,AE,East,U1\n",
    )
    assert acme.refused("reps") == {3: "The Slack user U1 is somebody else in the roster."}


def test_a_teams_digest_is_planned_when_it_has_a_channel(acme: Importer) -> None:
    head = "team,time_zone,channel,digest_day,digest_time,locale\n"
    acme.take("teams", head + "East,America/New_York,,Mon,9:00,pt_br\nWest,Asia/Tokyo,#west,2,08:30,\n")
    east, west = acme.all(Team)

    assert (east.locale, west.locale) == ("pt-BR", None)
    assert (east.digest_next_at, east.digest_weekday) == (None, 0)
    assert west.channel == "west"
    assert west.digest_next_at is not None
    assert west.digest_next_at.isoformat() == "2026-11-17T23:30:00+00:00", "Wednesday 08:30 in Tokyo"


def test_a_team_told_again_keeps_its_digest_and_what_was_chosen_in_slack(acme: Importer) -> None:
    head = "team,time_zone,channel,digest_day\n"
    acme.take("teams", head + "West,Asia/Tokyo,west,Wednesday\n")
    planned = acme.one(Team).digest_next_at

    later = NOW + timedelta(days=20)
    assert counts(acme.take("teams", head + "West,,,\n", now=later)) == (1, 0, 0, 1, 0)
    assert counts(acme.take("teams", head + "West,,,Friday\n", now=later)) == (1, 0, 1, 0, 0)
    assert acme.one(Team).digest_next_at != planned


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (
            "East,Mars/Olympus,,,",
            "time_zone: “Mars/Olympus” is no time zone; write it like America/New_York.",
        ),
        (
            "East,,Payday,,",
            "digest_day: “payday” is not a day of the week; write Monday to Sunday, or 0 to 6.",
        ),
        ("East,,,,,Klingon", "locale: “Klingon” is no language I know; write it like de or en-GB."),
        ("East,,,25:00,", "digest_time: “25:00” is not a time of day; write it like 09:00."),
        ("East,,,,13", "fiscal_start: 13 is not between 1 and 12."),
    ],
)
def test_a_wrong_team_is_refused(acme: Importer, row: str, reason: str) -> None:
    acme.take("teams", f"team,time_zone,digest_day,digest_time,fiscal_start,locale\n{row}\n")

    assert acme.refused("teams") == {2: reason}
