"""Those who lead set targets; cards follow, and whoever it concerns hears of it."""

import pytest
from sqlmodel import select

from bot.core.enums import Role
from bot.sandbox import Member, text_of
from storage.tables import Person
from tests.scorecards.goals.leading import form
from tests.scorecards.numbers import ids
from tests.support.office import Office


@pytest.mark.usefixtures("leads")
def test_a_manager_sets_a_target_and_the_card_says_how_far_it_is_reached(ana: Member, mia: Member) -> None:
    mia.commands("/scorecard targets SDR")

    assert "Suggested: 60" in form(mia)
    mia.submits(qualified_rate="50")

    assert "1 target is set" in mia.sees()
    assert "target 50% (120% reached)" in ana.commands("/scorecard").says


@pytest.mark.usefixtures("leads")
def test_a_reps_own_target_goes_before_the_roles_and_a_blank_gives_it_back(ana: Member, mia: Member) -> None:
    mia.commands("/scorecard targets SDR")
    mia.submits(qualified_rate="50")
    mia.closes(everything=True)

    mia.commands("/scorecard targets @Ana")
    assert "Like the others: 50" in form(mia)
    mia.submits(qualified_rate="80")
    mia.closes(everything=True)
    assert "target 80% (75% reached)" in ana.commands("/scorecard").says

    mia.commands("/scorecard targets @Ana")
    mia.submits(qualified_rate="")
    assert "target 50%" in ana.commands("/scorecard").says


@pytest.mark.usefixtures("leads")
def test_a_period_that_was_over_before_a_target_counted_has_none(ana: Member, mia: Member) -> None:
    mia.commands("/scorecard targets SDR")
    mia.submits(qualified_rate="50", from_day="2026-11-10")

    assert "target" in ana.commands("/scorecard 2026-11").says
    assert "target" not in ana.commands("/scorecard 2026-10").says


@pytest.mark.usefixtures("leads")
def test_a_target_of_nothing_is_shown_without_a_share_of_it(ana: Member, mia: Member) -> None:
    mia.commands("/scorecard targets SDR")
    mia.submits(qualified_rate="0")

    card = ana.commands("/scorecard").says
    assert "target 0" in card
    assert "% reached" not in card


def test_impossible_targets_are_refused_where_they_were_typed(ana: Member, mia: Member) -> None:
    mia.commands("/scorecard targets SDR")

    assert "cannot be more than 100%" in mia.submits(qualified_rate="140").errors["qualified_rate"]
    assert "cannot be less than 0" in mia.submits(qualified_rate="-4").errors["qualified_rate"]


def test_only_those_who_lead_set_targets_and_weights(office: Office, ana: Member, mia: Member) -> None:
    other = office.hires("Will", Role.MANAGER, office.team("West"))

    for line in ("/scorecard targets SDR", "/scorecard targets @Ana"):
        assert "Only a manager of theirs" in ana.commands(line).says
        assert "Only a manager of theirs" in other.commands(line).says
        assert mia.commands(line).says == ""


def test_who_is_not_at_work_hears_of_new_targets_when_they_are(
    office: Office, ana: Member, mia: Member, root: Member
) -> None:
    coast = office.team("East Coast")
    kim = office.hires("Kim", Role.MANAGER, coast, zone="America/New_York")
    office.hires("Lee", Role.SDR, coast)

    root.commands("/scorecard targets SDR")
    root.submits(qualified_rate="40")
    office.tick()
    mia.waits_for("changed what the SDRs you lead are to reach")
    assert kim.dm == [], "it is four in the morning there"
    office.later(hours=5, minutes=30)

    kim.waits_for("changed what the SDRs you lead are to reach")


def test_without_a_role_or_a_rep_it_is_asked_whose(mia: Member) -> None:
    for line in ("/scorecard targets", "/scorecard weights", "/scorecard weights blah"):
        assert "Say whose" in mia.commands(line).says


def test_somebody_who_leads_no_longer_cannot_submit_the_form(
    office: Office, ana: Member, mia: Member
) -> None:
    mia.commands("/scorecard targets SDR")
    with office.db.begin() as session:
        for person in session.exec(select(Person).where(Person.id == ids(office, mia)[0])):
            session.delete(person)

    mia.submits(qualified_rate="50")

    assert "not on the roster" in mia.sees()
    assert "target" not in ana.commands("/scorecard").says


def test_a_rep_hears_of_a_target_of_their_own(office: Office, ana: Member, mia: Member) -> None:
    mia.commands("/scorecard targets @Ana")
    form(mia)
    mia.submits(qualified_rate="55")
    office.tick()

    assert "*Mia* changed what you are to reach: Qualified leads none → 55%" in text_of(ana.dm[-1])
