"""Those who lead set targets and weights; cards and rankings follow."""

from datetime import timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import select

from bot.calendar.periods import parse
from bot.core.enums import DealStatus, Role
from bot.sandbox import Member, text_of
from bot.scorecards.services import scorecard as scorecards
from bot.scorecards.views import as_json as answers
from storage.tables import Person
from tests.support.builders import Builder
from tests.support.office import Office


def ids(office: Office, *people: Member) -> list[int]:
    with office.db.read() as session:
        found = {person.slack_user_id: person.id for person in session.exec(select(Person))}
    return [found[person.id] for person in people]


def form(person: Member) -> str:
    """The form that has come up, as Slack has it."""
    person.waits_for("Counts from")
    return str(person.modal.body) if person.modal else ""


@pytest.fixture
def root(office: Office, east: int) -> Member:
    return office.hires("Root", Role.AM, east, is_admin=True)


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

    for line in ("/scorecard targets SDR", "/scorecard targets @Ana"):
        assert "Only a manager of theirs" in ana.commands(line).says
        assert "Only a manager of theirs" in other.commands(line).says
        assert mia.commands(line).says == ""


def test_an_admin_sets_the_weights_for_they_rank_all_teams(ana: Member, mia: Member, root: Member) -> None:
    for person in (ana, mia):
        assert "so an admin sets them" in person.commands("/scorecard weights SDR").says

    assert root.commands("/scorecard weights SDR").says == ""


@pytest.mark.usefixtures("leads")
def test_a_manager_sets_the_targets_of_their_own_team_alone(
    office: Office, ana: Member, mia: Member, root: Member
) -> None:
    west = office.team("West")
    cem, will = office.hires("Cem", Role.SDR, west), office.hires("Will", Role.MANAGER, west)
    root.commands("/scorecard targets SDR")
    assert "For the SDRs of every team that has no target of its own;" in form(root)
    root.submits(calls_per_day="8", qualified_rate="40")
    office.tick()
    will.waits_for("*Root* changed what the SDRs you lead are to reach")
    mia.waits_for("Qualified leads none → 40%")

    mia.commands("/scorecard targets SDR")
    assert "For the SDRs of East." in form(mia)
    mia.submits(qualified_rate="50")
    office.tick()

    assert "target 50%" in ana.commands("/scorecard").says
    assert goals(office, ana) == {"calls_per_day": 8.0, "qualified_rate": 0.5}
    assert goals(office, cem) == {"calls_per_day": 8.0, "qualified_rate": 0.4}
    assert len(will.dm) == 1, "what East is to reach is nothing to West"
    told = [text_of(message) for message in ana.dm]
    assert ["none → 40%" in told[0], "*Mia* changed what the SDRs of your team" in told[1]] == [True, True]
    assert len(cem.dm) == 1

    root.commands("/scorecard targets SDR")
    form(root)
    root.submits(qualified_rate="45")
    office.tick()
    assert "40% → 45%" in text_of(will.dm[-1]) and "40% → 45%" in text_of(cem.dm[-1])
    assert not [one for one in (*mia.dm, *ana.dm) if "45%" in text_of(one)], "East has a target of its own"
    assert "targets of SDR: Qualified leads 40% → 50%" in root.commands("/scorecard audit").says


def test_an_admin_sets_the_targets_of_one_team(
    office: Office, ana: Member, mia: Member, root: Member
) -> None:
    west = office.team("West")
    cem, will = office.hires("Cem", Role.SDR, west), office.hires("Will", Role.MANAGER, west)

    root.commands("/scorecard targets SDR west")
    assert "For the SDRs of West." in form(root)
    root.submits(qualified_rate="45")
    office.tick()

    assert goals(office, cem) == {"qualified_rate": 0.45}
    assert goals(office, ana) == {}
    assert "Qualified leads none → 45%" in text_of(will.dm[-1])
    assert mia.dm == [], "what West is to reach is nothing to East"
    assert "Only a manager of theirs" in mia.commands("/scorecard targets SDR West").says
    assert "no team of that name" in root.commands("/scorecard targets SDR Nowhere").says


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


def goals(office: Office, rep: Member) -> dict[str, float]:
    """By metric what stands on the rep's card."""
    [rep_id] = ids(office, rep)
    with office.db.reading(office.workspace_id, office.clock()) as books:
        period = parse("13w", now=books.now, zone=ZoneInfo("Europe/Berlin"))
        card = answers.scorecard(scorecards.scorecard_of(books, rep_id, period, as_of=books.now))
    return {one["key"]: one["target"] for one in card["metrics"] if one["target"] is not None}


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


def test_a_goal_in_money_is_set_by_role_and_by_rep_and_the_card_says_how_far_it_is_reached(
    office: Office, bo: Member, mia: Member
) -> None:
    (ae,) = ids(office, bo)
    ago = office.clock() - timedelta(days=2)
    with office.db.begin() as session:
        Builder(session, office.workspace_id).deal(
            ae, ago, status=DealStatus.WON, closed_at=ago, amount=Decimal(30_000)
        )

    mia.commands("/scorecard targets AE")
    assert "Goal in money" in form(mia)
    mia.submits(quota="60000")
    assert "The goal of 2026-Q4 is $60,000.00." in mia.sees()
    mia.closes(everything=True)
    card = bo.commands("/scorecard quarter")
    bo.clicks("More", card.message)
    bo.waits_for("*Goal reached*: 50%: $30,000.00 of $60,000.00")

    mia.commands("/scorecard targets @Bo")
    form(mia)
    mia.submits(quota="40000", quota_currency="usd", quota_period="2027-Q1")
    assert "The goal of 2027-Q1 is $40,000.00. It has not begun: its first day is" in mia.sees()
    mia.closes(everything=True)
    mia.commands("/scorecard targets @Bo")
    assert "Set so far: 2027-Q1 $40,000.00" in form(mia)


def test_a_managers_goal_holds_for_their_teams_alone_and_an_admins_for_every_team(
    office: Office, bo: Member, mia: Member, root: Member
) -> None:
    west = office.hires("Wes", Role.AE, office.team("West"))
    root.commands("/scorecard targets AE")
    form(root)
    root.submits(quota="90000")
    root.closes(everything=True)
    mia.commands("/scorecard targets AE")
    form(mia)
    mia.submits(quota="60000")

    for rep, goal in ((bo, "$60,000.00"), (west, "$90,000.00")):
        card = rep.commands("/scorecard quarter")
        rep.clicks("More", card.message)
        rep.waits_for(f"of {goal}")


def test_an_impossible_goal_is_refused_where_it_was_typed(bo: Member, mia: Member) -> None:
    mia.commands("/scorecard targets AE")
    form(mia)

    assert "cannot be less than 0" in mia.submits(quota="-4").errors["quota"]
    assert "three letters" in mia.submits(quota="4", quota_currency="U").errors["quota_currency"]
    assert "three letters" in mia.submits(quota="4", quota_currency="ZZQ").errors["quota_currency"]


def test_an_sdr_has_no_goal_in_money(ana: Member, mia: Member) -> None:
    mia.commands("/scorecard targets SDR")
    assert "Goal in money" not in form(mia)


def test_a_rep_hears_of_a_target_of_their_own(office: Office, ana: Member, mia: Member) -> None:
    mia.commands("/scorecard targets @Ana")
    form(mia)
    mia.submits(qualified_rate="55")
    office.tick()

    assert "*Mia* changed what you are to reach: Qualified leads none → 55%" in text_of(ana.dm[-1])
