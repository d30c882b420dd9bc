"""Accounts in several currencies, and accounts that change hands."""

from datetime import date

import pytest

from bot.core.enums import Metric, Role
from tests.scorecards.cards import card, measured
from tests.support.builders import Builder


def two_currencies(build: Builder, am: int) -> None:
    """100 EUR that became 150, and 100 USD, the workspace's own, that became 120."""
    for account, currency, end in (("A", "EUR", 150), ("B", "", 120)):
        build.account(am, account, date(2026, 9, 1), 100, currency)
        build.account(am, account, date(2026, 10, 20), end, currency)
    build.session.flush()


def test_accounts_in_two_currencies_stand_side_by_side(build: Builder, am: int) -> None:
    two_currencies(build, am)

    found = card(build, am)
    assert measured(build, am, Metric.UPSELL_RATE).value is None, "nothing is added up"
    apart = found.side_by_side[Metric.UPSELL_RATE]
    assert {currency: one.value for currency, one in apart.items()} == {"EUR": 0.5, "USD": 0.2}
    assert found.currencies.unrated == ("EUR",)
    assert measured(build, am, Metric.COST_PER_RESULT).denominator == 2, "growth is counted in any currency"


def test_given_rates_turn_two_currencies_into_one(build: Builder, am: int) -> None:
    two_currencies(build, am)
    for from_day, rate in (
        (date(2026, 1, 1), "1.5"),
        (date(2026, 10, 31), "1.1"),
        (date(2026, 11, 1), "9"),
    ):
        build.rate("EUR", "USD", from_day, rate)
    build.rate("EUR", "CHF", date(2026, 10, 31), "7")

    upsell = measured(build, am, Metric.UPSELL_RATE)
    assert upsell.denominator == pytest.approx(100 * 1.1 + 100), "by the rate of the last day, old values too"
    assert upsell.numerator == pytest.approx(150 * 1.1 + 120 - 210)
    assert card(build, am).currencies.converted == ("EUR",)
    assert card(build, am).side_by_side == {}


def test_a_rate_of_later_is_no_rate_yet(build: Builder, am: int) -> None:
    two_currencies(build, am)
    build.rate("EUR", "USD", date(2026, 11, 1), "1.1")

    assert measured(build, am, Metric.NET_RETENTION).value is None


def test_an_account_that_changed_its_currency_is_left_out_and_told_of(build: Builder, am: int) -> None:
    two_currencies(build, am)
    build.account(am, "C", date(2026, 9, 1), 100, "CHF")
    build.account(am, "C", date(2026, 10, 20), 90, "EUR")
    build.session.flush()

    found = card(build, am)
    assert (found.currencies.unrated, found.currencies.changed) == (("CHF", "EUR"), 1)
    assert found.side_by_side[Metric.UPSELL_RATE]["EUR"].denominator == 100


def test_one_foreign_currency_needs_no_rate(build: Builder, am: int) -> None:
    build.account(am, "A", date(2026, 9, 1), 100, "EUR")
    build.account(am, "A", date(2026, 10, 20), 150, "EUR")

    assert measured(build, am, Metric.UPSELL_RATE).value == 0.5


def test_an_account_that_a_colleague_took_over_is_neither_kept_nor_lost(
    build: Builder, team: int, am: int
) -> None:
    heir = build.rep("Ida", Role.AM, team)
    build.account(am, "A", date(2026, 9, 1), 100)
    build.account(am, "B", date(2026, 9, 1), 100)
    build.account(heir, "B", date(2026, 10, 10), 150)
    build.account(heir, "B", date(2026, 10, 20), 180)

    assert measured(build, am, Metric.NET_RETENTION).denominator == 100
    upsell = measured(build, heir, Metric.UPSELL_RATE)
    assert (upsell.numerator, upsell.denominator) == (30, 150), "from its value when taken over"
