"""What a learner should work on, and how well each rep does what could be taught."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from bot.core.enums import Metric, Role
from bot.scorecards.domain.definitions import DEFINITIONS
from bot.scorecards.domain.estimates import Column, RoleEstimates
from bot.scorecards.domain.inference.special import Floats
from bot.scorecards.domain.ranking import SCORE_WEIGHTS, Weights
from bot.scorecards.domain.verdict import sides

LEAST_GAP = 0.5
"""Standard deviations of the role's raw values below its middle: less is not worth four weeks of two people."""


@dataclass(frozen=True, slots=True)
class Skill:
    """One rep on one metric: the figure as the rep's card shows it, the role's middle, and the distance as z.

    Above 0 is better. z is the estimate's, with chance taken out; the figure is what people read, so that a reason
    and a card never say two numbers of one thing.
    """

    value: float
    middle: float
    z: float


@dataclass(frozen=True, slots=True)
class Focus:
    """The metric to work on; `shortfall`: how many z below the role's middle, `certainty` that it is below at all.

    `error` is the shortfall's standard deviation, as far as the evidence tells it.
    """

    metric: Metric
    shortfall: float
    certainty: float
    error: float = 0.0


def skills(estimates: RoleEstimates) -> dict[int, dict[Metric, Skill]]:
    """Per rep every metric on which the rep has a figure."""
    values = {metric: column.evidence.raw for metric, column in estimates.columns.items()}
    return {
        rep: {
            metric: Skill(float(values[metric][at]), estimates.columns[metric].middle, z)
            for metric, z in scaled.items()
        }
        for at, (rep, scaled) in enumerate(estimates.z_by_rep().items())
    }


def focuses(
    estimates: RoleEstimates, weights: Weights | None = None, *, least: float = LEAST_GAP
) -> dict[int, Focus]:
    """Per rep the metric with the largest weighted shortfall of those on which the card says worse; else none.

    `weights` are the score's; the conversation's metrics are added to them. A shortfall below `least` is none.
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
    worse = np.array([sides(estimates, column)[1] for _, column in columns.values()])
    error = np.array([_error(column) for _, column in columns.values()])
    weight = np.array([[weight] for weight, _ in columns.values()])
    shortfall = np.where(worse & (-z >= least), np.maximum(-z, 0.0), 0.0)
    chosen = (weight * shortfall).argmax(axis=0)
    metrics = list(columns)
    return {
        rep: Focus(metrics[row], float(shortfall[row, at]), float(below[row, at]), float(error[row, at]))
        for at, (rep, row) in enumerate(zip(estimates.reps, chosen.tolist(), strict=True))
        if shortfall[row, at] > 0
    }


def weighed(role: Role, weights: Weights | None = None) -> tuple[Metric, ...]:
    """The metrics among which a focus is looked for."""
    return tuple(_weights(role, weights))


def _error(column: Column) -> Floats:
    """Of each rep's z."""
    return np.sqrt(column.posterior.variance) / (column.spread or 1.0)


def _weights(role: Role, weights: Weights | None) -> Mapping[Metric, float]:
    on_top = {key: one.focus_weight for key, one in DEFINITIONS.items() if one.focus_weight}
    return {**on_top, **(SCORE_WEIGHTS.get(role, {}) if weights is None else weights)}
