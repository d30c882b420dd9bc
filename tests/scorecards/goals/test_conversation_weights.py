"""An admin sets by what reps are ranked, and looks at it first."""

from datetime import timedelta

import pytest

from bot.core.enums import Role
from bot.sandbox import Member
from tests.scorecards.numbers import ids
from tests.support.builders import Builder
from tests.support.office import Office


def test_an_admin_sets_the_weights_for_they_rank_all_teams(ana: Member, mia: Member, root: Member) -> None:
    for person in (ana, mia):
        assert "so an admin sets them" in person.commands("/scorecard weights SDR").says

    assert root.commands("/scorecard weights SDR").says == ""


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
def test_new_weights_are_looked_at_before_they_count(
    office: Office, ana: Member, mia: Member, root: Member
) -> None:
    root.commands("/scorecard weights SDR")
    root.submits(leads_per_month="0", qualified_rate="100", qualification_efficiency="0")

    seen = root.sees()
    assert "Qualified leads 100%" in seen
    assert "As it would have been" in seen
    was, would_be = seen.split("As it would have been")
    assert "*Abe*" in was
    assert "*Cat*" not in was
    assert "*Cat*" in would_be
    before = mia.commands("/scorecard team 2026-11-16..2026-11-23").says
    assert "Leads per month" in before

    root.submits()

    assert "From today the score" in root.sees()
    office.tick()
    mia.waits_for("*Root* changed what the score of SDRs is made of, in every team, from today")
    mia.waits_for("Leads per month 30% → 0%")
    after = mia.commands("/scorecard team 2026-11-16..2026-11-23").says
    assert "Qualified leads" in after
    assert "Leads per month" not in after
    assert "Leads per month" in mia.commands("/scorecard team 2026-10").says, "what is over keeps its weights"


@pytest.mark.usefixtures("rivals")
def test_weights_that_say_nothing_are_refused(root: Member) -> None:
    root.commands("/scorecard weights SDR")
    nothing = {"leads_per_month": "0", "qualified_rate": "0", "qualification_efficiency": "0"}

    assert "At least one weight" in str(root.submits(**nothing).errors)
    assert "cannot be less than 0" in root.submits(qualified_rate="-5").errors["qualified_rate"]
