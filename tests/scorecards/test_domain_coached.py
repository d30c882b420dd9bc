"""What of a coach's minutes counts."""

from datetime import date, timedelta

from bot.scorecards.domain.coached import CoachedSession, counted

MONDAY = date(2026, 10, 5)
ANA, BEN = 1, 2


def held(id: int, day: int, minutes: int, *, learner: int = ANA, confirmed: bool = True) -> CoachedSession:
    return CoachedSession(id, learner, MONDAY + timedelta(days=day), minutes, confirmed)


def test_thirteen_long_sessions_that_no_learner_confirmed_count_nothing() -> None:
    logged = [held(week, 7 * week, 480, confirmed=False) for week in range(13)]

    assert sum(counted(logged, since=MONDAY).values()) == 0


def test_a_pair_counts_for_two_hours_a_week_and_each_learner_has_their_own() -> None:
    sessions = [held(1, 0, 100), held(2, 1, 100), held(3, 2, 30), held(4, 2, 50, learner=BEN), held(5, 7, 60)]

    assert counted(sessions, since=MONDAY) == {1: 100, 2: 20, 3: 0, 4: 50, 5: 60}


def test_what_was_held_earlier_in_the_week_fills_it_up() -> None:
    sessions = [held(1, 0, 90), held(2, 3, 90)]

    assert counted(sessions, since=MONDAY + timedelta(days=2)) == {2: 30}
