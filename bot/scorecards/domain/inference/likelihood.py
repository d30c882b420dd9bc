"""Maximising a likelihood in one or two well-behaved numbers, without a derivative and without chance."""

from collections.abc import Callable

import numpy as np

from bot.scorecards.domain.inference.special import Floats

POINTS = 17
PASSES = 6
LOG_STRENGTH = (0.0, float(np.log(1e4)))
"""A prior is worth one observation at least and ten thousand at most."""


def highest(f: Callable[[Floats], Floats], low: float, high: float) -> float:
    """Where f is highest between low and high, to 10^-5 of their distance: a grid, zoomed in on its best point."""
    for _ in range(PASSES):
        grid = np.linspace(low, high, POINTS)
        best = int(np.argmax(f(grid)))
        low, high = float(grid[max(best - 1, 0)]), float(grid[min(best + 1, POINTS - 1)])
    return float(grid[best])


def strength(likelihood: Callable[[Floats], Floats]) -> float:
    """The strength at which a likelihood of the strength alone is highest."""
    return float(np.exp(highest(lambda log_strength: likelihood(np.exp(log_strength)), *LOG_STRENGTH)))


def normal(values: Floats, chance: Floats, spread: Floats) -> Floats:
    """Restricted log likelihood of a common mean for each candidate variance between reps, up to a constant.

    `values` and `chance` (the variance of each value by chance alone) are of shape (reps,), `spread`, the variance
    between reps, of shape (candidates,).
    """
    weights = 1 / (spread[:, None] + chance)
    total = weights.sum(axis=1)
    mean = (weights * values).sum(axis=1) / total
    misfit = (weights * (values - mean[:, None]) ** 2).sum(axis=1)
    return np.asarray((np.log(weights).sum(axis=1) - misfit - np.log(total)) / 2)
