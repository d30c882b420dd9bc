"""Figures that one chance makes: what each has of its own, and what one tells of the other."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.enums import Metric, Role
from bot.scorecards.domain.estimates import RoleEstimates, estimate
from bot.scorecards.domain.inference.linked import own_part
from tests.simulate.worlds import World, play, skills


def world(role: Role, seed: int, spread: float = 0.4, reps: int = 8) -> World:
    rng = np.random.default_rng(seed)
    return play(role, skills(role, reps, spread, rng), 52, rng)


def told(played: World) -> RoleEstimates:
    return estimate(played.evidence(52), history=played.history(52))


@given(seed=st.integers(0, 10**6))
def test_a_close_rate_is_never_believed_beyond_what_was_counted(seed: int) -> None:
    """It lies between the rep's own figure and the role's, however much of the stock was closed."""
    played = world(Role.AE, seed, reps=5)
    open_still = np.random.default_rng(seed).integers(0, 200, (1, 5))
    played = replace(played, done={**played.done, "stock": played.done["stock"] + open_still})
    column = told(played).columns[Metric.CLOSE_RATE]

    centres, raw = column.prior.centres, column.evidence.raw
    assert (column.posterior.mean >= np.minimum(raw, centres.min()) - 1e-9).all()
    assert (column.posterior.mean <= np.maximum(raw, centres.max()) + 1e-9).all()


def test_accepted_leads_are_believed_to_be_won_as_all_deals_are_unless_they_show_otherwise() -> None:
    apart = [
        np.abs(columns[Metric.DISCERNMENT].posterior.mean - columns[Metric.WIN_RATE].posterior.mean).mean()
        for columns in (told(world(Role.AE, seed)).columns for seed in range(10))
    ]

    assert np.mean(apart) < 0.03


def test_how_much_better_leads_fare_is_counted_against_the_other_deals() -> None:
    counted = world(Role.AE, 2).evidence(52)
    won, closed = (
        getattr(counted.metrics[Metric.DISCERNMENT], name) for name in ("numerator", "denominator")
    )
    all_won, all_closed = (
        getattr(counted.metrics[Metric.WIN_RATE], name) for name in ("numerator", "denominator")
    )

    own = own_part(Metric.DISCERNMENT, counted)

    assert own is not None
    assert own.core.figures == pytest.approx(won / closed - (all_won - won) / (all_closed - closed))
    assert own.size == pytest.approx(1 / (1 / closed + 1 / (all_closed - closed)))


def test_a_figure_without_the_one_it_follows_stands_alone() -> None:
    counted = world(Role.AE, 3).evidence(52)

    assert own_part(Metric.WIN_RATE, counted) is None


def test_upsell_and_retention_tell_of_each_other() -> None:
    """Nearer to the truth than either is alone, on average over worlds in which one growth makes both."""
    alone: list[float] = []
    both: list[float] = []
    for seed in range(40):
        played = world(Role.AM, seed)
        believed, truth = told(played), played.truth(52)[Metric.NET_RETENTION]
        column = believed.columns[Metric.NET_RETENTION]
        by_itself = column.evidence.sample.posterior(column.prior)
        for found, mean in ((alone, by_itself.mean), (both, column.posterior.mean)):
            found.append(float(np.mean((mean - mean.mean() - truth + truth.mean()) ** 2)))

    assert np.mean(both) < 0.9 * np.mean(alone)
