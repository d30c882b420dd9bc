"""Who is top, and how certain that is."""

import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.enums import Metric
from bot.scorecards.domain import naming
from bot.scorecards.domain.estimates import estimate
from bot.scorecards.domain.evidence import RepTally, is_ramping
from bot.scorecards.domain.inference.priors import History
from bot.scorecards.domain.league import Ranking, judged_again, place
from bot.scorecards.domain.naming import top_count
from bot.scorecards.domain.ranking import rank, rank_estimates, seed_of
from bot.scorecards.domain.tally import Tally
from tests.support.properties import examples
from tests.support.reps import QUARTER, ae, aes, qualifiers, sdr, sdrs

RATE_ALONE = {Metric.QUALIFIED_RATE: 1.0}

many = st.lists(
    st.tuples(st.integers(0, 80), st.integers(1, 80)).map(lambda two: (min(two), max(two))),
    min_size=3,
    max_size=12,
)


def ids(rows: tuple[object, ...]) -> list[int]:
    return [row.rep for row in rows]  # type: ignore[attr-defined]


def top(ranking: Ranking) -> dict[int, float]:
    return {row.rep: row.probability_top for row in ranking.reps if row.probability_top is not None}


def test_two_of_two_is_not_better_than_thirty_of_sixty() -> None:
    ranking = rank(qualifiers([(2, 2), (30, 60), (18, 60), (20, 60)]), seed=1, weights=RATE_ALONE)

    assert ids(ranking.reps)[0] == 1
    assert top(ranking)[0] < 0.5


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


def test_a_clear_winner_is_named() -> None:
    ranking = rank(qualifiers([(60, 100), (30, 100), (28, 100), (31, 100), (29, 100)]), seed=1)

    assert ids(ranking.named) == [0]
    assert not ranking.too_close and not ranking.too_few
    assert ranking.contenders == ()
    assert ranking.named[0].probability_top == pytest.approx(1, abs=0.02)


def test_where_it_is_too_close_contenders_are_told_and_nobody_is_named() -> None:
    ranking = rank(qualifiers([(41, 100), (40, 100), (40, 100), (10, 100), (9, 100), (11, 100)]), seed=1)

    assert ranking.too_close
    assert ranking.named == ()
    assert sorted(ids(ranking.contenders)) == [0, 1, 2]
    assert all((row.probability_top or 0) >= 1.5 / 6 for row in ranking.contenders)


def test_contenders_are_at_most_half_of_the_reps() -> None:
    ranking = rank(qualifiers([(30, 50), (23, 50), (23, 50)]), seed=1)

    assert ranking.too_close
    assert len(ranking.contenders) == 1


def test_of_two_nobody_is_named_because_that_would_name_the_other() -> None:
    ranking = rank(qualifiers([(50, 60), (5, 60)]), seed=1)

    assert ranking.too_few
    assert not ranking.named and not ranking.contenders and not ranking.too_close


@pytest.mark.parametrize(
    ("reps", "expected"), [(1, 1), (3, 1), (14, 1), (15, 2), (24, 2), (25, 3), (100, 10)]
)
def test_a_tenth_is_top_and_one_at_least(reps: int, expected: int) -> None:
    assert top_count(reps) == expected


def test_where_all_did_nothing_all_are_equally_likely() -> None:
    ranking = rank(qualifiers([(0, 20)] * 5), seed=1)

    assert {row.score for row in ranking.reps} == {0.0}
    assert top(ranking) == pytest.approx(dict.fromkeys(range(5), 0.2), abs=0.05)
    assert ranking.named == ranking.contenders == ()
    assert ranking.too_close


def test_a_rep_on_the_way_is_ramping_and_neither_ranked_nor_counted() -> None:
    settled = [sdr(0, 30, 60), sdr(1, 18, 60), sdr(2, 20, 60)]
    with_newcomer = rank(sdrs(*settled, sdr(3, 9, 9, ramping=True)), seed=1)

    newcomer = with_newcomer.reps[-1]
    assert newcomer.rep == 3
    assert newcomer.ramping and newcomer.score is None and newcomer.probability_top is None
    assert place(with_newcomer, 0) and place(with_newcomer, 0).of == 3  # type: ignore[union-attr]
    assert Metric.QUALIFIED_RATE in newcomer.estimates


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


def test_who_opted_out_leaves_no_gap() -> None:
    counts = [(55, 60), (40, 60), (20, 60), (21, 60), (19, 60)]
    evidence = qualifiers(counts)

    public = rank(evidence, seed=1, hidden={0})

    assert 0 not in ids(public.reps)
    assert ids(public.named) == [1]
    assert sum(top(public).values()) == pytest.approx(1)
    assert [row.place.place for row in public.reps if row.place] == [1, 2, 3, 4]


@examples(40)
@given(many, st.sets(st.integers(0, 11)))
def test_whoever_opted_out_the_rest_is_told_as_if_they_were_in_another_team(
    counts: list[tuple[int, int]], hidden: set[int]
) -> None:
    """Names, certainties, places and how many are top: nothing is left by which to guess."""
    everybody = set(range(len(counts)))
    estimates = estimate(qualifiers(counts))

    public = rank_estimates(estimates, seed=3, draws=200, team=everybody, hidden=hidden)
    without = rank_estimates(estimates, seed=3, draws=200, team=everybody - hidden)

    assert (ids(public.named), ids(public.contenders)) == (ids(without.named), ids(without.contenders))
    assert (public.too_few, public.too_close) == (without.too_few, without.too_close)
    assert [(row.rep, row.place) for row in public.reps] == [(row.rep, row.place) for row in without.reps]


def test_the_range_of_a_place_leaves_a_twentieth_out_at_each_end() -> None:
    """Of fifteen equals each place is one in fifteen: more than a twentieth, less than a tenth."""
    ranking = rank(qualifiers([(30, 60)] * 15), seed=1)

    shown = [place(ranking, rep) for rep in range(15)]
    assert {(one.low, one.high) for one in shown if one} == {(1, 15)}


def test_ones_own_place_comes_with_how_certain_it_is() -> None:
    ranking = rank(qualifiers([(60, 100), (30, 100), (28, 100), (31, 100), (2, 100)]), seed=1)

    first, last = place(ranking, 0), place(ranking, 4)
    assert first and last
    assert (first.place, first.low, first.high, first.of) == (1, 1, 1, 5)
    assert (last.place, last.low, last.high) == (5, 5, 5)
    middle = place(ranking, 1)
    assert middle and middle.low < middle.high


def test_the_prior_comes_from_windows_of_the_same_length() -> None:
    """In a year in which reps did differ, as much difference now is believed more."""
    now = qualifiers([(16, 40), (9, 40), (10, 40), (8, 40), (9, 40)])
    apart = qualifiers([(30, 40), (9, 40), (20, 40), (3, 40), (12, 40)])

    alone = rank(now, seed=1).reps[0].estimates[Metric.QUALIFIED_RATE].value or 0.0
    after_such_a_year = rank(now, history=History((apart,) * 3, now), seed=1)

    assert after_such_a_year.reps[0].estimates[Metric.QUALIFIED_RATE].value or alone < 0.0


def test_nobody_at_all_is_too_few() -> None:
    ranking = rank(sdrs(), seed=1)

    assert ranking.too_few and ranking.reps == ()


def test_a_lone_rep_has_estimates_and_no_rank_to_be_named_for() -> None:
    ranking = rank(qualifiers([(5, 10)]), seed=1)

    assert ranking.too_few
    assert ranking.reps[0].estimates[Metric.QUALIFIED_RATE].value == pytest.approx(0.5, abs=0.01)


def test_a_seed_is_the_same_in_every_process() -> None:
    script = "from bot.scorecards.domain.ranking import seed_of; print(seed_of(1, 2, '2026-W46'))"
    told = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)

    assert int(told.stdout) == seed_of(1, 2, "2026-W46")
    assert seed_of(1, 2, "2026-W46") != seed_of(12, "", "2026-W46")


def test_the_same_seed_gives_the_same_ranking() -> None:
    evidence = qualifiers([(12, 30), (13, 30), (11, 30), (9, 30)])

    assert top(rank(evidence, seed=7)) == top(rank(evidence, seed=7))
    assert top(rank(evidence, seed=7)) != top(rank(evidence, seed=8))


@pytest.mark.parametrize(("days", "expected"), [(0, True), (27, True), (28, False)])
def test_four_weeks_after_the_start_a_rep_is_ranked(days: int, expected: bool) -> None:
    start = np.datetime64("2026-10-01").astype(object)
    assert is_ramping(start, (np.datetime64("2026-10-01") + days).astype(object)) is expected
    assert not is_ramping(None, start)


@examples(20)
@given(many, st.randoms(use_true_random=False))
def test_the_order_in_which_reps_are_given_changes_nothing(
    counts: list[tuple[int, int]], random: object
) -> None:
    rows = [sdr(rep, *pair) for rep, pair in enumerate(counts)]
    shuffled: list[RepTally] = list(rows)
    random.shuffle(shuffled)  # type: ignore[attr-defined]

    one, other = rank(sdrs(*rows), seed=3, draws=200), rank(sdrs(*shuffled), seed=3, draws=200)

    assert ids(one.reps) == ids(other.reps)
    assert top(one) == top(other)


@examples(20)
@given(many)
def test_more_success_in_as_many_trials_never_ranks_lower(counts: list[tuple[int, int]]) -> None:
    trials = max(n for _, n in counts)
    ranking = rank(qualifiers([(k, trials) for k, _ in counts]), seed=3, weights=RATE_ALONE)

    successes = {rep: k for rep, (k, _) in enumerate(counts)}
    order = [successes[row.rep] for row in ranking.reps]
    assert order == sorted(order, reverse=True)
    for better in ranking.reps:
        for worse in ranking.reps:
            if successes[better.rep] > successes[worse.rep]:
                assert top(ranking)[better.rep] >= top(ranking)[worse.rep] - 0.06


@examples(25)
@given(many)
def test_certainties_add_up_to_the_number_of_top_reps(counts: list[tuple[int, int]]) -> None:
    ranking = rank(qualifiers(counts), seed=3, draws=200)

    assert sum(top(ranking).values()) == pytest.approx(top_count(len(counts)))
    assert len(ranking.named) <= top_count(len(counts))
    assert not (ranking.named and ranking.contenders)


def test_what_is_said_with_a_certainty_comes_true_as_often() -> None:
    rng = np.random.default_rng(11)
    said, true = [], []
    for seed in range(60):
        rates = rng.beta(5, 20, 20)
        decided = rng.integers(40, 200, 20)
        counts = list(zip(rng.binomial(decided, rates).tolist(), decided.tolist(), strict=True))
        chance = top(rank(qualifiers(counts), seed=seed, weights=RATE_ALONE, draws=500))
        best = set(np.argsort(-rates)[:2].tolist())
        said += [chance[rep] for rep in range(20)]
        true += [rep in best for rep in range(20)]

    told, came = np.array(said), np.array(true)
    for low, high in ((0.0, 0.2), (0.2, 0.6), (0.6, 1.01)):
        inside = (told >= low) & (told < high)
        assert came[inside].mean() == pytest.approx(told[inside].mean(), abs=0.12)


def test_a_metric_that_only_newcomers_have_leaves_too() -> None:
    rows = [sdr(0, 30, 60), sdr(1, 18, 60), sdr(2, 20, 60), sdr(3, 5, 9, calls=40, ramping=True)]
    weights = {Metric.QUALIFIED_RATE: 0.5, Metric.QUALIFICATION_EFFICIENCY: 0.5}

    with_absent, alone = (
        rank(sdrs(*rows), seed=1, weights=weights),
        rank(sdrs(*rows), seed=1, weights=RATE_ALONE),
    )

    assert [row.score for row in with_absent.reps] == pytest.approx([row.score for row in alone.reps])


def test_contenders_are_three_at_most() -> None:
    ranking = rank(qualifiers([(50, 100)] * 4 + [(5, 100)] * 6), seed=1)

    assert sum((row.probability_top or 0) >= 0.2 for row in ranking.reps) == 4
    assert len(ranking.contenders) == 3


def test_four_of_eight_is_no_name_beside_two_of_eight() -> None:
    ranking = rank(aes(ae(0, 4, 4), ae(1, 2, 6), ae(2, 2, 6)), seed=1)

    assert ranking.too_close and not ranking.named
    assert top(ranking)[0] < 0.6


def test_one_win_counts_once() -> None:
    """Win rate, close rate and discernment of the same deals say no more of who is top than the win rate does."""
    rows = [
        RepTally(
            rep,
            Tally(won=won, lost=40 - won, worked=80, closed_from_accepted=40, won_from_accepted=won),
            QUARTER,
        )
        for rep, won in enumerate((18, 13, 12, 14, 11))
    ]
    weights = {Metric.WIN_RATE: 0.5, Metric.CLOSE_RATE: 0.25, Metric.DISCERNMENT: 0.25}

    three = top(rank(aes(*rows), seed=1, weights=weights))
    one = top(rank(aes(*rows), seed=1, weights={Metric.WIN_RATE: 1.0}))

    assert three[0] == pytest.approx(one[0], abs=0.05)


def test_where_no_deal_was_ever_lost_winning_judges_nobody() -> None:
    ranking = rank(aes(ae(0, 30, 0), ae(1, 5, 0), ae(2, 6, 0), ae(3, 4, 0)), seed=1)

    assert not ranking.named
    assert set(ranking.silent) == {Metric.WIN_RATE, Metric.CLOSE_RATE}


@pytest.mark.parametrize(("reps", "expected"), [(3, 0.818), (4, 0.75), (5, 0.692), (10, 0.5)])
def test_the_bar_is_nine_times_the_odds_of_chance(reps: int, expected: float) -> None:
    assert naming.bar(reps) == pytest.approx(expected, abs=0.001)


def test_who_was_named_last_week_stays_down_to_four_fifths() -> None:
    rows = [(41, 100), (27, 100), (27, 100), (28, 100), (26, 100)]
    ranking = rank(qualifiers(rows), seed=1)

    assert not ranking.named
    assert ids(ranking.nearly) == [0]
    assert ids(rank(qualifiers(rows), seed=1, steady={0}).named) == [0]
    assert ids(judged_again(ranking, steady={0}).named) == [0]
    assert not rank(qualifiers(rows), seed=1, steady={1}).named


def test_a_name_that_overdue_deals_take_back_leaves_it_too_close_to_call() -> None:
    ranking = rank(qualifiers([(60, 100), (30, 100), (28, 100), (31, 100), (29, 100)]), seed=1)

    again = judged_again(ranking, refused={0})

    assert ids(ranking.named) == [0]
    assert again.overdue and not again.named


def test_a_name_says_what_it_is_for() -> None:
    ranking = rank(qualifiers([(60, 100), (30, 100), (28, 100), (31, 100), (29, 100)]), seed=1)

    assert ranking.named[0].named_for == (Metric.QUALIFIED_RATE,)
