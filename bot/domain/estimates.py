"""A role's estimates: what each rep's figures are worth once chance is taken out, and where they lie in the role."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from bot.domain.definitions import DEFINITIONS, Good
from bot.domain.evidence import Evidence, RoleEvidence
from bot.domain.posteriors import Columns, Posterior
from bot.domain.rows import changed
from bot.domain.shrinkage import PSEUDO_TRIALS, Prior
from bot.domain.special import Floats, Mask
from bot.words import Metric

INTERVAL = (0.05, 0.95)


@dataclass(frozen=True, slots=True)
class Estimate:
    """One rep's figure on one metric: the estimate with its 90% interval, and the raw figure it was made of.

    Rates are shares, days and minutes as they are. None: no figure of one's own, or no telling how far off it may be.
    """

    value: float | None
    low: float | None
    high: float | None
    raw: float | None
    numerator: float | None
    denominator: float | None


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """One metric over a role's reps, arrays of shape (reps,).

    `middle` is the median of the estimates and `spread` the standard deviation of the raw values, both over the reps
    past ramp-up who have a figure; `sign` is -1 where less is better; `least` is the least value there can be.
    """

    evidence: Evidence
    prior: Prior
    posterior: Posterior
    middle: float
    spread: float
    sign: int
    least: float

    @property
    def z(self) -> Floats:
        return self.scaled(self.posterior.mean)

    @property
    def below_middle(self) -> Floats:
        """Posterior probability of being worse than the role's middle."""
        below = self.posterior.below(self.middle)
        return below if self.sign > 0 else 1 - below

    def draw(self, rng: np.random.Generator, draws: int, columns: Columns) -> Floats:
        """Draws of z, of shape (draws, columns asked for)."""
        return self.scaled(self.posterior.draw(rng, draws, columns))

    def scaled(self, values: Floats) -> Floats:
        if self.spread == 0:
            return np.zeros_like(values)
        return self.sign * (values - self.middle) / self.spread

    def estimates(self) -> list[Estimate]:
        """One per rep, in the role's order."""
        known = self.evidence.known
        low, high = (np.maximum(self.posterior.quantile(p), self.least) for p in INTERVAL)
        sure = known & np.isfinite(low) & np.isfinite(high)
        columns = (
            (self.posterior.mean, known),
            (low, sure),
            (high, sure),
            (self.evidence.raw, known),
            (self.evidence.numerator, ~np.isnan(self.evidence.numerator)),
            (self.evidence.denominator, ~np.isnan(self.evidence.denominator)),
        )
        return [Estimate(*row) for row in zip(*(_or_none(*column) for column in columns), strict=True)]

    def estimate(self, at: int) -> Estimate:
        """Of the rep at this place alone."""

        def own(many: Floats) -> Floats:
            return many[at : at + 1]

        alone = replace(self, evidence=changed(own, self.evidence), posterior=changed(own, self.posterior))
        (only,) = alone.estimates()
        return only


@dataclass(frozen=True, eq=False)
class RoleEstimates:
    """Every metric of a role of which anybody has a figure; a metric that nobody has is not in `columns`."""

    evidence: RoleEvidence
    columns: Mapping[Metric, Column]

    @property
    def reps(self) -> tuple[int, ...]:
        return self.evidence.reps

    def by_rep(self) -> Mapping[int, Mapping[Metric, Estimate]]:
        """Per rep the estimates of the role's metrics, in their order."""
        return self._estimates

    def of(self, rep: int) -> Mapping[Metric, Estimate]:
        """One rep's alone, which costs the same however many others there are."""
        at = self.reps.index(rep)
        return {metric: column.estimate(at) for metric, column in self.columns.items()}

    def z_by_rep(self) -> Mapping[int, Mapping[Metric, float]]:
        """Per rep the z of the metrics on which the rep has a figure."""
        return self._z

    @cached_property
    def _estimates(self) -> dict[int, dict[Metric, Estimate]]:
        listed = {metric: column.estimates() for metric, column in self.columns.items()}
        return {
            rep: {metric: estimates[at] for metric, estimates in listed.items()}
            for at, rep in enumerate(self.reps)
        }

    @cached_property
    def _z(self) -> dict[int, dict[Metric, float]]:
        scaled = {metric: (column.z, column.evidence.known) for metric, column in self.columns.items()}
        return {
            rep: {metric: float(z[at]) for metric, (z, known) in scaled.items() if known[at]}
            for at, rep in enumerate(self.reps)
        }


def estimate(
    evidence: RoleEvidence, *, history: RoleEvidence | None = None, pseudo_trials: float = PSEUDO_TRIALS
) -> RoleEstimates:
    """A role's estimates; priors are fitted to `history` (the trailing 52 weeks), else to the evidence itself."""
    return RoleEstimates(
        evidence,
        {
            metric: _column(metric, shown, history, settled=~evidence.ramping, pseudo_trials=pseudo_trials)
            for metric, shown in evidence.metrics.items()
            if shown.known.any()
        },
    )


def _column(
    metric: Metric, shown: Evidence, history: RoleEvidence | None, *, settled: Mask, pseudo_trials: float
) -> Column:
    prior = wider(shown, history.metrics.get(metric) if history else None).prior(pseudo_trials)
    posterior = shown.sample.posterior(prior)
    counted = shown.known & settled if (shown.known & settled).any() else shown.known
    return Column(
        shown,
        prior,
        posterior,
        middle=float(np.median(posterior.mean[counted])),
        spread=deviation(shown.raw[counted]),
        sign=-1 if DEFINITIONS[metric].direction is Good.DOWN else 1,
        least=-1.0 if metric is Metric.UPSELL_RATE else 0.0,
    )


def wider(shown: Evidence, history: Evidence | None) -> Evidence:
    """The history, unless it tells of fewer reps than the period itself."""
    if history is None or np.count_nonzero(history.sample.size) < np.count_nonzero(shown.sample.size):
        return shown
    return history


def deviation(raw: Floats) -> float:
    """The standard deviation of a whole role; 0 where its figures differ by rounding alone or there are none."""
    told = raw[~np.isnan(raw)]
    return float(told.std()) if len(told) and np.ptp(told) > 1e-9 * np.abs(told).max() else 0.0


def _or_none(values: Floats, known: Mask) -> list[float | None]:
    return [float(value) if there else None for value, there in zip(values, known, strict=True)]
