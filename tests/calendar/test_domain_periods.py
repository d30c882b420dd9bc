"""Claims about periods: what a person's words mean, and where a span begins and ends."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.calendar.periods import Period, iso_label, parse, trailing_weeks, week, week_starting
from bot.calendar.wallclock import INSTANT, end_of_day, local_date, start_of_day
from bot.core.errors import BadInput
from tests.support.properties import examples

ZONES = st.sampled_from(sorted(available_timezones())).map(ZoneInfo)
DAYS = st.dates(date(2012, 1, 1), date(2037, 12, 31))
TOKYO = ZoneInfo("Asia/Tokyo")
BERLIN = ZoneInfo("Europe/Berlin")
WEDNESDAY = datetime(2026, 11, 18, 11, 0, tzinfo=UTC)


def days_of(
    text: str, *, now: datetime = WEDNESDAY, zone: ZoneInfo = BERLIN, fiscal_start: int = 1
) -> list[str]:
    """The label, first day and day after the last, as the zone's wall shows them."""
    period = parse(text, now=now, zone=zone, fiscal_start=fiscal_start)
    return [period.label, *(str(local_date(bound, zone)) for bound in (period.start, period.end))]


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("", ["13w", "2026-08-17", "2026-11-16"]),
        ("13w", ["13w", "2026-08-17", "2026-11-16"]),
        ("4W", ["4w", "2026-10-19", "2026-11-16"]),
        ("2026-W46", ["2026-W46", "2026-11-09", "2026-11-16"]),
        ("2026-w1", ["2026-W01", "2025-12-29", "2026-01-05"]),
        ("2020-W53", ["2020-W53", "2020-12-28", "2021-01-04"]),
        ("2026-10", ["2026-10", "2026-10-01", "2026-11-01"]),
        ("2026-12", ["2026-12", "2026-12-01", "2027-01-01"]),
        ("2026-Q4", ["2026-Q4", "2026-10-01", "2027-01-01"]),
        ("week", ["2026-W47", "2026-11-16", "2026-11-23"]),
        ("last week", ["2026-W46", "2026-11-09", "2026-11-16"]),
        ("month", ["2026-11", "2026-11-01", "2026-12-01"]),
        ("last-month", ["2026-10", "2026-10-01", "2026-11-01"]),
        ("quarter", ["2026-Q4", "2026-10-01", "2027-01-01"]),
        ("last-quarter", ["2026-Q3", "2026-07-01", "2026-10-01"]),
        (" 2026-10-01 .. 2026-11-01 ", ["2026-10-01..2026-11-01", "2026-10-01", "2026-11-01"]),
    ],
)
def test_a_person_names_a_period_in_the_words_of_the_contract(text: str, meaning: list[str]) -> None:
    assert days_of(text) == meaning


@pytest.mark.parametrize(
    ("text", "fiscal_start", "meaning"),
    [
        ("2027-Q1", 2, ["2027-Q1", "2026-02-01", "2026-05-01"]),
        ("2027-Q4", 2, ["2027-Q4", "2026-11-01", "2027-02-01"]),
        ("quarter", 2, ["2027-Q4", "2026-11-01", "2027-02-01"]),
        ("last-quarter", 2, ["2027-Q3", "2026-08-01", "2026-11-01"]),
        ("2026-Q1", 10, ["2026-Q1", "2025-10-01", "2026-01-01"]),
        ("quarter", 12, ["2026-Q4", "2026-09-01", "2026-12-01"]),
    ],
)
def test_a_fiscal_year_is_named_by_the_year_it_ends_in(
    text: str, fiscal_start: int, meaning: list[str]
) -> None:
    assert days_of(text, fiscal_start=fiscal_start) == meaning


@pytest.mark.parametrize(
    "text",
    [
        "yesterdayish",
        "2026",
        "2026-W54",
        "2026-W00",
        "2021-W53",
        "2026-13",
        "2026-00",
        "2026-Q5",
        "2026-Q0",
        "0000-W01",
        "0000-01",
        "9999-Q4",
        "0w",
        "999w",
        "2026-11-01..2026-10-01",
        "2026-10-01..2026-10-01",
        "2026-02-30..2026-03-01",
        "2026-10-01..",
        "0000-01-01..2026-01-01",
        "2026-W46..2026-W47",
    ],
)
def test_a_period_that_cannot_be_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(BadInput, match=r"^[A-Z0-9].*\.$"):
        parse(text, now=WEDNESDAY, zone=BERLIN)


def test_the_current_week_is_the_one_on_the_viewers_wall() -> None:
    sunday_evening_in_utc = datetime(2026, 11, 15, 20, 0, tzinfo=UTC)

    assert days_of("week", now=sunday_evening_in_utc, zone=BERLIN)[0] == "2026-W46"
    assert days_of("week", now=sunday_evening_in_utc, zone=TOKYO)[0] == "2026-W47"


def test_thirteen_weeks_that_end_with_a_week_include_that_week() -> None:
    reported = week("2026-W46", BERLIN)

    assert trailing_weeks(reported.end, BERLIN, 13).end == reported.end
    assert trailing_weeks(reported.last, BERLIN, 13).end == reported.start


def test_a_week_label_is_read_back_and_nonsense_is_refused() -> None:
    assert week(" 2026-w46 ", BERLIN) == week_starting(date(2026, 11, 9), BERLIN)
    for nonsense in ("46", "2026-10", "2026-W60", ""):
        with pytest.raises(BadInput):
            week(nonsense, BERLIN)


def test_an_instant_at_the_end_belongs_to_the_next_period() -> None:
    this, following = week("2026-W46", BERLIN), week("2026-W47", BERLIN)

    assert this.contains(this.start) and this.contains(this.last)
    assert not this.contains(following.start)
    assert following.contains(following.start)


def test_a_handoff_passed_at_2330_on_sunday_belongs_to_that_week_whatever_utc_says() -> None:
    new_york = ZoneInfo("America/New_York")
    passed_at = datetime(2026, 11, 15, 23, 30, tzinfo=new_york)

    assert iso_label(passed_at.astimezone(UTC).date()) == "2026-W47"
    assert week("2026-W46", new_york).contains(passed_at)
    assert not week("2026-W47", new_york).contains(passed_at)


def test_a_running_period_ends_now_with_today_counted() -> None:
    running = week("2026-W47", BERLIN).until(WEDNESDAY)

    assert running.days == 3
    assert running.contains(WEDNESDAY) and not running.contains(WEDNESDAY + INSTANT)


def test_a_period_seen_as_of_a_bare_date_has_the_whole_of_that_day() -> None:
    seen = week("2026-W47", BERLIN).until(end_of_day(date(2026, 11, 17), BERLIN))

    assert seen.end == start_of_day(date(2026, 11, 18), BERLIN)
    assert seen.days == 2


def test_a_finished_period_is_whole_and_one_not_begun_is_empty() -> None:
    finished, ahead = week("2026-W46", BERLIN), week("2026-W48", BERLIN)

    assert finished.until(WEDNESDAY) == finished
    assert ahead.until(WEDNESDAY).days == 0
    assert ahead.until(WEDNESDAY).dates() == ()


def test_a_period_of_naive_or_reversed_bounds_cannot_be_made() -> None:
    start, end = WEDNESDAY, WEDNESDAY + timedelta(days=1)
    with pytest.raises(ValueError, match="aware"):
        Period("x", start.replace(tzinfo=None), end, BERLIN)
    with pytest.raises(ValueError, match="end"):
        Period("x", end, start, BERLIN)


@given(DAYS, ZONES)
@examples(200)
def test_every_day_lies_in_exactly_its_own_week_in_every_zone(day: date, zone: ZoneInfo) -> None:
    period = week(iso_label(day), zone)

    assert period.days == 7
    assert {iso_label(one) for one in period.dates()} == {iso_label(day)}
    assert period.contains(start_of_day(day, zone)) and period.contains(end_of_day(day, zone))
    assert period.end == week_starting(period.dates()[0] + timedelta(weeks=1), zone).start


@given(DAYS, ZONES, st.integers(1, 12))
@examples(200)
def test_four_fiscal_quarters_follow_each_other_and_make_twelve_months(
    day: date, zone: ZoneInfo, fiscal_start: int
) -> None:
    def quarter(number: int) -> Period:
        return parse(
            f"{day.year}-Q{number}", now=start_of_day(day, zone), zone=zone, fiscal_start=fiscal_start
        )

    quarters = [quarter(number) for number in (1, 2, 3, 4)]
    last_day = quarters[3].dates()[-1]

    assert all(one.end == two.start for one, two in pairwise(quarters))
    assert quarters[0].dates()[0].month == fiscal_start
    assert sum(quarter.days for quarter in quarters) in (365, 366)
    assert last_day.year == day.year


@given(DAYS, ZONES, st.integers(1, 12))
@examples(200)
def test_the_quarter_of_a_day_holds_it_and_is_read_back_from_its_label(
    day: date, zone: ZoneInfo, fiscal_start: int
) -> None:
    now = start_of_day(day, zone)
    current = parse("quarter", now=now, zone=zone, fiscal_start=fiscal_start)
    previous = parse("last-quarter", now=now, zone=zone, fiscal_start=fiscal_start)

    assert current.contains(now)
    assert previous.end == current.start
    assert parse(current.label, now=now, zone=zone, fiscal_start=fiscal_start) == current


@given(st.text(max_size=12), DAYS)
@examples(200)
def test_whatever_is_typed_is_a_period_or_a_kind_refusal(text: str, day: date) -> None:
    try:
        period = parse(text, now=start_of_day(day, BERLIN), zone=BERLIN)
    except BadInput as refusal:
        assert str(refusal).endswith(".")
    else:
        assert period.days > 0
