"""The roster, changed by those who lead: roles and teams with their dates, and days off."""

from datetime import date

from sqlmodel import select

from bot.core.enums import Role
from bot.sandbox import Member
from storage.tables import EVER, Leave, Membership, Person, Team
from tests.support.office import Office


def places(office: Office, name: str) -> list[tuple[str, Role, date, date | None]]:
    with office.db.read() as session:
        rows = session.exec(
            select(Membership, Team, Person)
            .where(Membership.team_id == Team.id, Membership.person_id == Person.id, Person.name == name)
            .order_by(Membership.started_on)  # type: ignore[arg-type]
        ).all()
    return [(team.name, held.role, held.started_on, held.ended_on) for held, team, _person in rows]


def test_a_new_role_counts_from_its_day_and_the_old_one_until_then(
    office: Office, ana: Member, mia: Member
) -> None:
    mia.commands("/scorecard roster @Ana")
    mia.waits_for("and from when?")
    mia.submits(role="AE", from_day=date(2026, 12, 1))

    assert "Ana is AE" in mia.sees()
    assert places(office, "Ana") == [
        ("East", Role.SDR, EVER, date(2026, 11, 30)),
        ("East", Role.AE, date(2026, 12, 1), None),
    ]


def test_a_manager_moves_nobody_into_a_team_they_do_not_lead(
    office: Office, ana: Member, mia: Member
) -> None:
    office.team("West")
    mia.commands("/scorecard roster @Ana")
    mia.waits_for("and from when?")

    assert "West" not in mia.sees()


def test_a_change_before_an_earlier_change_is_refused(office: Office, ana: Member, mia: Member) -> None:
    mia.commands("/scorecard roster @Ana")
    mia.waits_for("and from when?")
    mia.submits(role="AE", from_day=date(2026, 12, 1))
    mia.closes(everything=True)
    mia.commands("/scorecard roster @Ana")
    mia.waits_for("and from when?")

    assert "changed after that day" in mia.submits(role="AM", from_day=date(2026, 11, 20)).errors["from_day"]


def test_somebody_leaves_the_team_and_keeps_the_past(office: Office, ana: Member, mia: Member) -> None:
    mia.commands("/scorecard roster @Ana")
    mia.waits_for("and from when?")
    mia.submits(role="No longer on a team", from_day=date(2026, 11, 20))

    assert places(office, "Ana") == [("East", Role.SDR, EVER, date(2026, 11, 19))]


def test_the_list_is_for_those_who_lead(ana: Member, bo: Member, mia: Member) -> None:
    assert "Ana" in mia.commands("/scorecard roster").says
    assert "Only the team's manager" in ana.commands("/scorecard roster").says
    assert "Only the team's manager" in ana.commands("/scorecard roster @Bo").says


def test_days_off_are_said_in_advance_and_taken_back(office: Office, ana: Member) -> None:
    told = ana.commands("/scorecard away 23-27 Nov").says
    assert "Nov 23" in told
    assert "overlaps" in ana.commands("/scorecard away 27 Nov").says
    assert "cannot read" in ana.commands("/scorecard away sometime").says

    ana.commands("/scorecard away")
    ana.clicks("Take back")
    ana.waits_for("None ahead")
    with office.db.read() as session:
        assert session.exec(select(Leave)).all() == []


def test_nobody_is_asked_on_a_day_off(office: Office, ana: Member) -> None:
    ana.commands("/scorecard away today")
    office.call_ended(ana)

    assert not any("How did your call" in message.text for message in ana.dm)


def test_a_manager_says_it_for_theirs_and_nobody_for_others(
    office: Office, ana: Member, bo: Member, mia: Member
) -> None:
    assert "Days off of Ana" in mia.commands("/scorecard away @Ana next week").says
    assert "Days off are said by the person" in bo.commands("/scorecard away @Ana next week").says
