"""Did the coaching work, and how surely can that be said."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from bot.coaching.domain.effect import Effect, Lack, Missing, effect
from bot.coaching.domain.observations import Observation, Seen, comparison, window
from bot.core.enums import Metric
from tests.simulate.effect import Design, run

Figures = list[tuple[float, float]]

COACHED: Figures = [(0.20, 0.30), (0.25, 0.32), (0.22, 0.35), (0.18, 0.26), (0.30, 0.38)]
OTHERS: Figures = [(0.28, 0.29), (0.35, 0.33), (0.40, 0.41), (0.22, 0.23), (0.31, 0.30), (0.26, 0.28)]


def observed(
    coached: list[tuple[float, float]], others: list[tuple[float, float]], weeks: int = 13
) -> list[Observation]:
    return [
        Observation(rep, before, after, rep < len(coached), weeks)
        for rep, (before, after) in enumerate([*coached, *others])
    ]


def lacks(told: Effect) -> set[tuple[Lack, int, int]]:
    return {(missing.lack, missing.have, missing.need) for missing in told.missing}


def test_the_difference_is_the_regressions_coefficient() -> None:
    told = effect(Metric.WIN_RATE, observed(COACHED, OTHERS))

    before, after = np.array([*COACHED, *OTHERS]).T
    design = np.column_stack([np.ones(11), before, np.arange(11) < 5])
    expected = np.linalg.lstsq(design, after)[0]
    # HC3, written out observation by observation
    bread = np.linalg.inv(design.T @ design)
    meat = np.zeros((3, 3))
    for row, y in zip(design, after, strict=True):
        error = (y - row @ expected) / (1 - row @ bread @ row)
        meat += error**2 * np.outer(row, row)
    margin = 2.306004135 * np.sqrt(
        (bread @ meat @ bread)[2, 2]
    )  # the 97.5% quantile of t with 8 degrees of freedom

    assert told.enough
    assert told.difference == pytest.approx(expected[2])
    assert told.interval == pytest.approx((expected[2] - margin, expected[2] + margin))
    assert (told.learners, told.comparison) == (5, 6)


def test_fewer_days_are_better() -> None:
    rate, days = (
        effect(metric, observed(COACHED, OTHERS)) for metric in (Metric.WIN_RATE, Metric.CYCLE_DAYS)
    )

    assert rate.difference and days.difference and rate.interval and days.interval
    assert days.difference == -rate.difference
    assert days.interval == pytest.approx((-rate.interval[1], -rate.interval[0]))


def test_with_too_few_reps_it_says_how_many_are_missing() -> None:
    told = effect(Metric.WIN_RATE, observed(COACHED[:4], OTHERS[:3]))

    assert not told.enough
    assert told.difference is None and told.interval is None
    assert lacks(told) == {(Lack.COACHED, 4, 5), (Lack.UNCOACHED, 3, 5)}


def test_before_four_weeks_have_passed_it_waits() -> None:
    told = effect(Metric.WIN_RATE, observed(COACHED, OTHERS, weeks=3))

    assert lacks(told) == {(Lack.COACHED, 0, 5), (Lack.UNCOACHED, 0, 5), (Lack.WEEKS, 3, 4)}
    assert effect(Metric.WIN_RATE, observed(COACHED, OTHERS, weeks=4)).enough


def test_a_late_starter_does_not_hold_up_the_others() -> None:
    late = Observation(99, 0.2, 0.9, True, 1)

    told = effect(Metric.WIN_RATE, [*observed(COACHED, OTHERS), late])

    assert told == effect(Metric.WIN_RATE, observed(COACHED, OTHERS))


def test_where_only_the_coached_were_low_nothing_compares_them() -> None:
    told = effect(Metric.WIN_RATE, observed([(0.1, 0.3)] * 5, [(0.5, 0.5)] * 5))

    assert told.missing == (Missing(Lack.OVERLAP, 0, 1),)


def test_where_all_began_alike_the_means_are_compared() -> None:
    told = effect(
        Metric.WIN_RATE,
        observed([(0.2, after) for _, after in COACHED], [(0.2, after) for _, after in OTHERS[:5]]),
    )

    means = [float(np.mean([after for _, after in pairs[:5]])) for pairs in (COACHED, OTHERS)]
    assert told.difference == pytest.approx(means[0] - means[1])


def test_the_cost_stands_beside_it_even_where_the_effect_cannot_be_told() -> None:
    assert effect(Metric.WIN_RATE, [], cost=120.0).cost == 120.0


@pytest.mark.parametrize("true", [0.0, 0.05])
def test_the_interval_holds_the_truth_about_as_often_as_it_says(true: float) -> None:
    rng = np.random.default_rng(17)
    held = 0
    for _ in range(2000):
        ability = rng.normal(0.3, 0.08, 40)
        before = ability + rng.normal(0, 0.05, 40)
        low = np.argsort(before + rng.normal(0, 0.08, 40))[:12]  # coaches are given to those who seem low
        coached = np.isin(np.arange(40), low)
        noise = np.where(coached, 0.07, 0.04)
        after = ability + true * coached + rng.normal(0, noise)
        rows = zip(before.tolist(), after.tolist(), coached.tolist(), strict=True)
        told = effect(Metric.WIN_RATE, [Observation(rep, *row, 13) for rep, row in enumerate(rows)])
        assert told.interval
        held += told.interval[0] <= true <= told.interval[1]

    assert 0.93 <= held / 2000 <= 0.97


@pytest.mark.parametrize(
    ("today", "after"),
    [
        (date(2026, 9, 10), (date(2026, 9, 14), date(2026, 9, 14))),
        (date(2026, 9, 27), (date(2026, 9, 14), date(2026, 9, 21))),
        (date(2026, 9, 28), (date(2026, 9, 14), date(2026, 9, 28))),
        (date(2027, 6, 1), (date(2026, 9, 14), date(2026, 12, 14))),
    ],
)
def test_the_window_is_whole_weeks_on_either_side_of_the_first_sessions_week(
    today: date, after: tuple[date, date]
) -> None:
    told = window(date(2026, 9, 9), today)  # a Wednesday

    assert told.before == (date(2026, 6, 8), date(2026, 9, 7))
    assert told.after == after
    assert told.weeks_after == (after[1] - after[0]).days / 7


def test_a_rep_who_was_not_coached_counts_once_however_many_windows() -> None:
    told = comparison(4, [seen(0, 0.2, 0.3), seen(0, 0.4, 0.5)])

    assert (told.rep, told.coached, told.weeks_after) == (4, False, 13)
    assert [told.before, told.after] == pytest.approx([0.3, 0.4])


def seen(week: int, before: float, after: float, learners: int = 1, trials: float = 40) -> Seen:
    weeks = window(date(2026, 3, 2) + timedelta(weeks=week), date(2027, 6, 1))
    return Seen(weeks, before, after, (trials, trials), learners)


def test_a_window_weighs_as_much_as_learners_began_in_it() -> None:
    told = comparison(4, [seen(0, 0.2, 0.3, learners=9), seen(13, 0.4, 0.5)])

    assert [told.before, told.after] == pytest.approx([0.22, 0.32])


def test_windows_apart_rest_on_more_trials_than_windows_that_share_their_days() -> None:
    same, apart = (comparison(4, [seen(0, 0.2, 0.3), seen(gap, 0.2, 0.3)]).trials for gap in (0, 13))

    assert same == pytest.approx((40, 40))
    assert apart == pytest.approx((80, 80))


def test_where_all_rest_on_the_same_trials_the_evidence_changes_hardly_anything() -> None:
    plain = observed(COACHED, OTHERS)
    counted = [replace(one, trials=(50.0, 50.0)) for one in plain]

    assert effect(Metric.WIN_RATE, counted).interval == pytest.approx(
        effect(Metric.WIN_RATE, plain).interval, abs=0.01
    )


def test_where_all_showed_the_very_same_nothing_sounds_sure() -> None:
    told = effect(Metric.WIN_RATE, observed([(0.2, 0.3)] * 5, [(0.2, 0.3)] * 6))

    assert told.interval is None
    assert told.missing == (Missing(Lack.SPREAD, 0, 1),)


@pytest.mark.parametrize(
    "design",
    [
        Design("a season, most begin together", season=0.12, starts=(0, 13, 26), together=0.7, true=0.0),
        Design("uneven volumes, chosen low", uneven=1.0, seen=0.0, true=0.0),
    ],
    ids=lambda design: design.title,
)
def test_a_season_or_uneven_volumes_make_no_effect(design: Design) -> None:
    [found] = run(250, (design,))

    assert found.holds
    assert abs(found.bias) <= 0.008
