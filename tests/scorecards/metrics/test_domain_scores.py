"""Figures that share a numerator are drawn together, and the rows of the simulated table can turn red."""

from unittest.mock import patch

import numpy as np
import pytest

from bot.core.enums import Metric, Role
from bot.scorecards.domain import scores
from bot.scorecards.domain.estimates import estimate
from bot.scorecards.domain.inference.priors import History
from bot.scorecards.domain.ranking import scored
from bot.scorecards.domain.scores import score, together
from tests.simulate.ranking import averages, intervals, places
from tests.simulate.rows import Row
from tests.simulate.worlds import World, play, skills


@pytest.mark.parametrize("role", [Role.SDR, Role.AE, Role.AM])
def test_draws_spread_as_the_score_is_said_to(role: Role) -> None:
    rng = np.random.default_rng(3)
    world = play(role, skills(role, 6, 0.4, rng), 52, rng)
    told = score(scored(estimate(world.evidence(52), history=world.history(52))), 6)

    drawn = told.draw(np.random.default_rng(1), 8000, np.arange(6))

    assert drawn.mean(axis=0) == pytest.approx(told.mean, abs=0.06)
    assert drawn.var(axis=0) == pytest.approx(told.variance, rel=0.12)


def test_drawn_as_if_independent_one_win_would_be_believed_three_times() -> None:
    rng = np.random.default_rng(5)
    world = play(Role.AE, skills(Role.AE, 6, 0.4, rng), 52, rng)
    told = estimate(world.evidence(52), history=world.history(52))

    together = score(scored(told), 6).variance
    with patch.object(scores, "FOLLOWS", {}):
        apart = score(scored(told), 6).variance

    assert (together > 1.2 * apart).all()


def test_drawn_as_if_independent_a_row_turns_red() -> None:
    def row() -> Row:
        return next(places(200, (Role.AE,)))

    assert row().holds
    with patch.object(scores, "FOLLOWS", {}):
        assert not row().holds


def test_of_an_ams_growth_only_the_periods_part_moves_with_retention() -> None:
    """Chance as it is told against what chance did to equal AMs, in upsell and retention added up."""
    seen, told = [], []
    for seed in range(60):
        rng = np.random.default_rng(seed)
        world = play(Role.AM, skills(Role.AM, 8, 0.0, rng), 52, rng)
        columns = estimate(world.evidence(52), history=world.history(52)).columns
        both = [columns[Metric.UPSELL_RATE], columns[Metric.NET_RETENTION]]
        cores = {one.metric: one.evidence.sample.core for one in both}
        chance = {key: core.by_chance(np.zeros(8), core.noise) / core.size for key, core in cores.items()}
        shared = together([(1 / one.per_z, one) for one in both], chance, 8)
        seen.append(np.var(sum(one.evidence.raw for one in both), ddof=1))
        told.append(np.mean(sum((by**2 * chance[one.metric] for one, by in shared.bases), shared.rest)))

    assert 0.9 < np.mean(told) / np.mean(seen) < 1.33, (
        "a lost account is in retention alone: a little too much is told"
    )


def test_an_upsells_interval_holds_the_truth() -> None:
    rows = intervals(60, (Role.AM,), (13,))

    [found] = [row.found for row in rows if Metric.UPSELL_RATE in row.title]

    assert 0.84 <= found <= 0.95


def test_unequal_windows_turn_a_row_red() -> None:
    def a_year_each(self: World, end: int, length: int = 13, year: int = 52) -> History:
        return History((self.evidence(end, 52),) * 3, self.evidence(end, length))

    def row() -> Row:
        return next(row for row in averages(16, (Role.AM,)) if "13 weeks" in row.title)

    assert row().holds
    with patch.object(World, "history", a_year_each):
        assert not row().holds
