"""People ask for a picture: their trend, or where their team stands."""

from datetime import timedelta

import pytest
from sqlmodel import select

from bot.core.enums import Role
from bot.sandbox import Member
from bot.sandbox.state import Message
from storage.tables import Person
from tests.scorecards.numbers import ids
from tests.support.builders import Builder
from tests.support.office import Office


@pytest.fixture(autouse=True)
def weeks(office: Office, ana: Member, bo: Member, mia: Member) -> None:
    """In each of the last four weeks but one Ana passed ten leads; Bo accepted five, six, then eight."""
    sdr, ae = ids(office, ana, bo)
    with office.db.begin() as session:
        build = Builder(session, office.workspace_id)
        for week, accepted in ((4, 5), (3, 6), (1, 8)):
            for n in range(10):
                at = office.clock() - timedelta(weeks=week, minutes=n - 30)
                build.handoff(sdr, ae, at, accepted=n < accepted)
            build.call(sdr, office.clock() - timedelta(weeks=week), minutes=week)


def sent(person: Member) -> Message:
    """The message that came with a picture; what says that it is coming may arrive after it."""
    [found] = [message for message in person.dm if any(b["type"] == "image" for b in message.blocks)]
    return found


def picture_in(person: Member) -> bytes:
    [image] = [block for block in sent(person).blocks if block["type"] == "image"]
    file = person._workspace.files[image["slack_file"]["id"]]
    assert file.content
    return file.content


def test_a_rep_is_sent_the_trend_of_their_chief_number(office: Office, ana: Member, mia: Member) -> None:
    mia.commands("/scorecard targets SDR")
    mia.submits(qualified_rate="70")
    ana.clicks("More", ana.commands("/scorecard").message)

    ana.clicks("Show the trend")
    ana.waits_for("I am drawing it")
    office.tick()

    said = sent(ana)
    assert "80% in the week of Nov 9, 2026, 3 weeks with data of 13" in said.text
    assert "target 70%" in said.text
    assert "Ana · Qualified leads: 80%" in str(said.blocks[1]["alt_text"])
    assert picture_in(ana).startswith(b"\x89PNG")


def test_a_manager_is_sent_the_map_with_the_names_of_their_team(
    office: Office, ana: Member, mia: Member, east: int
) -> None:
    abroad = office.hires("Wes", Role.SDR, office.team("West"))
    abe = office.hires("Abe", Role.SDR, east)
    ae, *sdrs = ids(office, ana, abe, abroad)
    with office.db.begin() as session:
        build = Builder(session, office.workspace_id)
        for rep, accepted in zip(sdrs, (2, 9), strict=True):
            for n in range(10):
                at = office.clock() - timedelta(days=10, minutes=n)
                build.handoff(rep, ae, at, accepted=n < accepted)
                build.call(rep, at)

    assert "I am drawing it" in mia.commands("/scorecard map").says
    office.tick()

    said = str(sent(mia).blocks)
    assert "Effort and effect: East" in said
    assert "Ana" in said
    assert "Abe" in said
    assert "Wes" not in said
    assert picture_in(mia).startswith(b"\x89PNG")


def test_a_map_is_for_those_who_lead(office: Office, ana: Member, mia: Member) -> None:
    will = office.hires("Will", Role.MANAGER, office.team("West"))

    assert "Only the team's manager" in ana.commands("/scorecard map").says
    assert "Only the team's manager" in will.commands("/scorecard map East").says
    assert "not enough figures" in will.commands("/scorecard map").says


def test_a_trend_somebody_may_not_see_is_not_drawn(office: Office, ana: Member, bo: Member) -> None:
    ana.clicks("More", ana.commands("/scorecard").message)
    ana.waits_for("Show the trend")
    with office.db.begin() as session:
        people = {person.name: person for person in session.exec(select(Person))}
        people["Ana"].slack_user_id = None
        session.flush()
        people["Bo"].slack_user_id = ana.id

    ana.clicks("Show the trend")

    ana.waits_for("for the rep and for those who lead")


def test_without_data_the_trend_says_so(office: Office, bo: Member) -> None:
    bo.clicks("More", bo.commands("/scorecard").message)
    bo.clicks("Show the trend")
    bo.waits_for("I am drawing it")
    office.tick()

    assert "no data in 13 weeks" in sent(bo).text
