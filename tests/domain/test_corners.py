"""Efficient, effective, both or neither."""

import pytest

from bot.domain.corners import Corner, Standing, standings
from bot.domain.estimates import estimate
from bot.domain.evidence import RepTally
from bot.domain.tally import Tally
from bot.words import Metric
from tests.domain.reps import QUARTER, ae, aes, qualifiers, sdrs


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


def test_the_middle_itself_is_on_the_good_side() -> None:
    assert Standing(0.0, 0.0).corner is Corner.MODEL


def test_standings_are_means_of_z() -> None:
    estimates = estimate(aes(*(seller(rep, calls=500 * rep, won=10 * rep) for rep in (1, 2, 3))))
    z = estimates.z_by_rep()[3]

    standing = standings(estimates)[3]

    assert standing.effectiveness == pytest.approx((z[Metric.CLOSE_RATE] + z[Metric.WIN_RATE]) / 2)
    assert standing.efficiency == pytest.approx(z[Metric.CALLS_PER_DAY])


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
    told = standings(estimate(aes(*(RepTally(rep, Tally(won=1, worked=1), QUARTER) for rep in (1, 2)))))
    absent = Standing(None, 1.0)

    assert absent.corner is None
    assert told[1].corner is not None
    assert standings(estimate(qualifiers([]))) == {}


def test_only_a_reps_own_figures_count() -> None:
    worked = [RepTally(rep, Tally(worked=100, won=10 * rep, lost=10), QUARTER) for rep in (1, 2, 3, 4)]
    idle = RepTally(9, Tally(timeline_yes=9, timeline_no=1), QUARTER)
    estimates = estimate(aes(*worked, idle))

    assert standings(estimates)[9].effectiveness == estimates.z_by_rep()[9][Metric.TIMELINE_RATE]
