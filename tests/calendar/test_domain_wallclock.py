"""Claims about wall clocks, held over every zone there is."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.calendar.wallclock import (
    INSTANT,
    days_between,
    end_of_day,
    first_valid,
    local_date,
    next_weekly,
    start_of_day,
)
from tests.support.properties import examples

ZONES = st.sampled_from(sorted(available_timezones())).map(ZoneInfo)
DAYS = st.dates(date(2012, 1, 1), date(2037, 12, 31))
INSTANTS = st.datetimes(datetime(2012, 1, 1), datetime(2037, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001
BERLIN = ZoneInfo("Europe/Berlin")


def wall(instant: datetime, zone: ZoneInfo) -> datetime:
    return instant.astimezone(zone).replace(tzinfo=None)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_a_time_that_the_clocks_skip_means_the_first_moment_after_the_gap() -> None:
    assert first_valid(date(2026, 3, 29), time(2, 30), BERLIN) == utc("2026-03-29 01:00")


def test_a_time_that_exists_twice_means_the_first_of_the_two() -> None:
    assert first_valid(date(2026, 10, 25), time(2, 30), BERLIN) == utc("2026-10-25 00:30")


@pytest.mark.parametrize(
    ("zone", "day", "starts"),
    [
        ("America/Santiago", date(2026, 9, 6), "2026-09-06 04:00"),
        ("Africa/Cairo", date(2026, 4, 24), "2026-04-23 22:00"),
        ("Asia/Beirut", date(2026, 3, 29), "2026-03-28 22:00"),
        ("America/Havana", date(2026, 3, 8), "2026-03-08 05:00"),
    ],
)
def test_where_midnight_is_skipped_the_day_starts_an_hour_later(zone: str, day: date, starts: str) -> None:
    start = start_of_day(day, ZoneInfo(zone))

    assert start == utc(starts)
    assert wall(start, ZoneInfo(zone)) == datetime.combine(day, time(1))


def test_where_midnight_exists_twice_the_day_starts_at_the_first() -> None:
    havana = ZoneInfo("America/Havana")

    assert start_of_day(date(2026, 11, 1), havana) == utc("2026-11-01 04:00")
    assert start_of_day(date(2026, 11, 2), havana) - start_of_day(date(2026, 11, 1), havana) == timedelta(
        hours=25
    )


def test_the_answer_is_in_utc_so_that_differences_are_real() -> None:
    assert first_valid(date(2026, 7, 1), time(9), BERLIN).tzinfo is UTC


def test_a_bare_date_is_still_inside_its_own_day() -> None:
    assert end_of_day(date(2026, 10, 31), BERLIN) == utc("2026-10-31 22:59:59.999999")


@given(DAYS, st.times(), ZONES)
@examples(300)
def test_no_earlier_instant_shows_the_time_asked_for(day: date, at: time, zone: ZoneInfo) -> None:
    found = first_valid(day, at, zone)
    asked = datetime.combine(day, at)

    assert wall(found, zone) >= asked
    assert all(
        wall(found - back, zone) < asked for back in (INSTANT, timedelta(minutes=30), timedelta(hours=2))
    )


@given(DAYS, ZONES)
@examples(300)
def test_a_day_and_its_bounds_agree_in_every_zone(day: date, zone: ZoneInfo) -> None:
    start, end = start_of_day(day, zone), end_of_day(day, zone)

    assert local_date(start, zone) == local_date(end, zone) == day
    assert local_date(start - INSTANT, zone) == day - timedelta(days=1)
    assert timedelta(hours=22) < end - start < timedelta(hours=26)


@given(INSTANTS, st.integers(0, 6), st.times(), ZONES)
@examples(300)
def test_a_weekly_appointment_comes_once_in_every_calendar_week(
    after: datetime, weekday: int, at: time, zone: ZoneInfo
) -> None:
    first = next_weekly(after, weekday=weekday, at=at, zone=zone)
    second = next_weekly(first, weekday=weekday, at=at, zone=zone)

    assert after < first
    assert local_date(first, zone).weekday() == weekday
    assert days_between(first, second, zone) == 7
    assert first - after <= timedelta(days=7, hours=3)


def test_a_weekly_appointment_is_not_lost_where_midnight_is_skipped() -> None:
    santiago = ZoneInfo("America/Santiago")  # in 2026 the clocks skip 00:00 of Sunday 6 September
    due = next_weekly(utc("2026-09-01 12:00"), weekday=6, at=time(0), zone=santiago)

    assert due == utc("2026-09-06 04:00")
    assert next_weekly(due, weekday=6, at=time(0), zone=santiago) == utc("2026-09-13 03:00")


def test_a_weekly_appointment_in_the_repeated_hour_comes_once() -> None:
    first = next_weekly(utc("2026-10-24 12:00"), weekday=6, at=time(2, 30), zone=BERLIN)
    between = first + timedelta(minutes=30)

    assert first == utc("2026-10-25 00:30")
    assert next_weekly(between, weekday=6, at=time(2, 30), zone=BERLIN) == utc("2026-11-01 01:30")


def test_days_between_counts_dates_on_the_wall_not_hours() -> None:
    late, early = utc("2026-10-01 21:59"), utc("2026-10-02 22:01")  # 23:59 and, two dates later, 00:01

    assert days_between(late, early, BERLIN) == 2
    assert days_between(late, late, BERLIN) == 0
