"""Who is ranked where, and how certain that is."""

import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.enums import Metric
from bot.scorecards.domain.evidence import RepTally, is_ramping
from bot.scorecards.domain.league import place
from bot.scorecards.domain.naming import top_count
from bot.scorecards.domain.ranking import rank, seed_of
from tests.scorecards.ranking.ranked import RATE_ALONE, ids, many, top
from tests.support.properties import examples
from tests.support.reps import qualifiers, sdr, sdrs


def test_two_of_two_is_not_better_than_thirty_of_sixty() -> None:
    ranking = rank(qualifiers([(2, 2), (30, 60), (18, 60), (20, 60)]), seed=1, weights=RATE_ALONE)

    assert ids(ranking.reps)[0] == 1
    assert top(ranking)[0] < 0.5


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
