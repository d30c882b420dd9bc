"""Claims about the days that are worked and who was there."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from bot.calendar.periods import Period, parse, week
from bot.calendar.working_hours import WEEKEND, Leave, Presence, is_workday, presence
from tests.support.properties import examples

BERLIN = ZoneInfo("Europe/Berlin")
AFTERWARDS = datetime(2026, 12, 31, tzinfo=UTC)
OCTOBER = parse("2026-10", now=AFTERWARDS, zone=BERLIN)
WEEK = week("2026-W46", BERLIN)
HOLIDAY = date(2026, 11, 11)


def present(
    period: Period,
    *,
    holidays: frozenset[date] = frozenset(),
    leave: tuple[Leave, ...] = (),
    started_on: date | None = None,
    ended_on: date | None = None,
    as_of: datetime = AFTERWARDS,
    weekend: tuple[int, ...] = WEEKEND,
) -> Presence:
    return presence(
        period,
        holidays=holidays,
        leave=leave,
        started_on=started_on,
        ended_on=ended_on,
        as_of=as_of,
        weekend=weekend,
    )


def test_october_2026_has_22_working_days() -> None:
    assert present(OCTOBER) == Presence(days=31, working=22, present=22)


def test_a_holiday_is_worked_by_nobody() -> None:
    assert present(WEEK, holidays=frozenset({HOLIDAY})) == Presence(days=7, working=4, present=4)


def test_leave_takes_its_first_and_its_last_day_from_the_rep_alone() -> None:
    monday_to_tuesday = (date(2026, 11, 9), date(2026, 11, 10))

    assert present(WEEK, leave=(monday_to_tuesday,)) == Presence(days=7, working=5, present=3)


def test_leave_on_a_weekend_or_holiday_takes_nothing_twice() -> None:
    away = ((date(2026, 11, 11), date(2026, 11, 15)), (date(2026, 11, 12), date(2026, 11, 12)))

    assert present(WEEK, leave=away, holidays=frozenset({HOLIDAY})).present == 2


def test_a_rep_is_there_from_the_first_day_to_the_last_both_included() -> None:
    assert present(WEEK, started_on=date(2026, 11, 10), ended_on=date(2026, 11, 12)).present == 3


def test_a_running_week_counts_the_days_so_far_with_today() -> None:
    tuesday_noon = datetime(2026, 11, 10, 12, tzinfo=UTC)

    assert present(WEEK, as_of=tuesday_noon) == Presence(days=2, working=2, present=2)


def test_a_weekend_can_fall_on_other_days() -> None:
    friday_and_saturday = (4, 5)

    there = present(WEEK, holidays=frozenset({date(2026, 11, 15)}), weekend=friday_and_saturday)

    assert there == Presence(days=7, working=4, present=4)


NOVEMBER_DAYS = st.dates(date(2026, 11, 1), date(2026, 11, 30))
SPANS = st.tuples(NOVEMBER_DAYS, NOVEMBER_DAYS)


@given(st.frozensets(NOVEMBER_DAYS), st.lists(SPANS, max_size=3).map(tuple))
@examples(100)
def test_nobody_is_present_on_more_days_than_were_worked(
    holidays: frozenset[date], leave: tuple[Leave, ...]
) -> None:
    november = parse("2026-11", now=AFTERWARDS, zone=BERLIN)
    there = present(november, holidays=holidays, leave=leave)

    assert 0 <= there.present <= there.working <= there.days == 30
    assert there.working == sum(is_workday(day, holidays=holidays) for day in november.dates())
