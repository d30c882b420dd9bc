"""Claims about days off as people type them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.errors import BadInput
from bot.people.domain.leave import Days, parse

TODAY = date(2026, 11, 18)  # a Wednesday


def days(first: str, last: str) -> Days:
    return Days(date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    "typed, meant",
    [
        ("3-14 Aug", days("2027-08-03", "2027-08-14")),
        ("3 – 14 august", days("2027-08-03", "2027-08-14")),
        ("Aug 3-14", days("2027-08-03", "2027-08-14")),
        ("3rd to 14th Aug. 2028", days("2028-08-03", "2028-08-14")),
        ("24 Dec - 2 Jan", days("2026-12-24", "2027-01-02")),
        ("24 Dec - 2 Jan 2027", days("2026-12-24", "2027-01-02")),
        ("Dec 24 until Jan 2", days("2026-12-24", "2027-01-02")),
        ("16-20 Nov", days("2026-11-16", "2026-11-20")),
        ("20 Nov", days("2026-11-20", "2026-11-20")),
        ("Sept 3", days("2027-09-03", "2027-09-03")),
        ("2026-12-01..2026-12-05", days("2026-12-01", "2026-12-05")),
        ("from 2026-12-01 to 2026-12-05", days("2026-12-01", "2026-12-05")),
        ("2026-12-01", days("2026-12-01", "2026-12-01")),
        ("29 Feb", days("2028-02-29", "2028-02-29")),
        ("today", days("2026-11-18", "2026-11-18")),
        ("Tomorrow", days("2026-11-19", "2026-11-19")),
        ("this week", days("2026-11-18", "2026-11-22")),
        ("next week", days("2026-11-23", "2026-11-29")),
    ],
)
def test_days_are_read_as_people_write_them(typed: str, meant: Days) -> None:
    assert parse(typed, today=TODAY) == meant


@pytest.mark.parametrize(
    "typed, why",
    [
        ("", "cannot read"),
        ("soon", "cannot read"),
        ("3-14", "cannot read"),
        ("30 Feb", "cannot read"),
        ("2026-13-01", "cannot read"),
        ("14-3 Aug", "before the first"),
        ("3-14 Aug 2020", "are over"),
        ("2026-12-01..2028-12-01", "more than a year"),
    ],
)
def test_what_cannot_be_meant_is_answered_kindly(typed: str, why: str) -> None:
    with pytest.raises(BadInput, match=why):
        parse(typed, today=TODAY)


@given(st.dates(TODAY, date(2027, 10, 1)), st.integers(0, 30))
def test_a_date_without_its_year_is_the_next_such_one(first: date, length: int) -> None:
    last = first + timedelta(days=length)

    assert parse(f"{first:%-d %b} - {last:%-d %B}", today=TODAY) == Days(first, last)
