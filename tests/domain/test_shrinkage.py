"""Priors and posteriors against independent computations."""

from math import exp, lgamma, log

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize

from bot.domain.shrinkage import Counts, Means, Outlays, Prior, Rates, Sample, Totals
from bot.domain.special import Floats

counts = st.tuples(st.integers(0, 60), st.integers(0, 60)).map(lambda two: (min(two), max(two)))


def floats(*values: float) -> Floats:
    return np.array(values, dtype=np.float64)


AVERAGES = Means(floats(3, 10, 0, 4, 8), floats(2, 3, 0, 4, 2), floats(2, 9, 0, 4, 3), floats(1, 2, 0, 3, 1))


def log_beta(a: float, b: float) -> float:
    return lgamma(a) + lgamma(b) - lgamma(a + b)


def test_a_rate_of_few_reps_is_drawn_to_the_pooled_rate_with_twenty_pseudo_trials() -> None:
    rates = Rates(floats(2, 30), floats(2, 60))

    posterior = rates.posterior(rates.prior(20))

    pooled = 32 / 62
    assert posterior.mean == pytest.approx([(2 + 20 * pooled) / 22, (30 + 20 * pooled) / 80])


def test_the_rates_prior_is_where_the_marginal_likelihood_is_highest() -> None:
    successes, trials = (2, 30, 11, 5, 40, 9, 0), (10, 60, 50, 40, 80, 60, 15)

    def misfit(x: Floats) -> float:
        mean, strength = 1 / (1 + exp(-x[0])), exp(x[1])
        a, b = mean * strength, (1 - mean) * strength
        pairs = zip(successes, trials, strict=True)
        return -sum(log_beta(a + k, b + n - k) - log_beta(a, b) for k, n in pairs)

    best = minimize(
        misfit, np.array([0.0, 2.0]), method="Nelder-Mead", options={"xatol": 1e-8, "fatol": 1e-12}
    )
    prior = Rates(floats(*successes), floats(*trials)).prior(20)

    assert prior.mean == pytest.approx(1 / (1 + exp(-best.x[0])), rel=1e-4)
    assert prior.strength == pytest.approx(exp(best.x[1]), rel=1e-3)


def test_the_counts_prior_is_where_the_marginal_likelihood_is_highest() -> None:
    events, exposure = (3, 12, 20, 9, 8, 7), (3.0, 3.0, 2.5, 3.0, 1.0, 3.0)

    def misfit(x: Floats) -> float:
        mean, a = exp(x[0]), exp(x[1])
        return -sum(
            lgamma(a + k) - lgamma(a) + a * log(a / (a + mean * e)) + k * log(mean * e / (a + mean * e))
            for k, e in zip(events, exposure, strict=True)
        )

    best = minimize(
        misfit, np.array([1.0, 1.0]), method="Nelder-Mead", options={"xatol": 1e-8, "fatol": 1e-12}
    )
    prior = Counts(floats(*events), floats(*exposure)).prior(20)

    assert prior.mean == pytest.approx(exp(best.x[0]), rel=1e-4)
    assert prior.strength == pytest.approx(exp(best.x[1]), rel=1e-3)


def test_a_count_per_time_is_drawn_to_the_pooled_one_as_by_twenty_events() -> None:
    counts = Counts(floats(10, 40), floats(2, 3))

    posterior = counts.posterior(counts.prior(20))

    assert posterior.mean == pytest.approx([(20 + 10) / (20 / 10 + 2), (20 + 40) / (20 / 10 + 3)])


def test_an_average_is_drawn_to_the_role_by_the_pooled_noise_of_an_item() -> None:
    means = Means(floats(20, 40), floats(4, 1), floats(300, 0), floats(3, 0))
    prior = Prior(mean=30.0, strength=3.0, noise=100.0)

    posterior = means.posterior(prior)

    # precision-weighted: the prior has variance 100 / 3, the averages 100 / 4 and 100 / 1
    assert posterior.mean == pytest.approx([(20 * 4 + 30 * 3) / 7, (40 * 1 + 30 * 3) / 4])
    assert posterior.variance == pytest.approx([100 / 7, 100 / 4])


def test_the_noise_of_an_item_is_pooled_over_reps() -> None:
    means = Means(floats(20, 40), floats(4, 5), floats(300, 500), floats(3, 4))

    assert means.prior(20).noise == pytest.approx(800 / 7)


def test_averages_that_differ_beyond_chance_keep_their_distance() -> None:
    items, freedom = floats(*[40] * 6), floats(*[39] * 6)
    apart = Means(floats(10, 20, 30, 40, 50, 60), items, freedom * 100, freedom)
    alike = Means(floats(29, 30, 31, 30, 29, 31), items, freedom * 100, freedom)

    assert apart.prior(20).strength == pytest.approx(1, abs=0.5)
    assert alike.prior(20).strength == items.sum(), "as sure as all items together, and no surer"


def test_one_account_each_makes_nobody_a_certain_winner() -> None:
    means = Means(floats(0.9, 0.0, 0.1, 0.0, 0.05), floats(*[1] * 5), floats(*[0] * 5), floats(*[0] * 5))

    posterior = means.posterior(means.prior(20))

    assert posterior.quantile(0.05)[0] < posterior.quantile(0.95)[1]
    assert posterior.mean[0] < 0.4


def test_reps_who_spread_as_chance_would_are_all_close_to_the_pooled_rate() -> None:
    successes = np.random.default_rng(1).binomial(40, 0.3, 30).astype(np.float64)
    rates = Rates(successes, np.full(30, 40.0))

    mean = rates.posterior(rates.prior(20)).mean

    assert np.ptp(mean) < 0.1 * np.ptp(successes / 40)
    assert mean.mean() == pytest.approx(successes.sum() / 1200, abs=0.002)


def test_much_evidence_speaks_for_itself() -> None:
    rates = Rates(floats(100_000, 300_000, 500_000, 200_000, 400_000), np.full(5, 1e6))

    assert rates.posterior(rates.prior(20)).mean == pytest.approx([0.1, 0.3, 0.5, 0.2, 0.4], abs=1e-4)


@pytest.mark.parametrize("reps", [1, 3, 5, 40])
@pytest.mark.parametrize("share", [0.0, 1.0])
def test_nothing_or_everything_succeeding_is_never_taken_for_certain(reps: int, share: float) -> None:
    rates = Rates(np.full(reps, 12 * share), np.full(reps, 12.0))

    posterior = rates.posterior(rates.prior(20))

    total = 12 * reps
    assert posterior.mean == pytest.approx(np.full(reps, (0.5 + (total + 12) * share) / (total + 13)))
    assert np.all(posterior.quantile(0.05) < posterior.quantile(0.95))


@pytest.mark.parametrize("reps", [1, 5, 12])
def test_a_role_in_which_nothing_happened_has_low_counts_with_an_upper_bound(reps: int) -> None:
    counts = Counts(np.zeros(reps), np.full(reps, 3.0))

    posterior = counts.posterior(counts.prior(20))

    assert posterior.mean == pytest.approx(np.full(reps, 0.5 / (3 * reps + 3)))
    assert np.all(posterior.quantile(0.95) > 0)


@settings(max_examples=40, deadline=None)
@given(st.lists(counts, min_size=1, max_size=12).filter(lambda rows: any(n for _, n in rows)))
def test_every_rate_stays_between_zero_and_one_and_inside_its_interval(rows: list[tuple[int, int]]) -> None:
    rates = Rates(floats(*(k for k, _ in rows)), floats(*(n for _, n in rows)))

    posterior = rates.posterior(rates.prior(20))

    assert np.all((posterior.mean > 0) & (posterior.mean < 1))
    assert np.all(posterior.quantile(0.01) <= posterior.mean)
    assert np.all(posterior.mean <= posterior.quantile(0.99))


@settings(max_examples=30, deadline=None)
@given(
    st.lists(st.tuples(st.floats(0, 100), st.integers(1, 30), st.floats(0, 50)), min_size=1, max_size=12),
)
def test_every_average_is_drawn_towards_the_role_and_never_past_it(
    rows: list[tuple[float, int, float]],
) -> None:
    values, items, spread = (floats(*column) for column in zip(*rows, strict=True))
    means = Means(values, items, spread**2 * (items - 1), items - 1)

    prior = means.prior(20)
    mean = means.posterior(prior).mean

    assert np.all((mean - prior.mean) * (values - prior.mean) >= -1e-9)
    assert np.all(np.abs(mean - prior.mean) <= np.abs(values - prior.mean) + 1e-9)


@pytest.mark.parametrize(
    "sample",
    [
        Rates(floats(3, 10, 0, 4, 8), floats(9, 30, 0, 20, 16)),
        Counts(floats(3, 10, 0, 4, 8), floats(3, 3, 0, 1, 2)),
        AVERAGES,
        Totals(AVERAGES, floats(90, 90, 90, 45, 20)),
        Outlays(Counts(floats(30, 100, 50, 40, 80), floats(3, 3, 2, 1, 2)), 564),
    ],
)
def test_draws_quantiles_and_probabilities_tell_of_one_distribution(sample: Sample) -> None:
    posterior = sample.posterior(sample.prior(20))

    draws = posterior.draw(np.random.default_rng(5), 20_000, np.arange(5))

    assert draws.mean(axis=0) == pytest.approx(posterior.mean, rel=0.03)
    assert draws.var(axis=0) == pytest.approx(
        posterior.variance, rel=0.2 if isinstance(sample, Outlays) else 0.06
    )
    assert (draws < posterior.quantile(0.9)).mean(axis=0) == pytest.approx([0.9] * 5, abs=0.01)
    assert posterior.below(posterior.quantile(0.9)) == pytest.approx([0.9] * 5)


def test_the_averages_prior_is_where_the_restricted_likelihood_is_highest() -> None:
    values, items = floats(12, 14, 17, 11, 15, 18), floats(4, 9, 5, 12, 7, 3)
    means = Means(values, items, (items - 1) * 20, items - 1)

    def misfit(x: Floats) -> float:
        # the likelihood of all contrasts between reps, which know nothing of the common mean
        covariance = np.diag(20 / exp(x[0]) + 20 / items)
        contrasts = np.hstack([np.ones((5, 1)), -np.eye(5)])
        spread, seen = contrasts @ covariance @ contrasts.T, contrasts @ values
        return float(np.linalg.slogdet(spread)[1] + seen @ np.linalg.solve(spread, seen))

    best = exp(
        minimize(misfit, np.array([1.0]), method="Nelder-Mead", options={"xatol": 1e-8, "fatol": 1e-12}).x[0]
    )
    prior = means.prior(20)

    assert prior.strength == pytest.approx(best, rel=1e-3)
    assert prior.mean == pytest.approx(np.average(values, weights=1 / (1 / best + 1 / items)), rel=1e-4)


def test_the_spread_is_fitted_from_five_reps_on() -> None:
    four, five = (Rates(floats(1, 20, 30, 39, 9)[:n], np.full(n, 40.0)).prior(20) for n in (4, 5))

    assert four.strength == 20
    assert five.strength < 10


def test_where_items_never_differed_a_single_one_is_still_no_certainty() -> None:
    means = Means(floats(0, 0, 0, 0, 0.3), floats(4, 4, 4, 4, 1), np.zeros(5), floats(3, 3, 3, 3, 0))

    posterior = means.posterior(means.prior(20))

    assert posterior.quantile(0.95)[4] - posterior.quantile(0.05)[4] > 0.01
