"""What a learner should work on."""

import pytest

from bot.coaching.domain.focus import focuses, skills
from bot.core.enums import Metric
from bot.scorecards.domain.estimates import RoleEstimates, estimate
from bot.scorecards.domain.evidence import RepTally
from bot.scorecards.domain.inference.priors import History
from bot.scorecards.domain.tally import Tally
from tests.support.reps import QUARTER, ae, aes, sdrs


def sellers(*pairs: tuple[int, int]) -> RoleEstimates:
    """AEs from 0, each with (won of 100 closed, timelines agreed of 100 asked)."""
    return estimate(
        aes(
            *(
                RepTally(
                    rep, Tally(won=won, lost=100 - won, timeline_yes=yes, timeline_no=100 - yes), QUARTER
                )
                for rep, (won, yes) in enumerate(pairs)
            )
        )
    )


def test_the_focus_is_where_the_weighted_shortfall_is_largest() -> None:
    told = focuses(sellers((50, 10), (50, 50), (10, 60), (60, 50), (55, 55)))

    assert told[0].metric is Metric.TIMELINE_RATE
    assert told[2].metric is Metric.WIN_RATE


def test_the_scores_weights_decide_between_two_shortfalls() -> None:
    estimates = sellers((20, 20), (50, 50), (50, 50), (51, 51), (52, 52))

    assert focuses(estimates)[0].metric is Metric.WIN_RATE
    assert focuses(estimates, {Metric.WIN_RATE: 0.01})[0].metric is Metric.TIMELINE_RATE


def test_a_shortfall_that_could_be_chance_is_no_focus() -> None:
    told = focuses(sellers((49, 50), (50, 50), (52, 50), (51, 50), (48, 50)))

    assert told == {}


def test_whoever_is_above_the_middle_has_no_focus() -> None:
    told = focuses(sellers((80, 80), (50, 50), (20, 20)))

    assert 0 not in told and 1 not in told


def test_the_focus_says_how_far_and_how_certainly() -> None:
    estimates = sellers((80, 50), (50, 50), (20, 50))

    focus = focuses(estimates)[2]

    assert focus.shortfall == pytest.approx(-estimates.z_by_rep()[2][Metric.WIN_RATE])
    assert focus.certainty > 0.99


def test_slow_deals_are_a_shortfall_too() -> None:
    rows = [
        ae(rep, 5, 5, days=tuple(base + step for step in range(5))) for rep, base in enumerate((20, 22, 90))
    ]

    assert focuses(estimate(aes(*rows)))[2].metric is Metric.CYCLE_DAYS


def test_a_role_without_figures_has_no_focus() -> None:
    assert focuses(estimate(sdrs())) == {}


def test_a_skill_is_told_with_the_roles_middle() -> None:
    estimates = sellers((80, 50), (50, 50), (20, 50))

    skill = skills(estimates)[0][Metric.WIN_RATE]

    assert skill.middle == estimates.columns[Metric.WIN_RATE].middle
    assert skill.value > skill.middle and skill.z > 0
    assert Metric.CYCLE_DAYS not in skills(estimates)[0]


def test_what_a_rep_has_no_figure_of_is_no_focus() -> None:
    known = [ae(rep, 500, 500) for rep in range(4)]
    year = aes(*(ae(rep, 100, 900) for rep in range(6)))

    now = aes(*known, ae(9, 501, 499), ae(8, 0, 0))
    estimates = estimate(now, history=History((year,), now))

    assert 8 not in focuses(estimates)


def test_a_gap_that_is_not_worth_four_weeks_is_none() -> None:
    rows = sellers((50, 50), (48, 52), (52, 48), (70, 30), (35, 65))
    worst = 4
    gap = focuses(rows, least=0.0)[worst].shortfall

    assert worst in focuses(rows, least=gap)
    assert worst not in focuses(rows, least=gap + 0.01)
    assert all(focus.shortfall >= 0.5 for focus in focuses(rows).values())
