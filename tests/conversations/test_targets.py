"""Those who lead set targets and weights; cards and rankings follow."""

from datetime import timedelta

import pytest
from sqlmodel import select

from bot.sandbox import Member
from bot.words import Role
from storage.tables import Person
from tests.builders import Builder
from tests.conversations.office import Office


def ids(office: Office, *people: Member) -> list[int]:
    with office.db.read() as session:
        found = {person.slack_user_id: person.id for person in session.exec(select(Person))}
    return [found[person.id] for person in people]


def form(person: Member) -> str:
    """The form that has come up, as Slack has it."""
    person.waits_for("Counts from")
    return str(person.modal.body) if person.modal else ""


@pytest.fixture
def leads(office: Office, ana: Member, bo: Member) -> None:
    """Ana passed 12 leads of which Bo accepted 6 of 10, in the last weeks."""
    sdr, ae = ids(office, ana, bo)
    ago = office.clock() - timedelta(days=10)
    with office.db.begin() as session:
        build = Builder(session, office.workspace_id)
        for n in range(12):
            build.handoff(sdr, ae, ago - timedelta(days=n), accepted=None if n >= 10 else n < 6)


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

    for line in ("/scorecard targets SDR", "/scorecard targets @Ana", "/scorecard weights SDR"):
        assert "Only a manager of theirs" in ana.commands(line).says
        assert "Only a manager of theirs" in other.commands(line).says
        assert mia.commands(line).says == ""


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


@pytest.fixture
def rivals(office: Office, ana: Member, bo: Member, east: int) -> None:
    """In October Abe passed the most leads, and Cat's were the best; now is November 16."""
    people = [office.hires(name, Role.SDR, east) for name in ("Abe", "Cat", "Dov", "Eda")]
    ae, *sdrs = ids(office, bo, *people)
    with office.db.begin() as session:
        build = Builder(session, office.workspace_id)
        for rep, passed, accepted in zip(sdrs, (120, 30, 30, 30), (84, 28, 15, 15), strict=True):
            for n in range(passed):
                at = office.clock() - timedelta(days=17 + n % 29, minutes=n)
                build.handoff(rep, ae, at, accepted=n < accepted)


@pytest.mark.usefixtures("rivals")
def test_new_weights_are_looked_at_before_they_count(office: Office, ana: Member, mia: Member) -> None:
    mia.commands("/scorecard weights SDR")
    mia.submits(leads_per_month="0", qualified_rate="100", qualification_efficiency="0")

    seen = mia.sees()
    assert "Qualified leads 100%" in seen
    assert "As it would have been" in seen
    was, would_be = seen.split("As it would have been")
    assert "*Abe*" in was
    assert "*Cat*" not in was
    assert "*Cat*" in would_be
    before = mia.commands("/scorecard team 2026-11-16..2026-11-23").says
    assert "Leads per month" in before

    mia.submits()

    assert "From today the score" in mia.sees()
    after = mia.commands("/scorecard team 2026-11-16..2026-11-23").says
    assert "Qualified leads" in after
    assert "Leads per month" not in after
    assert "Leads per month" in mia.commands("/scorecard team 2026-10").says, "what is over keeps its weights"


@pytest.mark.usefixtures("rivals")
def test_weights_that_say_nothing_are_refused(mia: Member) -> None:
    mia.commands("/scorecard weights SDR")
    nothing = {"leads_per_month": "0", "qualified_rate": "0", "qualification_efficiency": "0"}

    assert "At least one weight" in str(mia.submits(**nothing).errors)
    assert "cannot be less than 0" in mia.submits(qualified_rate="-5").errors["qualified_rate"]
