"""Losses are counted by reason, for those who lead the team."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlmodel import select

from bot.core.enums import DealStatus, Outcome, Role
from bot.debriefs.domain.debrief import TAGS
from bot.debriefs.views.outcomes import BECAUSE
from bot.pipeline.domain.losses import MOST, defaults, read, written
from bot.sandbox import Member, text_of
from storage.tables import CoachTopic, Deal, Person, Story
from tests.support.builders import Builder
from tests.support.office import Office


@pytest.fixture
def cy(office: Office, east: int) -> Member:
    return office.hires("Cy", Role.AE, east, willing=True)


def person(office: Office, name: str) -> int:
    with office.db.read() as session:
        return session.exec(select(Person.id).where(Person.name == name)).one()


def loses_deal(office: Office, ae: str, reason: str, *, days: int = 5, **about: Any) -> None:
    now, id = office.clock(), person(office, ae)
    with office.db.begin() as session:
        Builder(session, office.workspace_id).deal(
            id,
            now - timedelta(days=90),
            status=DealStatus.LOST,
            closed_at=now - timedelta(days=days),
            loss_reason=reason,
            **about,
        )


def loses_call(office: Office, rep: str, reason: str, *, days: int = 3) -> None:
    id = person(office, rep)
    with office.db.begin() as session:
        at = office.clock() - timedelta(days=days)
        Builder(session, office.workspace_id).debrief(id, at, outcome=Outcome.LOST, reason=reason)


def test_a_manager_reads_the_quarter_by_reason(office: Office, ana: Member, bo: Member, mia: Member) -> None:
    loses_deal(office, "Bo", "Price: A third cheaper", amount=Decimal(40_000), currency="USD")
    loses_deal(office, "Bo", "price", amount=Decimal(10_000), currency="USD")
    loses_deal(office, "Bo", "Price", days=80, amount=Decimal(9), currency="USD")
    loses_call(office, "Ana", "A competitor")
    loses_call(office, "Ana", "Price")
    loses_call(office, "Ana", "They merged with a customer of ours")
    loses_call(office, "Ana", "")

    told = mia.commands("/scorecard losses").says

    assert "• *Price*: 2 deals ($50,000.00), 1 call\n    “A third cheaper”" in told
    assert "• *A competitor*: 1 call" in told
    assert "• *In own words*: 1 call\n    “They merged with a customer of ours”" in told
    assert "Of 1 more nobody said why." in told
    assert told.index("*Price*") < told.index("*A competitor*") < told.index("*In own words*")
    assert "3 deals ($50,009.00)" in mia.commands("/scorecard losses 13 weeks").says


def test_what_others_did_about_the_first_reason_stands_beneath(
    office: Office, bo: Member, cy: Member, mia: Member
) -> None:
    loses_deal(office, "Bo", "Price")
    id, at = person(office, "Cy"), office.clock() - timedelta(days=1)
    with office.db.begin() as session:
        builder = Builder(session, office.workspace_id)
        debrief = builder.debrief(id, at, tags=["pricing"], outcome=Outcome.ADVANCED)
        builder.story(id, "I asked what waiting costs them", at)
        session.flush()
        story = session.exec(select(Story)).one()
        story.debrief_id = debrief
        session.add_all([story, CoachTopic(workspace_id=office.workspace_id, person_id=id, topic="pricing")])

    told = mia.commands("/scorecard losses").says

    assert "*What others did about “Price”*\n🏆 I asked what waiting costs them – Cy" in told
    assert "Coaches on Pricing: Cy" in told


def test_reps_words_are_for_their_manager_and_losses_for_those_who_lead(
    office: Office, ana: Member, bo: Member, mia: Member
) -> None:
    loses_call(office, "Ana", "Price: They laughed")
    chief = office.hires("Ada", Role.MANAGER, office.team("West"), is_admin=True)

    assert "They laughed" in mia.commands("/scorecard losses").says
    told = chief.commands("/scorecard losses East").says
    assert "• *Price*: 1 call" in told and "They laughed" not in told
    assert "Only the team's manager" in ana.commands("/scorecard losses").text


def test_without_a_loss_it_says_so(office: Office, bo: Member, mia: Member) -> None:
    assert "East has lost no deal and no call in this time" in mia.commands("/scorecard losses").says


def test_a_deals_reason_is_picked_and_explained(office: Office, bo: Member) -> None:
    bo.commands("/scorecard deal")
    fields = {"company": "Acme", "status": "Lost", "closed_on": "2026-11-13", "opened_on": "2026-11-02"}
    assert "why it was lost" in bo.submits(**fields).errors["loss_reason"]

    assert bo.submits(**fields, reason="A competitor", loss_reason="Globex").errors == {}
    bo.closes(everything=True)

    with office.db.read() as session:
        assert session.exec(select(Deal.loss_reason)).one() == "A competitor: Globex"


def test_a_reason_is_read_back_as_it_was_written() -> None:
    for reason in defaults():
        assert read(written(reason.label, "in my words: yes"), defaults()) == (reason, "in my words: yes")
        assert read(reason.label.upper(), defaults()) == (reason, "")
    assert read("Pricey: yes", defaults()) == (None, "Pricey: yes")
    assert read("", defaults()) == (None, "")


def test_there_is_a_button_for_as_many_reasons_as_a_list_holds() -> None:
    assert len(set(BECAUSE)) == MOST >= len(defaults())
    assert {reason.topic for reason in defaults()} <= set(TAGS)


def test_an_admin_changes_the_list_and_old_answers_stay_readable(
    office: Office, ana: Member, bo: Member, mia: Member
) -> None:
    chief = office.hires("Ada", Role.MANAGER, office.team("West"), is_admin=True)
    loses_deal(office, "Bo", "Price: A third cheaper")

    chief.commands("/scorecard reasons")
    chief.clicks("Take off", beside="*Price*")
    chief.waits_for(lambda one: "*Price*" not in text_of(one.modal))
    chief.clicks("Add a reason")
    assert "already" in chief.submits(name="bad timing").errors["name"]
    assert chief.submits(name="Build it ourselves", kind="Value").errors == {}
    chief.closes(everything=True)

    office.call_ended(ana)
    ana.clicks("Lost")
    office.tick()
    asked = text_of(ana.waits_for("Why was it lost?"))
    assert "Build it ourselves" in asked and "Price" not in asked
    ana.clicks("Build it ourselves")
    ana.waits_for("Lost because: Build it ourselves")
    told = mia.commands("/scorecard losses").says
    assert "• *Price*: 1 deal\n    “A third cheaper”" in told
    assert "• *Build it ourselves*: 1 call" in told
    bo.commands("/scorecard deal")
    bo.waits_for("Build it ourselves")


def test_the_list_is_an_admins(office: Office, ana: Member, mia: Member) -> None:
    for one in (ana, mia):
        assert "Only an admin" in one.commands("/scorecard reasons").text


def test_whom_it_was_lost_to_and_where_is_counted(
    office: Office, ana: Member, bo: Member, mia: Member
) -> None:
    loses_deal(office, "Bo", "A competitor", competitor="Globex", lost_stage="Proposal")
    loses_deal(office, "Bo", "Price", competitor="globex ", lost_stage="Demo")
    office.call_ended(ana)
    ana.clicks("Lost")
    ana.clicks("In my own words")
    fields = {"reason": "They know them", "competitor": "Initech", "stage": "Proposal"}
    assert ana.submits(**fields).errors == {}

    told = mia.commands("/scorecard losses").says

    assert "*Lost to*: Globex (2), Initech (1)" in told
    assert "*At which stage*: Proposal (2), Demo (1)" in told
    assert "Lost to: Initech" in text_of(ana.waits_for("Lost at: Proposal"))
