"""Whatever is asked of the numbers, the answer is a clear sentence, and no figure is made up."""

import re
from datetime import date, timedelta

import pytest

from bot.core.enums import DealStatus, Role
from bot.sandbox import Member
from tests.scorecards.numbers import ids
from tests.support.builders import Builder
from tests.support.office import Office


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("2026-11-10..2026-11-01", "The end, 2026-11-01, must come after the start, 2026-11-10"),
        ("2026-11-10..2026-11-10", "must come after the start"),
        ("2026-02-30..2026-03-01", "One of the dates does not exist"),
        ("2026-99", "A year has the months 01 to 12"),
        ("2026-W60", "2026 has the weeks 1 to 53"),
        ("2026-Q9", "quarters Q1 to Q4"),
        ("0w", "1 to 104 weeks"),
        ("team 2026-11-10..2026-11-01", "must come after the start"),
        ("top 2026-13", "A year has the months 01 to 12"),
        ("map 2026-13", "A year has the months 01 to 12"),
        ("export 2026-13", "A year has the months 01 to 12"),
    ],
)
def test_a_period_that_cannot_be_is_answered_with_why(mia: Member, typed: str, sentence: str) -> None:
    assert sentence in mia.commands(f"/scorecard {typed}").says


def test_a_period_to_come_shows_no_figure(office: Office, ana: Member) -> None:
    card = ana.commands("/scorecard 2027-03").says

    assert "2027-03 has not begun" in card
    assert not re.search(r"\d%", card)


def test_a_role_that_nobody_holds_is_said_to_be_empty(ana: Member, mia: Member) -> None:
    assert "Nobody sells in East in that time" in ana.commands("/scorecard top AM").says


def test_a_role_that_has_done_nothing_has_no_figure(office: Office, east: int, mia: Member) -> None:
    for n in range(4):
        office.hires(f"New{n}", Role.AM, east)

    team = mia.commands("/scorecard team").says
    assert "Upsell no data yet" in team
    assert not re.search(r"\d%", team)
    assert " sure" not in mia.commands("/scorecard top AM").says


def test_a_target_of_nothing_is_neither_reached_nor_missed(office: Office, ana: Member, mia: Member) -> None:
    mia.commands("/scorecard targets SDR")
    mia.submits(qualified_rate="0")

    card = ana.commands("/scorecard").says
    assert "target 0%" in card
    assert "% reached" not in card


def test_money_lost_is_no_progress_towards_a_target(office: Office, east: int, mia: Member) -> None:
    cy = office.hires("Cy", Role.AM, east)
    (am,) = ids(office, cy)
    with office.db.begin() as session:
        build = Builder(session, office.workspace_id)
        build.account(am, "Globex", date(2026, 6, 1), 100)
        build.account(am, "Globex", date(2026, 10, 1), 60)
    mia.commands("/scorecard targets AM")
    mia.submits(upsell_rate="10")

    cy.clicks("More", cy.commands("/scorecard").message)
    cy.waits_for("Upsell*: -40%")
    card = cy.sees()
    assert "target 10%" in card
    assert "% reached" not in card


def test_a_deal_won_on_the_day_it_was_opened_took_no_days(office: Office, bo: Member) -> None:
    (ae,) = ids(office, bo)
    day = office.clock() - timedelta(days=10)
    with office.db.begin() as session:
        Builder(session, office.workspace_id).deal(ae, day, status=DealStatus.WON, closed_at=day)

    bo.clicks("More", bo.commands("/scorecard").message)
    bo.waits_for("Days to win*: 0 days")
