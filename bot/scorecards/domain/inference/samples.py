"""What the reps of a role showed on one metric: rates, counts, averages, and what is told of their costs."""

from dataclasses import dataclass

import numpy as np

from bot.scorecards.domain.inference.posteriors import Beta, Gamma, Normal, Posterior
from bot.scorecards.domain.inference.rescaled import Cost
from bot.scorecards.domain.inference.shrinkage import Core, Prior, doubt_left, used_up, weighted
from bot.scorecards.domain.inference.special import Floats, log_beta, log_gamma

FEWEST_FREEDOM = 5


@dataclass(frozen=True, slots=True, eq=False)
class Rates:
    """Successes of trials: beta-binomial."""

    successes: Floats
    trials: Floats

    @property
    def size(self) -> Floats:
        return self.trials

    @property
    def core(self) -> Core:
        return self

    def slopes(self, centre: float) -> Floats:
        return np.ones_like(self.trials)

    @property
    def figures(self) -> Floats:
        return np.divide(self.successes, self.trials, out=np.zeros_like(self.trials), where=self.trials > 0)

    @property
    def noise(self) -> float:
        return 0.0

    @property
    def unknowing(self) -> float | None:
        """All trials together: Jeffreys' prior, updated by all of them."""
        successes, total = float(self.successes.sum()), float(self.trials.sum())
        return None if 0 < successes < total else total + 1

    def centres(self, strengths: Floats) -> Floats:
        least = 0.5 / (float(self.trials.sum()) + 1)  # all or nothing is never taken for certain
        return np.clip(weighted(self.figures, self.trials, strengths + 1), least, 1 - least)

    def by_chance(self, centres: Floats, noise: float) -> Floats:
        return np.asarray(centres * (1 - centres))

    def between(self, centres: Floats, strengths: Floats, noise: float) -> Floats:
        return np.asarray(centres * (1 - centres) / (strengths + 1))

    def strengths(self, spreads: Floats) -> Floats:
        centre = self.centres(np.full(1, 1e9))
        return np.maximum(1 / (spreads**2 * centre * (1 - centre)) - 1, 0.1)

    def log_likelihood(self, centres: Floats, strengths: Floats, noise: float) -> Floats:
        a, b = (centres * strengths)[:, None], ((1 - centres) * strengths)[:, None]
        won, lost = self.successes, self.trials - self.successes
        parts = log_beta(a + won, b + lost) - log_beta(a, b)
        told = self.trials * (strengths[:, None] + 1) / (strengths[:, None] + self.trials)
        return np.asarray(parts.sum(axis=1) - used_up(centres * (1 - centres) * told.sum(axis=1)))

    def posterior(self, prior: Prior) -> Posterior:
        strength, centre = prior.strengths, prior.centres
        a = centre * strength + self.successes[:, None]
        b = (1 - centre) * strength + (self.trials - self.successes)[:, None]
        return Beta(a, b, weights=prior.weights, doubt=doubt_left(prior, self.trials))


@dataclass(frozen=True, slots=True, eq=False)
class Counts:
    """Events in an exposure (months, days present): gamma-Poisson."""

    events: Floats
    exposure: Floats

    @property
    def size(self) -> Floats:
        return self.exposure

    @property
    def core(self) -> Core:
        return self

    def slopes(self, centre: float) -> Floats:
        return np.ones_like(self.exposure)

    @property
    def figures(self) -> Floats:
        return np.divide(
            self.events, self.exposure, out=np.zeros_like(self.exposure), where=self.exposure > 0
        )

    @property
    def noise(self) -> float:
        return 0.0

    @property
    def unknowing(self) -> float | None:
        return None if self.events.any() else 0.5

    def centres(self, strengths: Floats) -> Floats:
        """Half an event at least: what never happened may still happen."""
        least = 0.5 / max(float(self.exposure.sum()), 1e-9)
        pooled = max(float(self.events.sum()) / max(float(self.exposure.sum()), 1e-9), least)
        return np.maximum(weighted(self.figures, self.exposure, strengths / pooled), least)

    def by_chance(self, centres: Floats, noise: float) -> Floats:
        return centres

    def between(self, centres: Floats, strengths: Floats, noise: float) -> Floats:
        return np.asarray(centres**2 / strengths)

    def strengths(self, spreads: Floats) -> Floats:
        return 1 / spreads**2

    def log_likelihood(self, centres: Floats, strengths: Floats, noise: float) -> Floats:
        a = strengths[:, None]
        caught = self.exposure / (a / centres[:, None] + self.exposure)
        known = self.events * np.log(np.where(self.events > 0, caught, 1.0))
        parts = log_gamma(a + self.events) - log_gamma(a) + a * np.log1p(-caught) + known
        return np.asarray(parts.sum(axis=1) - used_up((a * caught).sum(axis=1)))

    def posterior(self, prior: Prior) -> Posterior:
        rate = prior.strengths / prior.centres + self.exposure[:, None]
        worth = self.exposure * prior.mean
        return Gamma(
            prior.strengths + self.events[:, None],
            rate,
            weights=prior.weights,
            doubt=doubt_left(prior, worth),
        )


@dataclass(frozen=True, slots=True, eq=False)
class Means:
    """An average per rep: over how many items, and the squared deviations within them with their degrees of freedom."""

    values: Floats
    items: Floats
    squares: Floats
    freedom: Floats
    least: float | None = None
    """Where given, items spread in proportion to how far they lie above it: what grows more also varies more."""

    @property
    def size(self) -> Floats:
        return self.items

    @property
    def core(self) -> Core:
        return self

    def slopes(self, centre: float) -> Floats:
        return np.ones_like(self.items)

    @property
    def figures(self) -> Floats:
        return self.values

    @property
    def noise(self) -> float:
        """Pooled over reps; with too few items within reps, all spread counts as noise."""
        seen = self.items > 0
        if not seen.any():
            return 0.0
        values, items = self.values[seen], self.items[seen]
        between = float((items * (values - np.average(values, weights=items)) ** 2).sum())
        within, freedom = float(self.squares.sum()), float(self.freedom.sum())
        total = (within + between) / max(freedom + len(values) - 1, 1e-9)
        if freedom < FEWEST_FREEDOM:
            return total if freedom + len(values) > 1 else np.inf
        return max(within / freedom, total / 100)  # identical items would make a rep's first item a certainty

    @property
    def unknowing(self) -> float | None:
        return None

    def centres(self, strengths: Floats) -> Floats:
        return weighted(self.values, self.items, strengths)

    def by_chance(self, centres: Floats, noise: float) -> Floats:
        return np.full_like(centres, noise)

    def between(self, centres: Floats, strengths: Floats, noise: float) -> Floats:
        return np.asarray(noise / strengths)

    def strengths(self, spreads: Floats) -> Floats:
        """In a single item's deviations, of which half a logit is a quarter for a rate of one half."""
        return 1 / spreads**2

    def log_likelihood(self, centres: Floats, strengths: Floats, noise: float) -> Floats:
        if not 0 < noise < np.inf:
            return np.zeros_like(strengths)
        seen = self.items > 0
        variance = noise * (1 / strengths[:, None] + 1 / self.items[seen])
        misfit = (self.values[seen] - centres[:, None]) ** 2 / variance
        return np.asarray(-(np.log(variance) + misfit).sum(axis=1) / 2 - used_up((1 / variance).sum(axis=1)))

    def worth(self, prior: Prior) -> Floats:
        """How many of the role's usual items each rep's figure rests on."""
        if self.least is None or prior.mean <= self.least:
            return self.items
        told = self._believed(prior, self.items).mean
        above = np.maximum(told - self.least, 0.1 * (prior.mean - self.least)) / (prior.mean - self.least)
        return self.items / above**2

    def posterior(self, prior: Prior) -> Posterior:
        return self._believed(prior, self.worth(prior))

    def _believed(self, prior: Prior, items: Floats) -> Normal:
        known = prior.strengths + items[:, None]
        shown = np.where(items > 0, items * self.values, 0.0)[:, None]
        mean = (prior.strengths * prior.centres + shown) / known
        return Normal(mean, prior.noise / known, weights=prior.weights, doubt=doubt_left(prior, items))


@dataclass(frozen=True, slots=True, eq=False)
class Outlays:
    """The cost of one event, where `outlay` is spent per unit of exposure."""

    results: Counts
    outlay: float

    @property
    def size(self) -> Floats:
        return self.results.size

    @property
    def core(self) -> Core:
        return self.results

    def slopes(self, centre: float) -> Floats:
        return np.full_like(self.results.exposure, -self.outlay / centre**2)

    def posterior(self, prior: Prior) -> Posterior:
        return Cost(self.results.posterior(prior), self.outlay)
