"""What a score is made of: weighted sums of z, on the scale of the whole role."""

import numpy as np
import pytest

from bot.core.enums import Metric
from bot.scorecards.domain.inference.priors import History
from bot.scorecards.domain.league import place
from bot.scorecards.domain.ranking import rank
from tests.scorecards.ranking.ranked import RATE_ALONE, ids, top
from tests.support.reps import ae, aes, qualifiers, sdr, sdrs


def test_the_score_is_the_weighted_sum_of_z() -> None:
    rows = [sdr(0, 12, 40, calls=300), sdr(1, 20, 40, calls=310), sdr(2, 9, 50, calls=250)]

    ranking = rank(sdrs(*rows), seed=1)

    for row in ranking.reps:
        z = row.z
        expected = (
            0.30 * z[Metric.LEADS_PER_MONTH]
            + 0.45 * z[Metric.QUALIFIED_RATE]
            + 0.25 * z[Metric.QUALIFICATION_EFFICIENCY]
        )
        assert row.score == pytest.approx(expected)


def test_z_counts_from_the_median_estimate_in_standard_deviations_of_the_raw_values() -> None:
    ranking = rank(qualifiers([(10, 50), (20, 50), (40, 50)]), seed=1)

    values = {row.rep: row.estimates[Metric.QUALIFIED_RATE].value or 0.0 for row in ranking.reps}
    deviation = float(np.std([0.2, 0.4, 0.8]))
    by_rep = {row.rep: row.z[Metric.QUALIFIED_RATE] for row in ranking.reps}
    assert by_rep[2] == pytest.approx((values[2] - values[1]) / deviation)
    assert by_rep[1] == 0
    assert by_rep[0] == pytest.approx((values[0] - values[1]) / deviation)


def test_days_count_the_other_way_round() -> None:
    rows = [ae(rep, 4, 4, days=(base, base + 4, base + 8, base + 2)) for rep, base in enumerate((10, 20, 30))]

    ranking = rank(aes(*rows), seed=1, weights={Metric.CYCLE_DAYS: 1.0})

    assert ids(ranking.reps) == [0, 1, 2]


def test_a_rep_without_any_figure_that_counts_is_not_ranked() -> None:
    rows = [sdr(0, 30, 60, calls=9), sdr(1, 18, 60, calls=9), sdr(2, 18, 70, calls=9), sdr(3, 0, 0)]

    ranking = rank(sdrs(*rows), seed=1, weights=RATE_ALONE)

    assert ids(ranking.reps)[-1] == 3
    assert ranking.reps[-1].score is None
    assert place(ranking, 3) is None


def test_a_metric_that_nobody_has_leaves_and_the_others_share_its_weight() -> None:
    weights = {Metric.QUALIFIED_RATE: 0.45, Metric.EFFECTIVE_RATE: 0.55}
    evidence = qualifiers([(30, 60), (18, 60), (20, 60)])

    with_absent = rank(evidence, seed=1, weights=weights)
    alone = rank(evidence, seed=1, weights=RATE_ALONE)

    assert [row.score for row in with_absent.reps] == pytest.approx([row.score for row in alone.reps])


def test_a_rep_lacking_one_metric_is_taken_for_a_rep_of_the_prior() -> None:
    rows = [sdr(0, 30, 60, calls=600), sdr(1, 18, 60, calls=600), sdr(2, 20, 60, calls=600), sdr(3, 22, 60)]

    ranking = rank(sdrs(*rows), seed=1)

    lacking = next(row for row in ranking.reps if row.rep == 3)
    assert lacking.score is not None
    assert lacking.estimates[Metric.QUALIFICATION_EFFICIENCY].value is None
    assert Metric.QUALIFICATION_EFFICIENCY not in lacking.z


def test_a_team_is_ranked_on_the_scale_of_the_whole_role() -> None:
    evidence = qualifiers([(30, 60), (18, 60), (20, 60), (50, 60), (2, 60), (25, 60)])

    whole = rank(evidence, seed=1)
    team = rank(evidence, seed=1, team={0, 1, 2})

    scores = {row.rep: row.score for row in whole.reps}
    assert {row.rep: row.score for row in team.reps} == {rep: scores[rep] for rep in (0, 1, 2)}
    assert sum(top(team).values()) == pytest.approx(1)


def test_the_prior_comes_from_windows_of_the_same_length() -> None:
    """In a year in which reps did differ, as much difference now is believed more."""
    now = qualifiers([(16, 40), (9, 40), (10, 40), (8, 40), (9, 40)])
    apart = qualifiers([(30, 40), (9, 40), (20, 40), (3, 40), (12, 40)])

    alone = rank(now, seed=1).reps[0].estimates[Metric.QUALIFIED_RATE].value or 0.0
    after_such_a_year = rank(now, history=History((apart,) * 3, now), seed=1)

    assert after_such_a_year.reps[0].estimates[Metric.QUALIFIED_RATE].value or alone < 0.0


def test_a_metric_that_only_newcomers_have_leaves_too() -> None:
    rows = [sdr(0, 30, 60), sdr(1, 18, 60), sdr(2, 20, 60), sdr(3, 5, 9, calls=40, ramping=True)]
    weights = {Metric.QUALIFIED_RATE: 0.5, Metric.QUALIFICATION_EFFICIENCY: 0.5}

    with_absent, alone = (
        rank(sdrs(*rows), seed=1, weights=weights),
        rank(sdrs(*rows), seed=1, weights=RATE_ALONE),
    )

    assert [row.score for row in with_absent.reps] == pytest.approx([row.score for row in alone.reps])
