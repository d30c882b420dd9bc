"""What stands on the first page against a goal: as Slack says it, with who left, in several currencies."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from sqlmodel import select

from bot.core.enums import DealStatus, Role
from bot.people.services import teams
from bot.pipeline.domain.portfolio import Amount
from bot.scorecards.domain.money import Owner
from bot.scorecards.services import money
from bot.scorecards.services import outlook as outlooks
from storage.database import Database
from storage.tables import Deal, ExchangeRate, Membership, Person, Workspace
from tests.workbook.export.exported import NOW
from tests.workbook.export.first_page import GOAL, QUARTER, Page, told, written
from tests.workbook.spreadsheets import rows


def test_it_stands_against_the_goal_and_the_days_that_are_gone(page: Page, db: Database) -> None:
    lines = {what: (value, unit, words) for what, value, unit, _, words in told(page(goal=GOAL))}
    assert lines["Goal of AEs"] == (1_000, "EUR", "What 1 of 4 AEs are to win in deals")
    assert lines["Goal reached"][0] is None and "without a rate" in lines["Goal reached"][2]
    assert lines["Forecast"][0] is None and "a rate is missing" in lines["Forecast"][2]

    with db.begin() as session:
        workspace_id = session.exec(select(Workspace.id)).one()
        for currency, rate in (("EUR", 2), ("CHF", 3)):
            session.add(
                ExchangeRate(
                    workspace_id=workspace_id,
                    currency=currency,
                    base="USD",
                    from_day=date(2026, 1, 1),
                    rate=Decimal(rate),
                )
            )
    path = page()
    lines = {what: (value, unit, words) for what, value, unit, _, words in told(path)}

    assert (lines["Won"][0], lines["Won"][1]) == (820, "USD")
    assert "1 CHF = 3 USD since 1 January 2026. 1 EUR = 2 USD since" in written(path)[2]
    assert lines["Goal reached"][0] == pytest.approx(0.41)
    gone = 32 / 65  # working days from 1 October to 16 November, of those of the quarter, but for Christmas
    assert lines["Pace"][0] == pytest.approx(0.41 / gone, rel=0.05)
    assert lines["Pace"][2].startswith("At an even pace it would be 500 EUR") and "behind" in lines["Pace"][2]
    with db.reading(workspace_id, NOW) as books:
        in_slack = outlooks.of_team(books, teams.everywhere(books), QUARTER, as_of=NOW)
    assert in_slack and in_slack.progress and lines["Pace"][0] == pytest.approx(in_slack.progress.pace)
    assert 410 <= lines["Forecast"][0] <= 510 and lines["Forecast"][1] == "EUR", (
        "410 are won and 100 are open"
    )
    assert "8 times in 10" in lines["Forecast"][2]


def of_slack(db: Database, path: Path) -> tuple[float | None, float | None]:
    """The share of the goal in Slack and on the page."""
    with db.reading(1, NOW) as books:
        team = outlooks.of_team(books, teams.everywhere(books), QUARTER, as_of=NOW)
    assert team and team.progress
    return team.progress.attainment, {what: value for what, value, *_ in told(path)}["Goal reached"]


def test_a_goal_of_several_is_reached_by_what_slack_says(page: Page, db: Database) -> None:
    """Bob's 30 wins have no amount, Bea sold in a currency without a rate: her part of the goal is not left out."""
    with db.writing(1, NOW) as books:
        money.put(books, Owner(role=Role.AE), "2026-Q4", GOAL)
        for deal in books.session.exec(select(Deal).where(Deal.currency == "CHF")):
            deal.currency = "EUR"
    in_slack, on_page = of_slack(db, page())
    assert in_slack == on_page == pytest.approx(390 / 4_000)

    with db.writing(1, NOW) as books:
        bea = books.session.exec(select(Person.id).where(Person.name == "Bea")).one()
        is_hers = (Deal.ae_id == bea, Deal.status == DealStatus.WON)
        for deal in books.session.exec(select(Deal).where(*is_hers)):
            deal.amount, deal.currency = Decimal(9), "CHF"
    in_slack, on_page = of_slack(db, page())
    assert in_slack is on_page is None


def test_what_one_who_left_brought_in_stays_in_the_teams_quarter_as_in_slack(
    page: Page, db: Database
) -> None:
    with db.begin() as session:
        for one in session.exec(select(ExchangeRate)).all():
            session.delete(one)
        ben = session.exec(select(Person).where(Person.name == "Ben")).one()
        for deal in session.exec(select(Deal).where(Deal.currency == "CHF")).all():
            deal.currency = "EUR"
        session.exec(select(Membership).where(Membership.person_id == ben.id)).one().ended_on = date(
            2026, 11, 3
        )
        workspace_id = ben.workspace_id
    path = page(goal=GOAL)

    lines = {what: (value, unit, words) for what, value, unit, _, words in told(path)}
    with db.reading(workspace_id, NOW) as books:
        slack = outlooks.of_team(books, teams.everywhere(books), QUARTER, as_of=NOW)
    assert slack and slack.progress
    assert lines["Won"][:2] == (390, "EUR")
    assert (slack.won, slack.currency) == (Decimal(390), "EUR")
    assert lines["Goal of AEs"][0] == pytest.approx(float(slack.progress.goal.value), abs=0.01)
    assert lines["Goal reached"][0] == pytest.approx(slack.progress.attainment)
    assert "Ben" not in [row["Rep"] for row in rows(path, "Reps", "Reps")]


def test_goals_in_several_currencies_are_one_where_rates_were_given(page: Page, db: Database) -> None:
    page(goal=GOAL)
    with db.begin() as session:
        bob = session.exec(select(Person).where(Person.name == "Bob")).one()
        session.add(
            ExchangeRate(
                workspace_id=bob.workspace_id, currency="EUR", base="USD", from_day=date(2026, 1, 1), rate=Decimal(2)
            )
        )  # fmt: skip
    with db.writing(bob.workspace_id, NOW) as books:
        money.put(books, Owner(person_id=bob.id), "2026-Q4", Amount(Decimal(500), "USD"))

    [goal] = [line for line in told(page()) if line[0] == "Goal of AEs"]
    assert goal[1:3] == (2_500, "USD")
    assert goal[-1] == "What 2 of 4 AEs are to win in deals"
