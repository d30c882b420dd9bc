"""Who is named as top, and when nobody is."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.enums import Metric
from bot.scorecards.domain import naming
from bot.scorecards.domain.estimates import estimate
from bot.scorecards.domain.evidence import RepTally
from bot.scorecards.domain.league import judged_again
from bot.scorecards.domain.naming import top_count
from bot.scorecards.domain.ranking import rank, rank_estimates
from bot.scorecards.domain.tally import Tally
from tests.scorecards.ranking.ranked import RATE_ALONE, ids, many, top
from tests.support.properties import examples
from tests.support.reps import QUARTER, ae, aes, qualifiers


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
