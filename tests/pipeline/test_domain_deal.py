"""What must be mended before a deal or a value is kept."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.calendar.wallclock import local_date
from bot.core.enums import DealStatus
from bot.pipeline.domain.deal import (
    MAX_NAME,
    MAX_REASON,
    MOST,
    DealDraft,
    ValueDraft,
    amount_of,
    check,
    check_value,
    moment_of,
)

TODAY = date(2026, 11, 16)
ACME = DealDraft(company="Acme", amount=Decimal(100), currency="USD", opened_on=date(2026, 11, 2))
GLOBEX = ValueDraft(Decimal(100), "USD", TODAY)


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"amount": None, "currency": ""},
        {"amount": Decimal(0)},
        {"opened_on": None, "status": DealStatus.WON, "closed_on": date(2020, 1, 1)},
        {"status": DealStatus.WON, "closed_on": TODAY},
        {"status": DealStatus.LOST, "closed_on": date(2026, 11, 2), "loss_reason": "Budget"},
    ],
)
def test_a_deal_that_can_be_is_kept(fields: dict[str, Any]) -> None:
    assert check(replace(ACME, **fields), today=TODAY) == {}


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"company": ""}, "company"),
        ({"company": "x" * (MAX_NAME + 1)}, "company"),
        ({"amount": Decimal("-0.01")}, "amount"),
        ({"amount": MOST + 1}, "amount"),
        ({"currency": "dollars"}, "currency"),
        ({"opened_on": TODAY + timedelta(days=1)}, "opened_on"),
        ({"status": DealStatus.WON}, "closed_on"),
        ({"closed_on": TODAY}, "closed_on"),
        ({"status": DealStatus.WON, "closed_on": TODAY + timedelta(days=1)}, "closed_on"),
        ({"status": DealStatus.WON, "closed_on": date(2026, 11, 1)}, "closed_on"),
        ({"status": DealStatus.LOST, "closed_on": TODAY}, "loss_reason"),
        ({"loss_reason": "x" * (MAX_REASON + 1)}, "loss_reason"),
    ],
)
def test_a_deal_that_cannot_be_says_which_field(fields: dict[str, Any], field: str) -> None:
    assert list(check(replace(ACME, **fields), today=TODAY)) == [field]


def test_a_value_is_0_or_more_in_a_currency() -> None:
    assert check_value(replace(GLOBEX, value=Decimal(0))) == {}
    assert list(check_value(replace(GLOBEX, value=Decimal(-1)))) == ["value"]
    assert list(check_value(replace(GLOBEX, currency="$"))) == ["currency"]


@pytest.mark.parametrize("text", ["", "1e5", "12,000", "NaN", "٥٠", "1.2.3", "9" * 50])
def test_what_is_no_number_is_none(text: str) -> None:
    assert amount_of(text) is None


@given(st.decimals(-MOST, MOST, places=4))
def test_an_amount_is_read_to_the_hundredth_of_a_cent(amount: Decimal) -> None:
    assert amount_of(format(amount, "f")) == amount


@given(
    st.integers(0, 3 * 365 * 24 * 60).map(lambda m: datetime(2025, 1, 1, tzinfo=UTC) + timedelta(minutes=m)),
    st.integers(0, 400),
    st.integers(0, 400),
    st.sampled_from(["Europe/Berlin", "America/Santiago", "Asia/Kolkata"]),
)
def test_days_up_to_today_become_moments_up_to_now_in_the_same_order(
    now: datetime, first_ago: int, then_ago: int, name: str
) -> None:
    zone = ZoneInfo(name)
    today = local_date(now, zone)
    first, then = (today - timedelta(days=ago) for ago in (first_ago, then_ago))

    moments = [moment_of(day, zone=zone, now=now) for day in (first, then)]

    assert [local_date(moment, zone) for moment in moments] == [first, then]
    assert all(moment <= now for moment in moments)
    assert (moments[0] <= moments[1]) or first > then
