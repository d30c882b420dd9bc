"""A team has one goal a quarter, told as a number of the team's and of nobody in it."""

from datetime import timedelta

import pytest
from sqlmodel import select

from bot.blocks.reader import reader
from bot.core.enums import Outcome, Role
from bot.digest.services import compose as digests
from bot.digest.views import channel
from bot.sandbox import Member, text_of
from storage.tables import TeamGoal
from tests.debriefs.test_conversation_losses import person
from tests.support.builders import Builder
from tests.support.office import Office


@pytest.fixture
def cy(office: Office, east: int) -> Member:
    return office.hires("Cy", Role.AE, east)


def debriefed(office: Office, rep: str, agreed: int, of: int) -> None:
    id = person(office, rep)
    with office.db.begin() as session:
        builder = Builder(session, office.workspace_id)
        for n in range(of):
            at = office.clock() - timedelta(days=4, minutes=n)
            builder.debrief(id, at, outcome=Outcome.CONTINUED, timeline_agreed=n < agreed)


def digest_of(office: Office, team: int) -> str:
    with office.db.reading(office.workspace_id, office.clock()) as books:
        found = digests.latest(books, team)
        return channel.channel(found, reader(None, found.week.zone)).text


def test_a_manager_chooses_it_and_everybody_reads_how_far_the_team_is(
    office: Office, ana: Member, bo: Member, cy: Member, mia: Member, east: int
) -> None:
    debriefed(office, "Ana", 3, 4)
    debriefed(office, "Bo", 0, 4)
    assert "East has no goal for this quarter yet" in ana.commands("/scorecard goal").text

    mia.commands("/scorecard goal")
    assert "whole percentage" in mia.submits(kind="Timeline agreed", goal="101").errors["goal"]
    mia.submits(kind="Timeline agreed", goal="60")
    assert "✓ Your goal for 2026-Q4: *Timeline agreed* 60%." in text_of(mia.modal)
    mia.closes(everything=True)

    assert "told once 3 of us have something to count" in ana.commands("/scorecard goal").text
    debriefed(office, "Cy", 1, 4)
    told = "🏁 Our goal for 2026-Q4: *Timeline agreed* 60%; together we are at 33% (4 of 12)"
    assert ana.commands("/scorecard goal").text == told
    assert told in digest_of(office, east)


def test_what_is_reached_is_reached_together(
    office: Office, ana: Member, bo: Member, cy: Member, mia: Member, east: int
) -> None:
    for rep in ("Ana", "Bo", "Cy"):
        debriefed(office, rep, 2, 3)
    mia.commands("/scorecard goal")
    mia.submits(kind="Timeline agreed", goal="50")
    mia.closes(everything=True)

    told = digest_of(office, east)

    assert "🏁 *Timeline agreed*: 67% together (6 of 9), and our goal for 2026-Q4 is 50%. Reached!" in told
    assert "Ana" not in told.split("🏁")[1].split("\n")[0]


def test_it_can_be_taken_away_and_only_who_leads_the_team_sets_it(
    office: Office, ana: Member, mia: Member
) -> None:
    west = office.team("West")
    zoe = office.hires("Zoe", Role.MANAGER, west)
    mia.commands("/scorecard goal")
    mia.submits(kind="Win rate", goal="40")
    mia.closes(everything=True)
    assert "West has no goal" in zoe.commands("/scorecard goal East").text, "another team's is not hers"

    mia.commands("/scorecard goal")
    mia.waits_for("told once 3 of us")
    mia.submits(kind="No goal", goal="")

    with office.db.read() as session:
        assert session.exec(select(TeamGoal)).all() == []
