"""What a role's reps have in common, against independent computations."""

from math import exp, lgamma, log

import numpy as np
import pytest
from scipy.optimize import minimize_scalar

from bot.scorecards.domain.inference.priors import HALF_NORMAL, SPREADS, prior, spread
from bot.scorecards.domain.inference.samples import Counts, Means, Rates
from bot.scorecards.domain.inference.shrinkage import Core, Prior
from bot.scorecards.domain.inference.special import Floats

COPIES = 5
"""Of a few reps, so that there are enough for a spread to be fitted."""


def floats(*values: float) -> Floats:
    return np.array(values, dtype=np.float64)


def log_beta(a: float, b: float) -> float:
    return lgamma(a) + lgamma(b) - lgamma(a + b)


def own(sample: Core, *before: Core) -> Prior:
    return prior(spread([*before, sample]), sample, before)


def test_the_rates_spread_is_where_the_restricted_likelihood_is_highest() -> None:
    successes, trials = (2, 30, 11, 5, 40, 9, 0), (10, 60, 50, 40, 80, 60, 15)
    pairs = list(zip(successes, trials, strict=True))

    def misfit(log_strength: float) -> float:
        s = exp(log_strength)
        weights = [(s + 1) * n / (s + 1 + n) for _, n in pairs]
        exact = sum((s + 1) * n / (s + n) for _, n in pairs)
        mean = sum(w * k / n for w, (k, n) in zip(weights, pairs, strict=True)) / sum(weights)
        a, b = mean * s, (1 - mean) * s
        used = log(mean * (1 - mean) * COPIES * exact) / 2
        return used - COPIES * sum(log_beta(a + k, b + n - k) - log_beta(a, b) for k, n in pairs)

    best = minimize_scalar(misfit, bounds=(0, 9), method="bounded", options={"xatol": 1e-6})

    found = own(Rates(np.tile(floats(*successes), COPIES), np.tile(floats(*trials), COPIES)))
    assert found.strength == pytest.approx(exp(best.x), rel=2e-3)


def test_the_counts_spread_is_where_the_restricted_likelihood_is_highest() -> None:
    events, exposure = (3, 12, 20, 9, 8, 7), (3.0, 3.0, 2.5, 3.0, 1.0, 3.0)
    pairs, pooled = list(zip(events, exposure, strict=True)), sum(events) / sum(exposure)

    def misfit(log_strength: float) -> float:
        a = exp(log_strength)
        weights = [(a / pooled) * e / (a / pooled + e) for _, e in pairs]
        mean = sum(w * k / e for w, (k, e) in zip(weights, pairs, strict=True)) / sum(weights)
        used = log(COPIES * sum(a * mean * e / (a + mean * e) for _, e in pairs)) / 2
        return used - COPIES * sum(
            lgamma(a + k) - lgamma(a) + a * log(a / (a + mean * e)) + k * log(mean * e / (a + mean * e))
            for k, e in pairs
        )

    best = minimize_scalar(misfit, bounds=(0, 9), method="bounded", options={"xatol": 1e-6})

    found = own(Counts(np.tile(floats(*events), COPIES), np.tile(floats(*exposure), COPIES)))
    assert found.strength == pytest.approx(exp(best.x), rel=2e-3)


def test_with_few_reps_the_spread_is_integrated_out_under_the_half_normal() -> None:
    successes, trials = (4, 2, 2), (8, 8, 8)
    mean = 8 / 24

    def weight(tau: float) -> float:
        s = max(1 / (tau**2 * mean * (1 - mean)) - 1, 0.1)
        a, b = mean * s, (1 - mean) * s
        pairs = list(zip(successes, trials, strict=True))
        likelihood = sum(log_beta(a + k, b + n - k) - log_beta(a, b) for k, n in pairs)
        likelihood -= log(mean * (1 - mean) * sum((s + 1) * n / (s + n) for _, n in pairs)) / 2
        return exp(likelihood - (tau / HALF_NORMAL) ** 2 / 2)

    expected = np.array([weight(tau) for tau in SPREADS])
    found = own(Rates(floats(*successes), floats(*trials)))

    assert found.weights == pytest.approx((expected / expected.sum()).tolist(), rel=1e-6)


def test_the_spread_is_fitted_from_thirty_reps_on() -> None:
    shown = np.tile(floats(1, 20, 30, 39, 9), 6)
    few, many = (own(Rates(shown[:n], np.full(n, 40.0))) for n in (29, 30))

    assert len(few.weights) == len(SPREADS)
    assert len(many.weights) == 1 and many.strength < 10


def test_each_window_is_compared_around_its_own_centre() -> None:
    """A season in which everybody wins twice as much is no difference between reps."""
    trials = np.full(30, 60.0)
    low, high = (Rates(np.round(trials * share), trials) for share in (0.2, 0.6))

    found = spread([low, high, low, high])

    assert found.strengths[0] > 1000


def test_in_a_season_of_its_own_the_centre_is_the_seasons() -> None:
    trials = np.full(6, 60.0)
    usual = Rates(np.full(6, 12.0), trials)

    found = own(Rates(np.full(6, 36.0), trials), usual, usual, usual)

    assert found.mean == pytest.approx(0.6, abs=0.02)


def test_with_next_to_nothing_in_the_window_the_centre_is_the_years() -> None:
    usual = Rates(np.full(6, 12.0), np.full(6, 60.0))

    found = own(Rates(floats(1, 1, 0, 0, 0, 0), floats(1, 1, 0, 0, 0, 0)), usual, usual, usual)

    assert found.mean == pytest.approx(0.2, abs=0.03)


def test_the_noise_of_an_item_is_pooled_over_reps_and_windows() -> None:
    one = Means(floats(20, 40), floats(4, 5), floats(300, 500), floats(3, 4))
    other = Means(floats(20, 40), floats(4, 5), floats(150, 250), floats(3, 4))

    assert spread([one]).noise == pytest.approx(800 / 7)
    assert spread([one, other]).noise == pytest.approx(600 / 7)


def test_averages_that_differ_beyond_chance_keep_their_distance() -> None:
    items, freedom = floats(*[40] * 30), floats(*[39] * 30)
    apart = Means(np.tile(floats(10, 20, 30, 40, 50, 60), 5), items, freedom * 100, freedom)
    alike = Means(np.tile(floats(29, 30, 31, 30, 29, 31), 5), items, freedom * 100, freedom)

    assert own(apart).strength == pytest.approx(1, abs=0.5)
    assert own(alike).strength > 1000


@pytest.mark.parametrize("reps", [1, 3, 5, 40])
@pytest.mark.parametrize("share", [0.0, 1.0])
def test_nothing_or_everything_succeeding_is_never_taken_for_certain(reps: int, share: float) -> None:
    rates = Rates(np.full(reps, 12 * share), np.full(reps, 12.0))

    posterior = rates.posterior(own(rates))

    assert np.all((posterior.mean > 0) & (posterior.mean < 1))
    assert np.all(posterior.quantile(0.05) < posterior.quantile(0.95))


@pytest.mark.parametrize("reps", [1, 5, 12])
def test_a_role_in_which_nothing_happened_has_low_counts_with_an_upper_bound(reps: int) -> None:
    counts = Counts(np.zeros(reps), np.full(reps, 3.0))

    posterior = counts.posterior(own(counts))

    assert np.all(posterior.mean < 0.2)
    assert np.all(posterior.quantile(0.95) > 0)
