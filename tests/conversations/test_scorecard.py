"""People ask for numbers: their own, a rep's, a team's, and who is top."""

from datetime import date, timedelta

import pytest
from sqlmodel import select

from bot.sandbox import Member
from bot.words import DealStatus, Role
from handlers.scorecard import VERBS
from storage.tables import Person
from tests.builders import Builder
from tests.conversations.office import Office


def ids(office: Office, *people: Member) -> list[int]:
    with office.db.read() as session:
        found = {person.slack_user_id: person.id for person in session.exec(select(Person))}
    return [found[person.id] for person in people]


@pytest.fixture
def numbers(office: Office, ana: Member, bo: Member) -> None:
    """Ana passed 12 leads in the last weeks; Bo decided 10 of them and accepted 6, and has two deals."""
    sdr, ae = ids(office, ana, bo)
    ago = office.clock() - timedelta(days=10)
    with office.db.begin() as session:
        build = Builder(session, office.workspace_id)
        for n in range(12):
            build.handoff(sdr, ae, ago - timedelta(days=n), accepted=None if n >= 10 else n < 6)
        for n in range(30):
            build.call(sdr, ago - timedelta(days=n % 7))
        build.deal(ae, ago, expected_close=date(2026, 11, 10))
        build.deal(ae, ago - timedelta(days=40), status=DealStatus.WON, closed_at=ago)


@pytest.mark.usefixtures("numbers")
def test_a_rep_sees_their_own_numbers(ana: Member) -> None:
    card = ana.commands("/scorecard").says

    assert "Ana, SDR" in card
    assert "East · Aug 17, 2026 – Nov 15, 2026" in card
    assert "Qualified leads*: 6 of 10 (60%), 2 awaiting" in card
    assert "Qualified leads per call*: 6 of 30 (20%)" in card
    assert "No data yet: Effective calls, Timeline agreed" in card
    assert " 0%" not in card
    assert "middle" not in card, "with one SDR there is no middle to stand beside"


@pytest.mark.usefixtures("numbers")
def test_another_period_replaces_the_card_in_its_place(office: Office, ana: Member) -> None:
    card = ana.commands("/scorecard").message

    ana.clicks("This week", card)

    ana.waits_for("Nov 16, 2026 – Nov 22, 2026, up to now")
    assert "Qualified leads*: no data yet" in ana.commands("/scorecard week").says


@pytest.mark.usefixtures("numbers")
def test_an_ae_sees_what_clogs_the_pipeline(bo: Member) -> None:
    card = bo.commands("/scorecard 2026-11").says

    assert "1 of 1 open deal is stuck: past the expected close (1)." in card
    assert "Win rate*: 1 of 1 (100%)" in card


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


def test_with_two_reps_nobody_is_named_top(office: Office, numbers: None, ana: Member, east: int) -> None:
    office.hires("Abe", Role.SDR, east)

    assert "fewer than three" in ana.commands("/scorecard top SDR").says


def test_the_top_is_named_with_its_certainty(
    office: Office, numbers: None, ana: Member, bo: Member, east: int
) -> None:
    others = [office.hires(name, Role.SDR, east) for name in ("Abe", "Cat", "Dov", "Eda")]
    ae, *sdrs = ids(office, bo, *others)
    with office.db.begin() as session:
        build = Builder(session, office.workspace_id)
        for rep, accepted in zip(sdrs, (38, 12, 12, 12), strict=True):
            for n in range(40):
                build.handoff(rep, ae, office.clock() - timedelta(days=10 + n), accepted=n < accepted)

    top = ana.commands("/scorecard top").says

    assert "🏆 *SDRs*: *Abe* (" in top
    assert "sure)" in top
    assert "Cat" not in top


def test_words_nobody_knows_are_answered_with_help(ana: Member) -> None:
    for words in ("help", "blah", "top secret", "SDR"):
        answer = ana.commands(f"/scorecard {words}")
        assert not answer.error
        assert "/scorecard team" in answer.says, words
    assert "I do not understand “blah”" in ana.commands("/scorecard blah").says


def test_help_names_every_word_that_the_command_understands(ana: Member) -> None:
    shown = ana.commands("/scorecard help").says

    assert [verb for verb in VERBS if f"`/scorecard {verb}" not in shown] == []


def test_accounts_in_two_currencies_stand_side_by_side_until_a_rate_is_given(
    office: Office, east: int
) -> None:
    cy = office.hires("Cy", Role.AM, east)
    (am,) = ids(office, cy)
    with office.db.begin() as session:
        build = Builder(session, office.workspace_id)
        for key, currency, end in (("Globex", "EUR", 150), ("Initech", "USD", 120)):
            build.account(am, key, date(2026, 6, 1), 100, currency)
            build.account(am, key, date(2026, 10, 1), end, currency)

    card = cy.commands("/scorecard").says
    assert "Upsell*: EUR 50%, USD 20%" in card
    assert "Net retention: EUR 150%, USD 120%*" in card
    assert "nobody has told me what EUR was worth in USD on Nov 15, 2026" in card

    with office.db.begin() as session:
        Builder(session, office.workspace_id).rate("EUR", "USD", date(2026, 1, 1), "2")
    card = cy.commands("/scorecard").says
    assert "Upsell*: 40%" in card
    assert "Accounts in EUR are counted in USD, all at the rates of Nov 15, 2026" in card


def test_an_unknown_team_is_said_to_be_unknown(mia: Member) -> None:
    assert "no team of that name" in mia.commands("/scorecard team Atlantis").says


def test_somebody_who_is_not_on_the_roster_is_told_how_to_get_there(office: Office, ana: Member) -> None:
    sam = office.sandbox.add_person("Sam", email="sam@example.com")

    assert "not on the roster" in sam.commands("/scorecard").says
    assert "not on the roster" in sam.commands("/scorecard team").says
    assert "That person is not on the roster" in ana.commands("/scorecard @Sam").says


def test_a_manager_without_calls_gets_a_card_too(mia: Member) -> None:
    assert "Mia, manager" in mia.commands("/scorecard").says


def test_a_name_cannot_bring_a_mention_to_life(office: Office, mia: Member, east: int) -> None:
    with office.db.begin() as session:
        Builder(session, office.workspace_id).rep("<!channel> *Eve*", Role.SDR, east)

    assert "<!channel>" not in str(mia.commands("/scorecard team").blocks)
