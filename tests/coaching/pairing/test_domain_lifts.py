"""What a coach's learners gained beyond what anybody who started there gains."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.coaching.domain.lifts import FARTHEST, FEWEST_RATINGS, lifts, record
from bot.core.enums import Metric
from tests.support.properties import examples

OTHERS = [(0.1, 0.25), (0.2, 0.3), (0.3, 0.35), (0.4, 0.4), (0.5, 0.45)]
"""Who was low rises and who was high falls, all on one line, with nobody's help."""


def test_rising_as_all_rise_who_were_low_is_no_lift() -> None:
    told = lifts(Metric.WIN_RATE, [(0.1, 0.25), (0.5, 0.45)], OTHERS)

    assert told == pytest.approx((0.0, 0.0), abs=1e-9)


def test_a_lift_is_told_in_the_roles_own_spread() -> None:
    told = lifts(Metric.WIN_RATE, [(0.1, 0.35)], OTHERS)

    assert told == pytest.approx((0.1 / np.std([0.1, 0.1, 0.2, 0.3, 0.4, 0.5]),))


def test_where_fewer_are_better_a_fall_is_the_lift() -> None:
    days = [(before * 100, after * 100) for before, after in OTHERS]

    told = lifts(Metric.CYCLE_DAYS, [(10.0, 15.0)], days)

    assert told is not None and told[0] > 0


def test_without_others_to_compare_nothing_is_said() -> None:
    assert lifts(Metric.WIN_RATE, [(0.1, 0.9)], OTHERS[:4]) is None
    assert lifts(Metric.WIN_RATE, [(0.1, 0.9)], [(0.3, after) for _, after in OTHERS]) is None


@examples(40)
@given(st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1)), min_size=1, max_size=5))
def test_no_single_learner_counts_for_more_than_two_spreads(learners: list[tuple[float, float]]) -> None:
    told = lifts(Metric.WIN_RATE, learners, OTHERS)

    assert told is not None and len(told) == len(learners)
    assert all(abs(one) <= FARTHEST for one in told)


def test_a_mean_rating_is_shown_once_it_names_nobody() -> None:
    few, enough = (
        record(sessions=4, learners=2, minutes=100, ratings=ratings, lifted=())
        for ratings in ([1] * (FEWEST_RATINGS - 1), [5, 4, 3])
    )

    assert (few.mean_rating, few.ratings) == (None, FEWEST_RATINGS - 1)
    assert enough.mean_rating == 4
    assert enough.mean_lift is None
