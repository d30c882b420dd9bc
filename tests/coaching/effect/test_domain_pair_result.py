"""A pair's result: from when it counts, and how often chance alone is taken for coaching."""

from datetime import date, timedelta

import pytest

from bot.coaching.domain.cycles import PastPair
from bot.coaching.domain.observations import Observation
from bot.coaching.domain.pair_result import Run, Side, result, runs
from bot.core.enums import Metric, PairingStatus
from bot.scorecards.domain.verdict import Verdict
from tests.simulate.pair_results import Design, told

MONDAY = date(2026, 11, 2)
WEEK = timedelta(weeks=1)


def pair(week: int, status: PairingStatus = PairingStatus.MET, coach: int = 1) -> PastPair:
    return PastPair(MONDAY + week * WEEK, coach, 2, Metric.WIN_RATE, status)


def observed(rep: int, before: float, after: float) -> Observation:
    return Observation(rep, before, after, rep == 9, 4, (40.0, 20.0))


def test_going_on_is_the_same_run_and_coming_back_after_a_rest_a_new_one() -> None:
    weeks = [pair(week) for week in (*range(8), 12, 13)]

    assert [one.began for one in runs(weeks)] == [MONDAY, MONDAY + 12 * WEEK]


def test_a_run_begins_with_the_first_week_that_both_agreed_to() -> None:
    asked = [pair(0, PairingStatus.LAPSED), pair(1, PairingStatus.DECLINED), pair(2), pair(3)]

    assert runs(asked) == [Run((1, 2), MONDAY + 2 * WEEK, Metric.WIN_RATE)]
    assert runs([pair(0, PairingStatus.PROPOSED)]) == []


def test_the_weeks_since_are_as_long_before_daylight_saving_as_after() -> None:
    """Mondays and not hours are counted."""
    run = Run((1, 2), date(2026, 10, 19), Metric.WIN_RATE)

    assert run.window(4).after == (date(2026, 10, 19), date(2026, 11, 16))
    assert run.window(13).before == (date(2026, 7, 20), date(2026, 10, 19))


def test_the_sign_of_a_verdict_is_that_of_the_figures_beside_each_other() -> None:
    others = [observed(rep, 0.4 + rep / 50, 0.4 + rep / 60) for rep in range(6)]

    for after in (0.05, 0.3, 0.45, 0.9):
        found = result(Metric.WIN_RATE, Side(0.2), Side(after), observed(9, 0.2, after), others)
        assert found.without is not None and found.above is not None
        assert (after > found.without) == (found.above > 0.5)


def test_fewer_than_five_without_a_coach_tell_nothing() -> None:
    others = [observed(rep, 0.4, 0.35 + rep / 20) for rep in range(4)]

    found = result(Metric.WIN_RATE, Side(0.2), Side(0.9), observed(9, 0.2, 0.9), others)

    assert found.judged.verdict is Verdict.CANNOT_TELL and found.judged.certainty is None


def test_where_the_learner_started_beyond_all_others_medians_are_not_drawn_on_into_the_blue() -> None:
    others = [Observation(rep, 20.0 + rep, 20.0 + rep % 3, False, 4) for rep in range(6)]
    learner = Observation(9, 60.0, 40.0, True, 4)

    assert result(Metric.CYCLE_DAYS, Side(60.0), Side(40.0), learner, others).above is None


@pytest.mark.parametrize("others", [5, 9, 30])
def test_where_coaching_does_nothing_chance_is_taken_for_it_no_oftener_than_promised(others: int) -> None:
    found = told(Design(others, 25, 0.0), runs=500)

    assert found[Verdict.BETTER] / 500 <= 0.22 and found[Verdict.WORSE] / 500 <= 0.25
    assert told(Design(others, 80, 0.2), runs=200)[Verdict.BETTER] / 200 > 0.75
