"""Priors, and what a sample must tell so that they can be fitted to it and chance be taken out of its figures.

A prior is a centre and a strength, the strength in the observations it is worth: trials for a rate, events for a
count, items for an average (Efron, Large-Scale Inference, chapter 1). How both are found is told in `priors`.
"""

from dataclasses import dataclass
from typing import Protocol

import numpy as np

from bot.scorecards.domain.inference.posteriors import CERTAIN, Posterior, Weights
from bot.scorecards.domain.inference.special import Floats


@dataclass(frozen=True, slots=True, eq=False)
class Prior:
    """Candidate priors with their weights; arrays of shape (cells,), one cell where the spread can be fitted.

    `centres` are in the sample's own unit; `strengths` in trials, events or items; `noise` is the variance of one
    item; `doubt` the variance of the centre.
    """

    centres: Floats
    strengths: Floats
    weights: Weights = CERTAIN
    noise: float = 0.0
    doubt: float = 0.0

    @property
    def mean(self) -> float:
        return float(self.centres @ np.array(self.weights))

    @property
    def strength(self) -> float:
        """In the middle of the candidates: their harmonic mean, which a spread is told from."""
        return float(1 / (np.array(self.weights) / self.strengths).sum())


class Sample(Protocol):
    """What the reps of a role showed on one metric, one entry per rep."""

    @property
    def size(self) -> Floats:
        """How much each rep's figure rests on; 0 where there is nothing."""
        ...

    @property
    def core(self) -> "Core":
        """What priors are fitted to."""
        ...

    def slopes(self, centre: float) -> Floats:
        """By how much each rep's figure moves with that of the core, around a centre of the core's."""
        ...

    def posterior(self, prior: Prior) -> Posterior: ...


class Core(Sample, Protocol):
    """A sample that priors are fitted to; results per candidate prior are of shape (cells,)."""

    @property
    def figures(self) -> Floats:
        """Each rep's own, as they were counted; 0 where there is nothing."""
        ...

    @property
    def noise(self) -> float:
        """The variance of one item, where the items tell it; else 0."""
        ...

    @property
    def unknowing(self) -> float | None:
        """The strength where the figures cannot tell of any spread, because nothing or everything happened."""
        ...

    def centres(self, strengths: Floats) -> Floats:
        """The role's centre in these windows for each candidate strength: the more a figure rests on, the heavier."""
        ...

    def by_chance(self, centres: Floats, noise: float) -> Floats:
        """The variance of a figure that rests on a single unit of `size`."""
        ...

    def between(self, centres: Floats, strengths: Floats, noise: float) -> Floats:
        """The variance between reps."""
        ...

    def strengths(self, spreads: Floats) -> Floats:
        """What a spread between reps stands for: on the logit scale, the log scale, or in items."""
        ...

    def log_likelihood(self, centres: Floats, strengths: Floats, noise: float) -> Floats:
        """Of what all the reps showed, for each candidate."""
        ...


def weighted(figures: Floats, sizes: Floats, strengths: Floats) -> Floats:
    """Means of the figures for each strength, each as heavy as it is precise; 0 where there is none."""
    weights = strengths[:, None] * sizes / (strengths[:, None] + sizes)
    total = weights.sum(axis=1)
    return np.asarray((weights @ figures) / np.where(total > 0, total, 1.0))


def used_up(told_of_centre: Floats) -> Floats:
    """What a centre that is told from the same figures has used up of their log likelihood (restricted likelihood).

    Without it three reps would seem to differ by a third less than they do, and be drawn in too far. The argument is
    how exactly the figures tell the centre: one over its variance, for each candidate.
    """
    return np.asarray(np.log(told_of_centre) / 2)


def doubt_left(prior: Prior, worth: Floats) -> Floats:
    """How much of the centre's variance reaches each rep: all of it without evidence, little with much."""
    kept = (prior.strengths / (prior.strengths + worth[:, None])) @ np.array(prior.weights)
    return np.asarray(kept**2 * prior.doubt)
