"""When two people can meet, by both their clocks."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.calendar.working_hours import WorkHours, open_between
from bot.coaching.domain.meetings import LENGTH, ask_about, ask_about_going_on, propose
from tests.support.properties import examples

BERLIN, NEW_YORK, KOLKATA, TOKYO = map(
    ZoneInfo, ("Europe/Berlin", "America/New_York", "Asia/Kolkata", "Asia/Tokyo")
)


def at(zone: ZoneInfo, day: int, hour: int, minute: int = 0, *, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=zone).astimezone(UTC)


def test_the_first_free_half_hour_of_both_is_proposed() -> None:
    found = propose(
        WorkHours(BERLIN), WorkHours(BERLIN), since=at(BERLIN, 16, 10, 10), until=at(BERLIN, 23, 0)
    )

    assert found == at(BERLIN, 16, 10, 30)


def test_across_the_ocean_it_is_the_afternoon_of_one_and_the_morning_of_the_other() -> None:
    found = propose(WorkHours(BERLIN), WorkHours(NEW_YORK), since=at(BERLIN, 16, 9), until=at(BERLIN, 23, 0))

    assert found == at(NEW_YORK, 16, 9) == at(BERLIN, 16, 15)


@pytest.mark.parametrize(
    ("month", "day", "berlin"),
    [
        (10, 23, 15),
        (10, 26, 14),
        (11, 2, 15),
    ],  # Europe leaves summer time on 25 October, America on 1 November
)
def test_in_the_week_between_the_two_clock_changes_it_is_an_hour_earlier(
    month: int, day: int, berlin: int
) -> None:
    since = at(BERLIN, day, 0, month=month)

    found = propose(WorkHours(BERLIN), WorkHours(NEW_YORK), since=since, until=since + timedelta(days=1))

    assert found == at(NEW_YORK, day, 9, month=month) == at(BERLIN, day, berlin, month=month)


def test_half_hours_are_those_of_the_learners_clock() -> None:
    found = propose(
        WorkHours(TOKYO), WorkHours(KOLKATA), since=at(KOLKATA, 16, 9, 7), until=at(KOLKATA, 17, 0)
    )

    assert found == at(KOLKATA, 16, 9, 30)


def test_lunch_is_left_alone_where_another_hour_is_free() -> None:
    lunch_since = at(BERLIN, 16, 11, 45)
    only_lunch = WorkHours(BERLIN, opens=time(12), closes=time(13))

    assert propose(WorkHours(BERLIN), WorkHours(BERLIN), since=lunch_since, until=at(BERLIN, 17, 0)) == at(
        BERLIN, 16, 13
    )
    assert propose(WorkHours(BERLIN), only_lunch, since=lunch_since, until=at(BERLIN, 17, 0)) == at(
        BERLIN, 16, 12
    )


def test_a_coach_is_not_booked_twice() -> None:
    taken = [at(BERLIN, 16, 9), at(BERLIN, 16, 9, 45)]

    found = propose(
        WorkHours(BERLIN), WorkHours(BERLIN), since=at(BERLIN, 16, 8), until=at(BERLIN, 17, 0), taken=taken
    )

    assert found == at(BERLIN, 16, 10, 30)


def test_who_shares_no_hours_gets_no_proposal() -> None:
    assert (
        propose(WorkHours(TOKYO), WorkHours(NEW_YORK), since=at(TOKYO, 16, 9), until=at(TOKYO, 20, 0)) is None
    )


def test_leave_and_holidays_are_left_in_peace() -> None:
    away = WorkHours(BERLIN, leave=((date(2026, 11, 16), date(2026, 11, 17)),))
    celebrates = WorkHours(BERLIN, holidays=frozenset({date(2026, 11, 18)}))

    found = propose(away, celebrates, since=at(BERLIN, 16, 8), until=at(BERLIN, 23, 0))

    assert found == at(BERLIN, 19, 9)


def test_the_learner_is_asked_when_work_begins_on_the_day_after() -> None:
    assert ask_about(at(BERLIN, 17, 15), WorkHours(BERLIN)) == at(BERLIN, 18, 9)
    assert ask_about(at(BERLIN, 20, 15), WorkHours(BERLIN)) == at(BERLIN, 23, 9)


def test_in_the_fourth_week_they_are_asked_on_thursday_at_the_latest() -> None:
    monday, works = at(BERLIN, 16, 0), WorkHours(BERLIN)

    assert ask_about_going_on(at(BERLIN, 17, 9), monday, works) == at(BERLIN, 17, 9)
    assert ask_about_going_on(at(BERLIN, 23, 9), monday, works) == at(BERLIN, 19, 9)
    assert ask_about_going_on(None, monday, works) == at(BERLIN, 19, 9)


NEW_YEAR = datetime(2026, 1, 1, tzinfo=UTC)
zones = st.sampled_from([BERLIN, NEW_YORK, KOLKATA, TOKYO, ZoneInfo("America/Santiago")])
hours = st.builds(
    WorkHours,
    zone=zones,
    opens=st.sampled_from([time(8), time(9, 15)]),
    closes=st.sampled_from([time(17), time(1)]),
)


@examples(60)
@given(hours, hours, st.integers(0, 365 * 24 * 60).map(lambda minutes: NEW_YEAR + timedelta(minutes=minutes)))
def test_a_proposal_is_always_within_the_working_hours_of_both(
    coach: WorkHours, learner: WorkHours, since: datetime
) -> None:
    until = since + timedelta(days=5)

    found = propose(coach, learner, since=since, until=until)

    if found is not None:
        assert since <= found < until
        assert found.astimezone(learner.zone).minute in (0, 30)
        for one in (coach, learner):
            assert any(
                opens <= found and found + LENGTH <= closes
                for opens, closes in open_between(one, since, until)
            )
