"""A goal in money is set by role, by rep and by team."""

from datetime import timedelta
from decimal import Decimal

from bot.core.enums import DealStatus, Role
from bot.sandbox import Member
from tests.scorecards.goals.leading import form
from tests.scorecards.numbers import ids
from tests.support.builders import Builder
from tests.support.office import Office


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
