"""When a learner is asked whether a commitment was kept."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from bot.calendar.wallclock import local_date
from bot.calendar.working_hours import WorkHours, next_open
from bot.coaching.domain.sessions import TOO_LATE, first_asked, is_changeable, when_to_ask
from tests.support.properties import examples

BERLIN = WorkHours(ZoneInfo("Europe/Berlin"))
MONDAY_NOON = datetime(2026, 11, 23, 11, tzinfo=UTC)


def test_a_commitment_due_on_friday_is_asked_about_on_monday_morning() -> None:
    assert first_asked(date(2026, 11, 20), hours=BERLIN) == datetime(2026, 11, 23, 8, tzinfo=UTC)


def test_who_was_asked_today_is_asked_tomorrow() -> None:
    asked = when_to_ask(MONDAY_NOON, hours=BERLIN, asked_today=True, now=MONDAY_NOON)

    assert asked == datetime(2026, 11, 24, 8, tzinfo=UTC)


def test_a_question_two_weeks_overdue_is_asked_no_more() -> None:
    assert when_to_ask(MONDAY_NOON, hours=BERLIN, asked_today=False, now=MONDAY_NOON + TOO_LATE) is None


def test_an_answer_may_change_for_seven_days() -> None:
    assert is_changeable(MONDAY_NOON, now=MONDAY_NOON + timedelta(days=7, seconds=-1))
    assert not is_changeable(MONDAY_NOON, now=MONDAY_NOON + timedelta(days=7))


@examples(50)
@given(
    hour=st.integers(0, 365 * 24),
    late=st.timedeltas(timedelta(), TOO_LATE),
    zone=st.sampled_from(["Asia/Bangkok", "Europe/Berlin", "America/New_York", "America/Santiago"]),
    asked_today=st.booleans(),
)
def test_nobody_is_asked_outside_their_hours_or_twice_a_day(
    hour: int, late: timedelta, zone: str, asked_today: bool
) -> None:
    hours = WorkHours(ZoneInfo(zone))
    due_at = MONDAY_NOON + timedelta(hours=hour)
    now = due_at + late

    asked = when_to_ask(due_at, hours=hours, asked_today=asked_today, now=now)

    if asked is not None:
        assert asked >= now
        assert next_open(hours, asked) == asked
        assert not asked_today or local_date(asked, hours.zone) > local_date(now, hours.zone)
