"""A period in a person's own words."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.calendar.periods import parse

WEDNESDAY = datetime(2026, 11, 18, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("this week", "2026-W47"),
        ("This Month", "2026-11"),
        ("previous quarter", "2026-Q3"),
        ("13 weeks", "13w"),
        ("the last 4 weeks", "4w"),
        ("w46", "2026-W46"),
        ("week 50", "2025-W50"),
        ("Q4", "2026-Q4"),
        ("q1 2026", "2026-Q1"),
        ("October", "2026-10"),
        ("dec", "2025-12"),
        ("Nov 2025", "2025-11"),
        ("today", "2026-11-18..2026-11-19"),
        ("yesterday", "2026-11-17..2026-11-18"),
    ],
)
def test_own_words_mean_the_latest_that_has_begun(words: str, name: str) -> None:
    assert parse(words, now=WEDNESDAY, zone=ZoneInfo("Europe/Berlin")).label == name


def test_a_bare_quarter_is_of_the_fiscal_year() -> None:
    berlin = ZoneInfo("Europe/Berlin")

    assert parse("q1", now=WEDNESDAY, zone=berlin, fiscal_start=10).label == "2027-Q1"
    assert parse("q2", now=WEDNESDAY, zone=berlin, fiscal_start=10).label == "2026-Q2"
