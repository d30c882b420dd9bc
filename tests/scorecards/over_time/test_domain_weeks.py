"""A team's figure moved where chance alone would hardly show it, and not where weeks differ anyway."""

from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np
import pytest

from bot.core.enums import Metric
from bot.scorecards.domain.definitions.counting import Measure
from bot.scorecards.domain.over_time import Line, Week, line, pooled
from bot.scorecards.domain.verdict import Verdict

FIRST = date(2026, 8, 17)


def weeks(counts: Sequence[float | None], of: float | None = 40) -> list[Week]:
    return [
        Week(FIRST + timedelta(weeks=n), None if one is None else one / (of or 1), one, of)
        for n, one in enumerate(counts)
    ]


def judged(
    counts: Sequence[float | None], metric: Metric = Metric.WIN_RATE, of: float | None = 40
) -> Verdict:
    return line(metric, weeks(counts, of)).judged.verdict


def test_a_clear_turn_is_told_and_its_levels_are_over_all_weeks_of_a_side() -> None:
    found = line(Metric.WIN_RATE, weeks([12] * 9 + [20] * 4))
    assert found.judged.verdict is Verdict.BETTER
    assert (found.before, found.last) == (12 / 40, 20 / 40)
    assert judged([20] * 9 + [12] * 4) is Verdict.WORSE


def test_weeks_that_differ_anyway_hide_a_small_turn() -> None:
    """The same levels on both sides as a turn that is told where weeks agree."""
    assert judged([14] * 9 + [20] * 4) is Verdict.BETTER
    assert judged([2, 26, 2, 26, 14, 2, 26, 2, 26, 34, 6, 34, 6]) is Verdict.CANNOT_TELL


@pytest.mark.parametrize(
    ("counts", "verdict"),
    [
        ([None] * 13, Verdict.NO_DATA),
        ([None] * 7 + [12, 12] + [40] * 4, Verdict.CANNOT_TELL),
        ([12] * 9 + [None, None, 40, 40], Verdict.CANNOT_TELL),
        ([0] * 13, Verdict.CANNOT_TELL),
        ([40] * 13, Verdict.CANNOT_TELL),
    ],
)
def test_too_few_weeks_and_nothing_to_tell_apart_make_no_verdict(
    counts: Sequence[float | None], verdict: Verdict
) -> None:
    assert judged(counts) is verdict


def test_shares_of_money_are_told_without_a_verdict() -> None:
    found: Line = line(Metric.NET_RETENTION, weeks([90] * 9 + [110] * 4, 100))
    assert (found.judged.verdict, found.last) == (Verdict.CANNOT_TELL, 1.1)


def test_a_total_is_what_a_week_brings() -> None:
    found = line(
        Metric.COACHING_MINUTES, [Week(FIRST, value) for value in [10.0] * 5 + [12.0] * 4 + [60.0] * 4]
    )
    assert found.before == pytest.approx(98 / 9)
    assert (found.last, found.judged.verdict) == (60, Verdict.BETTER)


def test_a_role_is_the_sum_of_its_reps() -> None:
    told = [
        Measure(Metric.WIN_RATE, 0.5, 1, 2),
        Measure(Metric.WIN_RATE, 0.25, 2, 8),
        Measure(Metric.WIN_RATE, None, 0, 0),
    ]
    assert pooled(Metric.WIN_RATE, FIRST, told) == Week(FIRST, 0.3, 3, 10)


@pytest.mark.parametrize("size", [3, 10, 40])
def test_by_chance_one_figure_in_twelve_moves(size: int) -> None:
    """As the message says: of 1,500 figures that never change."""
    dice, moved = np.random.default_rng(7), 0
    for _ in range(1_500):
        of = np.maximum(dice.poisson(size, 13), 1)
        won = dice.binomial(of, 0.3)
        figures = [Week(FIRST, float(k / n), float(k), float(n)) for k, n in zip(won, of, strict=True)]
        moved += line(Metric.WIN_RATE, figures).judged.is_told
    assert 0.04 <= moved / 1_500 <= 0.11
