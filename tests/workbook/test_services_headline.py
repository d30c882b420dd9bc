"""The first page, read by somebody who knows nothing of the program: how much, against what, how sure, what next."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import openpyxl
import pytest
from sqlmodel import select

from bot.calendar import periods
from bot.core.enums import DealStatus, Role
from bot.people.domain.access import OPERATOR, Viewer
from bot.people.services import teams
from bot.pipeline.domain.portfolio import Amount
from bot.scorecards.domain.money import Owner
from bot.scorecards.services import money
from bot.scorecards.services import outlook as outlooks
from bot.workbook.services import export as exports
from storage.database import Database
from storage.tables import Deal, ExchangeRate, Membership, Person, Workspace
from tests.support.builders import workspace
from tests.support.spreadsheets import needs_libreoffice, recalculated, rows, values

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 16, 9, 0, tzinfo=BERLIN)
QUARTER = periods.parse("2026-Q4", now=NOW.astimezone(UTC), zone=BERLIN)
GOAL = Amount(Decimal(1_000), "EUR")
Page = Callable[..., Path]


@pytest.fixture
def page(db: Database, tmp_path: Path) -> Page:
    """Ben won 100 and 250 in EUR, 40 in CHF and one deal without an amount; Bob is far ahead of Ben, Bea and Bix."""
    with db.begin() as session:
        acme = workspace(session)
        east = acme.team("East")
        ben, bob, *others = (acme.rep(name, Role.AE, east) for name in ("Ben", "Bob", "Bea", "Bix"))
        at = datetime(2026, 10, 12, 12, 0, tzinfo=BERLIN)
        for amount, currency in ((100, "EUR"), (250, "EUR"), (40, "CHF"), (None, "")):
            about = {"amount": amount and Decimal(amount), "currency": currency}
            acme.deal(ben, at - timedelta(days=30), status=DealStatus.WON, closed_at=at, **about)
        for amount, close in ((70, date(2026, 11, 1)), (30, date(2026, 12, 20))):
            acme.deal(ben, at, amount=Decimal(amount), currency="EUR", expected_close=close)
        for rep, won, lost in ((bob, 30, 1), (others[0], 3, 20), (others[1], 3, 21)):
            for n in range(won + lost):
                status = DealStatus.WON if n < won else DealStatus.LOST
                acme.deal(rep, at - timedelta(days=20), status=status, closed_at=at + timedelta(hours=n))

    def write(viewer: Viewer = OPERATOR, goal: Amount | None = None, *, raw: bool = True) -> Path:
        if goal:
            with db.writing(acme.workspace_id, NOW) as books:
                money.put(books, Owner(person_id=ben), "2026-Q4", goal)
        about: dict[str, Any] = {"period": QUARTER, "team_id": None, "as_of": NOW, "now": NOW, "raw": raw}
        exports.write(db, acme.workspace_id, viewer, path=tmp_path / "book.xlsx", **about)
        return tmp_path / "book.xlsx"

    return write


def told(path: Path, table: str = "Money", sheet: str = "Summary") -> list[tuple[Any, ...]]:
    return [tuple(row.values()) for row in rows(path, sheet, table)]


def written(path: Path) -> list[str]:
    """What is written in the first column of the first page, from top to bottom."""
    column = openpyxl.load_workbook(path)["Summary"]["A"]
    return [str(cell.value) for cell in column if cell.value]


def test_what_came_in_stands_by_currency_with_what_is_not_in_it(page: Page) -> None:
    lines = {(what, unit): (value, deals, words) for what, value, unit, deals, words in told(page())}

    assert lines["Won", "EUR"][:2] == (350, 2)
    assert lines["Won", "CHF"][:2] == (40, 1)
    assert "37 of 40 have no amount and are not in it" in lines["Won", "EUR"][2]
    assert lines["Open pipeline", "EUR"][:2] == (100, 2)
    assert lines["Of it stuck", "EUR"][:2] == (70, 1)
    assert "no pace" in lines["Goal", None][2]
    assert lines["Of it stuck", "EUR"][2] == "70% of the open pipeline: see What to do next"
    assert not [what for what, _ in lines if what == "Cost of coaching"], "nobody was coached"


def test_where_no_record_tells_what_is_stuck_no_line_does(db: Database, tmp_path: Path) -> None:
    with db.begin() as session:
        acme = workspace(session)
        acme.rep("Ben", Role.AE, acme.team("East"))
    about: dict[str, Any] = {"period": QUARTER, "team_id": None, "as_of": NOW, "now": NOW}

    exports.write(db, acme.workspace_id, OPERATOR, path=(path := tmp_path / "book.xlsx"), **about)

    [words] = [line[-1] for line in told(path) if line[0] == "Of it stuck"]
    assert words == "Cannot tell: no record says how a deal stands."
    work = {row[0]: row[1] for row in told(path, "Work", "Pictures")}
    assert (work["Open deals"], work["Stuck deals"]) == (0, None)


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


def test_pace_and_forecast_are_those_told_in_slack(page: Page, db: Database) -> None:
    page(goal=GOAL)
    with db.reading(1, NOW) as books:
        ben = books.session.exec(select(Person.id).where(Person.name == "Ben")).one()
        card = outlooks.of_rep(books, ben, teams.everywhere(books), QUARTER, as_of=NOW)
        team = outlooks.of_team(books, teams.everywhere(books), QUARTER, as_of=NOW)
    own = {what: value for what, value, *_ in told(page(Viewer(ben)))}
    every = {what: value for what, value, *_ in told(page())}

    assert card and card.forecast and team and team.progress and team.forecast
    assert (own["Forecast"], every["Forecast"]) == (card.forecast.expected, team.forecast.expected)
    assert own.get("Pace") == (card.progress.pace if card.progress else None)


def test_who_is_best_is_named_with_what_and_how_sure(page: Page) -> None:
    [(role, best, team, sure, in_what)] = told(page(), "Best")

    assert (role, best, team) == ("AE", "Bob", "East")
    assert sure > 0.9
    assert in_what.startswith("Win rate: 97%")


def test_a_rep_reads_nobody_elses_name(page: Page, db: Database) -> None:
    with db.read() as session:
        ben = session.exec(select(Person.id).where(Person.name == "Ben")).one()

    path = page(Viewer(ben))

    assert "Best" not in openpyxl.load_workbook(path)["Summary"].tables
    assert "Bob" not in {str(value) for value in values(path).values()}


def test_it_says_of_which_days_about_whom_and_for_whom(page: Page) -> None:
    path = page()

    title, _verdict, basis, *_ = written(path)
    assert title == "Acme: East, 1 Oct 2026 to 31 Dec 2026"
    assert basis.startswith(
        "Figures as of 16 November 2026, 09:00 (Europe/Berlin). 33 of 66 working days are gone."
    )
    assert basis.endswith("Made by Cornerman on 16 November 2026 for the operator of this installation.")
    assert "AE: account executive" in basis and "SDR" not in basis, (
        "only what stands on the page is explained"
    )


@needs_libreoffice
def test_another_program_finds_its_sums_again(page: Page) -> None:
    path = page(goal=GOAL)

    again = [tuple(row.values()) for row in rows(recalculated(path), "Summary", "Money")]
    assert [line[:4] for line in again] == [line[:4] for line in told(path)]
    assert [line[:4] for line in told(page(raw=False))] == [line[:4] for line in again]


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
