"""Who sees whose numbers: a manager their reps and their team, a colleague nobody's."""

import pytest

from bot.core.enums import Role
from bot.sandbox import Member
from tests.support.office import Office


@pytest.mark.usefixtures("numbers")
def test_a_manager_sees_their_rep_and_a_colleague_does_not(ana: Member, bo: Member, mia: Member) -> None:
    assert "Ana, SDR" in mia.commands("/scorecard @Ana last week").says
    assert "for the rep and for those who lead" in bo.commands("/scorecard @Ana").says


def test_the_manager_of_another_team_does_not(office: Office, ana: Member) -> None:
    west = office.hires("Will", Role.MANAGER, office.team("West"))

    assert "for the rep and for those who lead" in west.commands("/scorecard @Ana").says
    assert "Only the team's manager" in west.commands("/scorecard team East").says


@pytest.mark.usefixtures("numbers")
def test_a_manager_sees_the_team_at_a_glance(mia: Member) -> None:
    team = mia.commands("/scorecard team").says

    assert "East" in team
    assert "• *Ana* · Leads per month" in team
    assert "Qualified leads 6 of 10 (60%)" in team
    assert "• *Bo* · Win rate 1 of 1 (100%)" in team
    assert "Qualified leads 6 of 10" in mia.commands("/scorecard team east 13w").says


@pytest.mark.usefixtures("numbers")
def test_a_rep_does_not_see_the_team(ana: Member) -> None:
    assert "Only the team's manager" in ana.commands("/scorecard team").says


def test_somebody_who_is_not_on_the_roster_is_told_how_to_get_there(office: Office, ana: Member) -> None:
    sam = office.sandbox.add_person("Sam", email="sam@example.com")

    assert "not on the roster" in sam.commands("/scorecard").says
    assert "not on the roster" in sam.commands("/scorecard team").says
    assert "That person is not on the roster" in ana.commands("/scorecard @Sam").says
