"""What is believed of each rep, against independent computations."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.scorecards.domain.inference.priors import prior, spread
from bot.scorecards.domain.inference.samples import Counts, Means, Outlays, Rates
from bot.scorecards.domain.inference.shrinkage import Prior, Sample
from bot.scorecards.domain.inference.special import Floats
from bot.scorecards.domain.inference.totals import Totals
from tests.support.properties import examples

counts = st.tuples(st.integers(0, 60), st.integers(0, 60)).map(lambda two: (min(two), max(two)))


def floats(*values: float) -> Floats:
    return np.array(values, dtype=np.float64)


AVERAGES = Means(floats(3, 10, 0, 4, 8), floats(2, 3, 0, 4, 2), floats(2, 9, 0, 4, 3), floats(1, 2, 0, 3, 1))


def own(sample: Sample) -> Prior:
    """The prior that a sample makes by itself."""
    return prior(spread([sample.core]), sample.core)


def test_an_average_is_drawn_to_the_role_by_the_pooled_noise_of_an_item() -> None:
    means = Means(floats(20, 40), floats(4, 1), floats(300, 0), floats(3, 0))
    prior = Prior(floats(30.0), floats(3.0), noise=100.0)

    posterior = means.posterior(prior)

    # precision-weighted: the prior has variance 100 / 3, the averages 100 / 4 and 100 / 1
    assert posterior.mean == pytest.approx([(20 * 4 + 30 * 3) / 7, (40 * 1 + 30 * 3) / 4])
    assert posterior.variance == pytest.approx([100 / 7, 100 / 4])


def test_one_account_each_makes_nobody_a_certain_winner() -> None:
    means = Means(floats(0.9, 0.0, 0.1, 0.0, 0.05), floats(*[1] * 5), floats(*[0] * 5), floats(*[0] * 5))

    posterior = means.posterior(own(means))

    assert posterior.quantile(0.05)[0] < posterior.quantile(0.95)[1]
    assert posterior.mean[0] < 0.4


def test_reps_who_spread_as_chance_would_are_all_close_to_the_pooled_rate() -> None:
    successes = np.random.default_rng(1).binomial(40, 0.3, 30).astype(np.float64)
    rates = Rates(successes, np.full(30, 40.0))

    mean = rates.posterior(own(rates)).mean

    assert np.ptp(mean) < 0.1 * np.ptp(successes / 40)
    assert mean.mean() == pytest.approx(successes.sum() / 1200, abs=0.002)


def test_much_evidence_speaks_for_itself() -> None:
    rates = Rates(floats(100_000, 300_000, 500_000, 200_000, 400_000), np.full(5, 1e6))

    assert rates.posterior(own(rates)).mean == pytest.approx([0.1, 0.3, 0.5, 0.2, 0.4], abs=1e-4)


@examples(40)
@given(st.lists(counts, min_size=1, max_size=12).filter(lambda rows: any(n for _, n in rows)))
def test_every_rate_stays_between_zero_and_one_and_inside_its_interval(rows: list[tuple[int, int]]) -> None:
    rates = Rates(floats(*(k for k, _ in rows)), floats(*(n for _, n in rows)))

    posterior = rates.posterior(own(rates))

    assert np.all((posterior.mean > 0) & (posterior.mean < 1))
    assert np.all(posterior.quantile(0.01) <= posterior.mean)
    assert np.all(posterior.mean <= posterior.quantile(0.99))


def thousandths(most: int) -> st.SearchStrategy[float]:
    """From 0; figures of people are no finer, and have no spread of 1e-159."""
    return st.integers(0, most * 1000).map(lambda n: n / 1000)


@examples(30)
@given(
    st.lists(st.tuples(thousandths(100), st.integers(1, 30), thousandths(50)), min_size=1, max_size=12),
)
def test_every_average_is_drawn_towards_the_role_and_never_past_it(
    rows: list[tuple[float, int, float]],
) -> None:
    values, items, spread = (floats(*column) for column in zip(*rows, strict=True))
    means = Means(values, items, spread**2 * (items - 1), items - 1)

    prior = own(means)
    mean = means.posterior(prior).mean

    # Each spread that is possible has a centre of its own: the average lies between its own value and those.
    assert np.all(mean >= np.minimum(values, np.min(prior.centres)) - 1e-9)
    assert np.all(mean <= np.maximum(values, np.max(prior.centres)) + 1e-9)


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
    posterior = sample.posterior(own(sample))

    draws = posterior.draw(np.random.default_rng(5), 20_000, np.arange(5))

    assert draws.mean(axis=0) == pytest.approx(posterior.mean, rel=0.05)
    assert draws.var(axis=0) == pytest.approx(
        posterior.variance, rel=0.2 if isinstance(sample, Outlays) else 0.06
    )
    certain = sample.posterior(replace(own(sample), doubt=0.0))
    assert (draws < certain.quantile(0.9)).mean(axis=0) == pytest.approx([0.9] * 5, abs=0.012)
    assert certain.below(certain.quantile(0.9)) == pytest.approx([0.9] * 5, abs=1e-4)
    assert np.all(posterior.quantile(0.95) >= certain.quantile(0.95)), "not knowing the centre widens it"


def test_where_items_never_differed_a_single_one_is_still_no_certainty() -> None:
    means = Means(floats(0, 0, 0, 0, 0.3), floats(4, 4, 4, 4, 1), np.zeros(5), floats(3, 3, 3, 3, 0))

    posterior = means.posterior(own(means))

    assert posterior.quantile(0.95)[4] - posterior.quantile(0.05)[4] > 0.01
