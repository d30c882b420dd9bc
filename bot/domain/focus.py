"""What a learner should work on, and how well each rep does what could be taught."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from bot.domain.estimates import RoleEstimates
from bot.domain.ranking import SCORE_WEIGHTS, Weights
from bot.words import Metric, Role

LIKELY_BELOW = 0.80
ON_TOP_OF_THE_SCORE: Weights = {
    Metric.CYCLE_DAYS: 0.20,
    Metric.EFFECTIVE_RATE: 0.20,
    Metric.TIMELINE_RATE: 0.20,
    Metric.AUTHORITY_RATE: 0.20,
}


@dataclass(frozen=True, slots=True)
class Skill:
    """One rep on one metric: the estimate, the role's middle, and the distance as z (above 0: better)."""

    value: float
    middle: float
    z: float


@dataclass(frozen=True, slots=True)
class Focus:
    """The metric to work on; `shortfall`: how many z below the role's middle, `certainty` that it is below at all."""

    metric: Metric
    shortfall: float
    certainty: float


def skills(estimates: RoleEstimates) -> dict[int, dict[Metric, Skill]]:
    """Per rep every metric on which the rep has a figure."""
    values = {metric: column.posterior.mean for metric, column in estimates.columns.items()}
    return {
        rep: {
            metric: Skill(float(values[metric][at]), estimates.columns[metric].middle, z)
            for metric, z in scaled.items()
        }
        for at, (rep, scaled) in enumerate(estimates.z_by_rep().items())
    }


def focuses(estimates: RoleEstimates, weights: Weights | None = None) -> dict[int, Focus]:
    """Per rep the metric with the largest weighted shortfall that the evidence supports; reps without one are left out.

    `weights` are the score's; the conversation's metrics are added to them.
    """
    columns = {
        metric: (weight, estimates.columns[metric])
        for metric, weight in _weights(estimates.evidence.role, weights).items()
        if metric in estimates.columns
    }
    if not columns:
        return {}
    z = np.array([column.z for _, column in columns.values()])
    below = np.array([column.below_middle for _, column in columns.values()])
    known = np.array([column.evidence.known for _, column in columns.values()])
    weight = np.array([[weight] for weight, _ in columns.values()])
    shortfall = np.where(known & (below >= LIKELY_BELOW), np.maximum(-z, 0.0), 0.0)
    chosen = (weight * shortfall).argmax(axis=0)
    metrics = list(columns)
    return {
        rep: Focus(metrics[row], float(shortfall[row, at]), float(below[row, at]))
        for at, (rep, row) in enumerate(zip(estimates.reps, chosen.tolist(), strict=True))
        if shortfall[row, at] > 0
    }


def _weights(role: Role, weights: Weights | None) -> Mapping[Metric, float]:
    return {**ON_TOP_OF_THE_SCORE, **(SCORE_WEIGHTS.get(role, {}) if weights is None else weights)}
