"""A company that closes by the calendar: what its earlier quarters tell of this one."""

import numpy as np
import pytest

from bot.pipeline.domain.forecast import Look, OpenDeal, Past, forecast, look, season
from bot.pipeline.domain.win_curves import Course, expected_within

CALM = [Look(won, 20, 15) for won in (18, 23, 20, 17, 22, 21, 19, 24, 20, 16, 21)]
WILD = [Look(won, 20, 15) for won in (5, 40, 8, 38, 6, 35, 9, 41, 7, 36, 10)]
COURSES = tuple(Course(-1, age, won=age % 3 != 0) for age in range(10, 70)) * 2
DEALS = [OpenDeal(n, 20, 1_000.0) for n in range(1, 41)]


def drawn(looks: list[Look]) -> np.ndarray:
    return season(looks, 28, np.random.default_rng(1), 4_000)


def middle_and_width(looks: list[Look]) -> tuple[float, float]:
    told = forecast(Past(COURSES, looks=tuple(looks)), DEALS, won=0.0, days=28, seed=1)
    assert told.expected is not None and told.interval is not None
    return told.expected, told.interval[1] - told.interval[0]


@pytest.mark.parametrize("looks", [[], CALM, WILD[:2], [*CALM, Look(60, 20, 15, same_place=True)]])
def test_where_the_year_went_no_further_apart_than_chance_ages_say_it_all(looks: list[Look]) -> None:
    assert (drawn(looks) == 1).all()
    assert middle_and_width(looks) == middle_and_width([])


def test_the_same_place_of_earlier_quarters_moves_the_middle_and_widens_the_interval() -> None:
    late = [Look(won, 20, 15, same_place=True) for won in (36, 44, 40)]

    assert np.median(drawn([*WILD, *late])) == pytest.approx(2.0, rel=0.05)
    assert middle_and_width([*WILD, *late])[0] > middle_and_width([])[0]
    assert middle_and_width([*WILD, *late])[1] > middle_and_width([])[1]


def test_before_the_first_quarter_is_over_a_wild_year_is_believed_to_be_wild() -> None:
    assert np.median(drawn(WILD)) == pytest.approx(1, abs=0.35)
    assert np.quantile(drawn(WILD), 0.9) > 1.5


def test_one_quarter_far_from_the_others_leaves_more_open_than_three_alike() -> None:
    alike = [Look(won, 20, 15, same_place=True) for won in (38, 40, 42)]
    unlike = [Look(won, 20, 15, same_place=True) for won in (10, 40, 90)]

    def width(looks: list[Look]) -> float:
        low, high = np.quantile(drawn([*WILD, *looks]), (0.1, 0.9))
        return float(high / low)

    assert width(unlike) > width(alike)


def test_a_look_counts_what_ages_let_expect() -> None:
    curve = expected_within(COURSES)
    chance = float(curve.within(20, 28)[0])

    told = look(curve, {20: 3}, 2, 28)

    assert (told.won, told.same_place) == (2, False)
    assert (told.expected, told.variance) == pytest.approx((3 * chance, 3 * chance * (1 - chance)))
