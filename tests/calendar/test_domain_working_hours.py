"""Claims about when a person can be spoken to."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from math import floor
from zoneinfo import ZoneInfo, available_timezones

from hypothesis import given
from hypothesis import strategies as st

from bot.calendar.working_hours import WorkHours, next_open, next_start
from tests.support.properties import examples

BERLIN = ZoneInfo("Europe/Berlin")
OFFICE = WorkHours(BERLIN)


def berlin(day: int, hour: int, minute: int = 0, *, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=BERLIN).astimezone(UTC)


def test_at_work_now_is_the_moment() -> None:
    assert next_open(OFFICE, berlin(10, 9)) == berlin(10, 9)
    assert next_open(OFFICE, berlin(10, 17, 59)) == berlin(10, 17, 59)


def test_before_and_after_hours_it_is_the_next_opening() -> None:
    assert next_open(OFFICE, berlin(10, 6)) == berlin(10, 9)
    assert next_open(OFFICE, berlin(10, 18)) == berlin(11, 9)


def test_a_weekend_a_holiday_and_leave_are_passed_over() -> None:
    away = replace(
        OFFICE, holidays=frozenset({date(2026, 11, 16)}), leave=((date(2026, 11, 17), date(2026, 11, 18)),)
    )

    assert next_open(away, berlin(13, 18)) == berlin(19, 9)  # Friday evening to Thursday


def test_do_not_disturb_is_waited_out() -> None:
    focus = replace(OFFICE, quiet=((berlin(10, 11), berlin(10, 12)), (berlin(10, 10), berlin(10, 11, 30))))

    assert next_open(focus, berlin(10, 10, 15)) == berlin(10, 12)
    assert next_open(focus, berlin(10, 9, 59)) == berlin(10, 9, 59)


def test_do_not_disturb_past_closing_time_means_the_next_day() -> None:
    assert next_open(replace(OFFICE, quiet=((berlin(10, 17), berlin(10, 20)),)), berlin(10, 17, 5)) == berlin(
        11, 9
    )


def test_the_hours_are_the_persons_own() -> None:
    tokyo = WorkHours(ZoneInfo("Asia/Tokyo"))

    assert next_open(tokyo, datetime(2026, 11, 10, 10, tzinfo=UTC)) == datetime(2026, 11, 11, 0, tzinfo=UTC)


def test_opening_follows_the_wall_clock_when_the_clocks_change() -> None:
    assert next_open(OFFICE, berlin(23, 18, month=10)) == datetime(2026, 10, 26, 8, tzinfo=UTC)
    assert next_open(OFFICE, berlin(22, 18, month=10)) == datetime(2026, 10, 23, 7, tzinfo=UTC)


def test_hours_that_open_in_a_gap_open_when_it_ends() -> None:
    night = WorkHours(BERLIN, opens=time(2, 30), closes=time(10), weekend=())

    assert next_open(night, datetime(2026, 3, 29, 0, tzinfo=UTC)) == datetime(2026, 3, 29, 1, tzinfo=UTC)


def test_a_night_shift_runs_into_the_next_day() -> None:
    night = replace(OFFICE, opens=time(22), closes=time(6))

    assert next_open(night, berlin(14, 3)) == berlin(14, 3)  # Saturday, in Friday's shift
    assert next_open(night, berlin(14, 6)) == berlin(16, 22)


def test_who_never_works_has_no_next_hour() -> None:
    assert next_open(replace(OFFICE, weekend=tuple(range(7))), berlin(10, 9)) is None
    assert (
        next_start(replace(OFFICE, leave=((date(2026, 1, 1), date(2030, 1, 1)),)), date(2026, 11, 10)) is None
    )


def test_the_start_of_work_is_on_the_day_itself_or_the_next_working_one() -> None:
    assert next_start(OFFICE, date(2026, 11, 10)) == berlin(10, 9)
    assert next_start(OFFICE, date(2026, 11, 14)) == berlin(16, 9)


MICROSECOND = timedelta(microseconds=1)
ZONES = st.sampled_from(sorted(available_timezones())).map(ZoneInfo)
NOVEMBER = st.dates(date(2026, 10, 20), date(2026, 11, 30))
MOMENTS = st.datetimes(datetime(2026, 10, 20), datetime(2026, 11, 20), timezones=st.just(UTC))  # noqa: DTZ001
STRETCHES = st.tuples(MOMENTS, st.timedeltas(timedelta(), timedelta(days=3))).map(
    lambda one: (one[0], one[0] + one[1])
)
ALL_HOURS = st.builds(
    WorkHours,
    zone=ZONES,
    opens=st.builds(time, st.integers(6, 11)),
    closes=st.builds(time, st.integers(12, 22)),
    holidays=st.frozensets(NOVEMBER, max_size=4),
    leave=st.lists(st.tuples(NOVEMBER, st.integers(0, 9)), max_size=2).map(
        lambda spans: tuple((first, first + timedelta(days=n)) for first, n in spans)
    ),
    quiet=st.lists(STRETCHES, max_size=3).map(tuple),
)


def is_free(hours: WorkHours, moment: datetime) -> bool:
    """By the wall and the calendar alone, for hours within a day."""
    wall = moment.astimezone(hours.zone)
    day = wall.date()
    at_work = hours.opens <= wall.time() < hours.closes and day.weekday() not in hours.weekend
    away = day in hours.holidays or any(first <= day <= last for first, last in hours.leave)
    return at_work and not away and not any(start <= moment < end for start, end in hours.quiet)


@given(ALL_HOURS, MOMENTS, st.lists(st.floats(0, 0.999), min_size=12, max_size=12))
@examples(200)
def test_the_moment_found_is_free_and_none_before_it_is(
    hours: WorkHours, now: datetime, parts: list[float]
) -> None:
    found = next_open(hours, now)

    assert found is not None and found >= now
    assert is_free(hours, found)
    before = ((found - now) // MICROSECOND * part for part in parts if found > now)
    assert not any(is_free(hours, now + floor(ticks) * MICROSECOND) for ticks in before)
