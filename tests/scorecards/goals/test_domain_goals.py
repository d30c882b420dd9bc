"""Goals in money over any days, and how far one is on the way: the numbers are worked out by hand."""

from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.calendar.periods import Period, parse
from bot.core.enums import Role
from bot.core.errors import BadInput
from bot.pipeline.domain.portfolio import Amount
from bot.scorecards.domain.money import Owner, Progress, Quota, goal_over, label, share_gone

ZONE = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 12, 1, 9, tzinfo=UTC)


def period(text: str, fiscal: int = 1) -> Period:
    return parse(text, now=NOW, zone=ZONE, fiscal_start=fiscal)


def weekdays(day: date) -> bool:
    return day.weekday() < 5


def quota(
    when: str, amount: int, currency: str = "USD", *, of: int | None = None, team: int | None = None
) -> Quota:
    owner = Owner(person_id=of) if of else Owner(role=Role.AE, team_id=team)
    return Quota(owner, when, Amount(Decimal(amount), currency))


def goal(text: str, *quotas: Quota, fiscal: int = 1) -> tuple[float, str] | None:
    found = goal_over(quotas, period(text, fiscal), fiscal_start=fiscal, is_worked=weekdays)
    return (float(found.value), found.currency) if found else None


def test_a_quarter_has_its_own_goal_or_the_sum_of_its_months() -> None:
    months = [quota(f"2026-{month}", 10_000 * month) for month in (10, 11, 12)]

    assert goal("2026-Q4", quota("2026-Q4", 100_000), *months) == (100_000, "USD")
    assert goal("2026-Q4", *months) == (330_000, "USD")
    assert goal("2026-Q4", *months[:2]) is None, "nobody said what December is to bring"


def test_a_month_takes_its_working_days_part_of_the_quarter() -> None:
    assert goal("2026-10", quota("2026-Q4", 66_000)) == (22_000, "USD"), "22 of 66 weekdays"
    assert goal("2026-W46", quota("2026-Q4", 66_000)) == (5_000, "USD")


def test_a_reps_own_goal_goes_before_the_roles() -> None:
    of_role = quota("2026-Q4", 66_000)

    assert goal("2026-Q4", of_role, quota("2026-Q4", 132_000, of=7)) == (132_000, "USD")
    own_october = quota("2026-10", 44_000, of=7)
    assert goal("2026-10", of_role, own_october) == (44_000, "USD")
    assert goal("2026-Q4", of_role, own_october) == (44_000 + 44_000, "USD"), (
        "own October, the role's two months"
    )


def test_a_teams_goal_goes_before_every_teams_and_after_the_reps_own() -> None:
    goals = [quota("2026-Q4", 30), quota("2026-Q4", 20, team=3), quota("2026-Q4", 10, of=7)]

    assert goal("2026-Q4", *goals) == (10, "USD")
    assert goal("2026-Q4", *goals[:2]) == (20, "USD")


def test_a_quarter_is_that_of_the_teams_fiscal_year() -> None:
    assert goal("2027-Q1", quota("2027-Q1", 9_000), fiscal=10) == (9_000, "USD")
    assert goal("2026-11", quota("2027-Q1", 66_000), fiscal=10) == (21_000, "USD")
    assert goal("2026-11", quota("2027-Q1", 66_000), fiscal=1) is None


def test_goals_of_two_currencies_are_not_added() -> None:
    assert goal("2026-10-01..2026-12-01", quota("2026-10", 1), quota("2026-11", 1, "EUR")) is None


def test_no_working_day_has_no_goal() -> None:
    assert goal("2026-11-14..2026-11-16", quota("2026-11", 21_000)) is None


@given(st.integers(0, 10**9), st.dates(date(2026, 10, 1), date(2026, 12, 31)))
def test_what_two_parts_of_a_quarter_are_to_bring_is_what_the_quarter_is(amount: int, cut: date) -> None:
    whole = quota("2026-Q4", amount)
    parts = [
        goal(f"{a}..{b}", whole) for a, b in (("2026-10-01", cut), (cut, "2027-01-01")) if str(a) < str(b)
    ]

    assert float(sum(part[0] for part in parts if part)) == pytest.approx(amount)


def test_pace_is_what_is_reached_over_the_days_that_are_gone() -> None:
    october = period("2026-10")
    known = october.until(datetime(2026, 10, 15, 12, tzinfo=ZONE))
    gone = share_gone(october, known, weekdays)
    on_the_way = Progress(october, Amount(Decimal(40_000), "USD"), Decimal(30_000), gone)

    assert gone == 11 / 22, "Thursday the 15th is the eleventh weekday, and counts"
    assert (on_the_way.attainment, on_the_way.pace) == (0.75, 1.5)


def test_a_goal_of_nothing_is_never_reached_and_a_time_to_come_has_no_pace() -> None:
    october = period("2026-10")
    assert Progress(october, Amount(Decimal(0), "USD"), Decimal(30_000), 0.5).attainment is None
    assert Progress(october, Amount(Decimal(1), "USD"), Decimal(0), 0.0).pace is None
    assert share_gone(october, october.until(datetime(2026, 9, 1, tzinfo=ZONE)), weekdays) == 0


@pytest.mark.parametrize("text", ["2026-10", "2026-Q4", "2026-q4", " 2026-10 "])
def test_a_goal_is_for_a_month_or_a_quarter(text: str) -> None:
    assert label(text) == text.strip().upper()


@pytest.mark.parametrize("text", ["2026", "2026-13", "2026-Q5", "2026-W46", "October", "", "9999-10"])
def test_any_other_time_is_none(text: str) -> None:
    with pytest.raises(BadInput):
        label(text)
