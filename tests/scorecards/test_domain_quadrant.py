"""Efficient, effective, both or neither."""

from dataclasses import replace

import pytest

from bot.calendar.working_hours import Presence
from bot.core.enums import Metric
from bot.scorecards.domain.estimates import estimate
from bot.scorecards.domain.evidence import RepTally
from bot.scorecards.domain.quadrant import Corner, Standing, standings
from bot.scorecards.domain.ranking import rank_estimates
from bot.scorecards.domain.tally import Tally
from bot.scorecards.domain.verdict import Judged, Verdict
from tests.support.reps import QUARTER, ae, aes, qualifiers, sdrs


def seller(rep: int, *, calls: int, won: int) -> RepTally:
    return RepTally(
        rep, Tally(calls=calls, talk_seconds=calls * 60, worked=100, won=won, lost=100 - won), QUARTER
    )


def test_each_corner_has_its_rep() -> None:
    rows = [
        seller(1, calls=2000, won=50),
        seller(2, calls=500, won=50),
        seller(3, calls=2000, won=10),
        seller(4, calls=500, won=10),
    ]

    corners = {rep: standing.corner for rep, standing in standings(estimate(aes(*rows))).items()}

    assert corners == {1: Corner.MODEL, 2: Corner.CAREFUL, 3: Corner.BUSY, 4: Corner.SUPPORT}


def test_where_an_axis_cannot_be_told_there_is_no_corner() -> None:
    better, unknown = Judged(Verdict.BETTER, 0.9), Judged(Verdict.CANNOT_TELL, 0.6)

    assert Standing(0.1, 0.4, better, better).corner is Corner.MODEL
    assert Standing(0.1, 0.4, unknown, better).corner is None
    assert Standing(0.1, 0.4, better, unknown).corner is None


def test_a_week_tells_facts_and_no_corner() -> None:
    week = Presence(days=7, working=5, present=5)
    rows = [seller(1, calls=2000, won=50), *(seller(rep, calls=500, won=10) for rep in (2, 3, 4))]

    told = standings(estimate(aes(*(replace(row, presence=week) for row in rows))))[1]

    assert told.corner is None and told.is_placed
    assert told.effective.verdict is Verdict.CANNOT_TELL


def test_effectiveness_is_the_score_and_efficiency_the_mean_z() -> None:
    estimates = estimate(aes(*(seller(rep, calls=500 * rep, won=10 * rep) for rep in (1, 2, 3))))
    ranking = rank_estimates(estimates, seed=1)

    standing = standings(estimates)[3]

    assert standing.effectiveness == pytest.approx(next(r.score for r in ranking.reps if r.rep == 3))
    assert standing.efficiency == pytest.approx(estimates.z_by_rep()[3][Metric.CALLS_PER_DAY])


def test_talking_longer_is_neither_good_nor_bad() -> None:
    quiet = [RepTally(rep, Tally(calls=500 * rep, talk_seconds=60), QUARTER) for rep in (1, 2, 3)]
    chatty = [RepTally(rep, Tally(calls=500 * rep, talk_seconds=60 * 9**rep), QUARTER) for rep in (1, 2, 3)]

    one, other = standings(estimate(sdrs(*quiet))), standings(estimate(sdrs(*chatty)))

    assert {rep: s.efficiency for rep, s in one.items()} == {rep: s.efficiency for rep, s in other.items()}


def test_quick_wins_are_efficient() -> None:
    rows = [ae(rep, 4, 4, days=(base, base + 4, base + 8, base + 2)) for rep, base in enumerate((10, 20, 60))]

    told = standings(estimate(aes(*rows)))

    assert (told[0].efficiency or 0) > (told[2].efficiency or 0)


def test_without_a_figure_on_one_side_there_is_no_corner() -> None:
    assert Standing(None, 1.0).corner is None
    assert standings(estimate(qualifiers([]))) == {}


def test_only_a_reps_own_figures_count() -> None:
    worked = [RepTally(rep, Tally(worked=100, won=10 * rep, lost=10), QUARTER) for rep in (1, 2, 3, 4)]
    idle = RepTally(9, Tally(timeline_yes=9, timeline_no=1), QUARTER)
    estimates = estimate(aes(*worked, idle))

    assert standings(estimates)[9].effectiveness is None, "nothing of the score is known of them"
