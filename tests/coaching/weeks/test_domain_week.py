"""When a team's week begins, and how long a proposal stands."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from bot.calendar.working_hours import WorkHours
from bot.coaching.domain.week import begins, lapses_at, last_day_to_answer, next_begin

BERLIN = ZoneInfo("Europe/Berlin")
EASTER = frozenset({date(2026, 4, 3), date(2026, 4, 6)})
NINE = time(9)


def at(day: date, hour: int) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=BERLIN).astimezone(UTC)


def test_a_week_begins_on_its_first_working_day() -> None:
    assert begins(date(2026, 4, 6), NINE, BERLIN, EASTER) == at(date(2026, 4, 7), 9)


def test_a_week_of_holidays_has_no_beginning_and_the_next_one_follows() -> None:
    holidays = frozenset(date(2026, 4, day) for day in range(6, 11))

    assert begins(date(2026, 4, 6), NINE, BERLIN, holidays) is None
    assert next_begin(at(date(2026, 4, 2), 9), NINE, BERLIN, holidays) == at(date(2026, 4, 13), 9)


def test_a_proposal_of_monday_stands_until_wednesday_evening() -> None:
    lapses = lapses_at(at(date(2026, 11, 23), 9), WorkHours(BERLIN))

    assert lapses == at(date(2026, 11, 26), 9)
    assert last_day_to_answer(lapses, BERLIN) == date(2026, 11, 25)


def test_weekends_holidays_and_leave_are_nobodys_days_to_answer() -> None:
    learner = WorkHours(BERLIN, holidays=EASTER, leave=((date(2026, 4, 7), date(2026, 4, 7)),))

    assert lapses_at(at(date(2026, 4, 2), 15), learner) == at(date(2026, 4, 10), 9)
