"""Empirical Bayes: what a role's reps have in common, told from how far they differ beyond chance.

A prior is a mean and a strength, the strength in the observations it is worth: trials for a rate, events for a
count, items for an average. It is fitted by marginal likelihood (Efron, Large-Scale Inference, chapter 1). Where the
reps spread no more than chance would, the strength runs to its upper bound, and every estimate to the pooled one. The
bound is what the whole role showed: nobody can be known better than by all that everybody did, so an interval is never
narrower than the pooled figure's own.
"""

from dataclasses import dataclass
from typing import Protocol

import numpy as np

from bot.domain import likelihood
from bot.domain.posteriors import Beta, Cost, Gamma, Normal, Posterior, Scaled
from bot.domain.special import Floats, Real, log_beta, log_gamma

PSEUDO_TRIALS = 20.0
"""Strength of the prior where the spread between reps cannot be fitted."""
FEWEST_REPS = 5
FEWEST_FREEDOM = 5


@dataclass(frozen=True, slots=True)
class Prior:
    """`mean` in the sample's own unit; `strength` in trials, events or items; `noise`: the variance of one item."""

    mean: float
    strength: float
    noise: float = 0.0


class Sample(Protocol):
    """What the reps of a role showed on one metric, one entry per rep."""

    @property
    def size(self) -> Floats:
        """How much each rep's figure rests on; 0 where there is nothing."""
        ...

    def prior(self, pseudo_trials: float) -> Prior: ...

    def posterior(self, prior: Prior) -> Posterior: ...


@dataclass(frozen=True, slots=True, eq=False)
class Rates:
    """Successes of trials: beta-binomial."""

    successes: Floats
    trials: Floats

    @property
    def size(self) -> Floats:
        return self.trials

    def prior(self, pseudo_trials: float) -> Prior:
        successes, total = float(self.successes.sum()), float(self.trials.sum())
        if not 0 < successes < total:  # nothing tells the reps apart: Jeffreys' prior, updated by all of them
            return Prior((successes + 0.5) / (total + 1), total + 1)
        pooled = successes / total
        if np.count_nonzero(self.trials) < FEWEST_REPS:
            return Prior(pooled, pseudo_trials)
        bound = _logit(1 - 0.5 / (total + 1))
        place, strength = likelihood.fit(self._likelihood, _logit(pooled), -bound, bound)
        return Prior(float(_share(place)), min(strength, total))

    def posterior(self, prior: Prior) -> Posterior:
        a, b = prior.mean * prior.strength, (1 - prior.mean) * prior.strength
        return Beta(a + self.successes, b + self.trials - self.successes)

    def _likelihood(self, place: Real, log_strength: Real) -> Floats:
        mean, strength = _share(place), np.exp(log_strength)
        a, b = np.asarray(mean * strength)[..., None], np.asarray((1 - mean) * strength)[..., None]
        parts = log_beta(a + self.successes, b + self.trials - self.successes) - log_beta(a, b)
        return np.asarray(parts.sum(axis=-1))


@dataclass(frozen=True, slots=True, eq=False)
class Counts:
    """Events in an exposure (months, days present): gamma-Poisson."""

    events: Floats
    exposure: Floats

    @property
    def size(self) -> Floats:
        return self.exposure

    def prior(self, pseudo_trials: float) -> Prior:
        events, total = float(self.events.sum()), float(self.exposure.sum())
        if not events:  # as above
            return Prior(0.5 / total, 0.5)
        seen = self.exposure > 0
        if np.count_nonzero(seen) < FEWEST_REPS:
            return Prior(events / total, pseudo_trials)
        highest = float(((self.events[seen] + 0.5) / self.exposure[seen]).max())
        place, strength = likelihood.fit(
            self._likelihood, np.log(events / total), np.log(0.5 / total), np.log(highest)
        )
        return Prior(float(np.exp(place)), min(strength, events))

    def posterior(self, prior: Prior) -> Posterior:
        return Gamma(prior.strength + self.events, prior.strength / prior.mean + self.exposure)

    def _likelihood(self, place: Real, log_strength: Real) -> Floats:
        a = np.asarray(np.exp(log_strength))[..., None]
        waited = (
            a / np.asarray(np.exp(place))[..., None]
        )  # the exposure in which a rep of the prior would see `a` events
        caught = self.exposure / (waited + self.exposure)
        known = self.events * np.log(np.where(self.events > 0, caught, 1.0))
        parts = log_gamma(a + self.events) - log_gamma(a) + a * np.log1p(-caught) + known
        return np.asarray(parts.sum(axis=-1))


@dataclass(frozen=True, slots=True, eq=False)
class Means:
    """An average per rep: over how many items, and the squared deviations within them with their degrees of freedom."""

    values: Floats
    items: Floats
    squares: Floats
    freedom: Floats

    @property
    def size(self) -> Floats:
        return self.items

    def prior(self, pseudo_trials: float) -> Prior:
        seen = self.items > 0
        values, items = self.values[seen], self.items[seen]
        noise = self._noise()
        if len(values) < FEWEST_REPS or noise <= 0:
            return Prior(float(np.average(values, weights=items)), pseudo_trials, noise)
        strength = likelihood.strength(lambda s: likelihood.normal(values, noise / items, noise / s))
        strength = min(strength, float(items.sum()))
        weights = 1 / (1 / strength + 1 / items)
        return Prior(float(np.average(values, weights=weights)), strength, noise)

    def posterior(self, prior: Prior) -> Posterior:
        known = prior.strength + self.items
        mean = (prior.strength * prior.mean + np.where(self.items > 0, self.items * self.values, 0.0)) / known
        return Normal(mean, prior.noise / known)

    def _noise(self) -> float:
        """The variance of one item, pooled over reps; with too few items within reps, all spread counts as noise."""
        seen = self.items > 0
        values, items = self.values[seen], self.items[seen]
        between = float((items * (values - np.average(values, weights=items)) ** 2).sum())
        within, freedom = float(self.squares.sum()), float(self.freedom.sum())
        total = (within + between) / max(freedom + len(values) - 1, 1e-9)
        if freedom < FEWEST_FREEDOM:
            return total if freedom + len(values) > 1 else np.inf
        return max(within / freedom, total / 100)  # identical items would make a rep's first item a certainty


@dataclass(frozen=True, slots=True, eq=False)
class Totals:
    """A sum over the days of a period, so that periods of different lengths share a prior per day."""

    per_day: Means
    days: Floats

    @property
    def size(self) -> Floats:
        return self.days

    def prior(self, pseudo_trials: float) -> Prior:
        return self.per_day.prior(pseudo_trials)

    def posterior(self, prior: Prior) -> Posterior:
        return Scaled(self.per_day.posterior(prior), self.days)


@dataclass(frozen=True, slots=True, eq=False)
class Outlays:
    """The cost of one event, where `outlay` is spent per unit of exposure."""

    results: Counts
    outlay: float

    @property
    def size(self) -> Floats:
        return self.results.size

    def prior(self, pseudo_trials: float) -> Prior:
        return self.results.prior(pseudo_trials)

    def posterior(self, prior: Prior) -> Posterior:
        return Cost(self.results.posterior(prior), self.outlay)


def _logit(share: float) -> float:
    return float(np.log(share / (1 - share)))


def _share(logit: Real) -> Real:
    return 1 / (1 + np.exp(-logit))
