"""A role's estimates: what each rep's figures are worth once chance is taken out, and where they lie in the role."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np

from bot.core.enums import Metric
from bot.scorecards.domain.definitions import DEFINITIONS, Good
from bot.scorecards.domain.evidence import Evidence, RoleEvidence, share_of
from bot.scorecards.domain.inference.linked import BASES, NOW, SINCE, linked, own_part, put_together
from bot.scorecards.domain.inference.posteriors import Posterior
from bot.scorecards.domain.inference.priors import History
from bot.scorecards.domain.inference.shrinkage import Prior
from bot.scorecards.domain.inference.special import Floats, Mask, changed
from bot.scorecards.domain.naming import FEWEST_RANKED

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
    past ramp-up who have a figure, `counted` of them; `sign` is -1 where less is better; `least` is the least value
    there can be.
    `slopes`: by how much what is believed moves with another figure, where that is told from both.
    `judges` is False where nobody of the role showed the other outcome in a year: then it tells nobody apart.
    """

    metric: Metric
    evidence: Evidence
    prior: Prior
    posterior: Posterior
    middle: float
    spread: float
    sign: int
    least: float
    judges: bool = True
    counted: int = 0
    slopes: Mapping[Metric, Floats] = field(default_factory=dict)

    @property
    def has_company(self) -> bool:
        """Whether enough have a figure for a middle that is told; that of two would tell the other's."""
        return self.counted >= FEWEST_RANKED

    @property
    def per_z(self) -> float:
        """How many z one unit of the figure is, turned so that up is good; 0 where the reps do not differ."""
        return self.sign / self.spread if self.spread else 0.0

    @property
    def z(self) -> Floats:
        return self.scaled(self.posterior.mean)

    @property
    def below_middle(self) -> Floats:
        """Posterior probability of being worse than the role's middle.

        Even where the figure that is read stands on the other side of the middle, or on it, than what is believed of
        it: nobody is told that 30% is better than 40%.
        """
        below = self.posterior.below(self.middle)
        below = below if self.sign > 0 else 1 - below
        ahead = self.sign * (self.evidence.raw - self.middle)
        contradicts = ((below > 0.5) & (ahead >= 0)) | ((below < 0.5) & (ahead <= 0))
        return np.where(contradicts, 0.5, below)

    @property
    def reads_below(self) -> Mask:
        """Whether the figure as it is read stands on the worse side of the middle; not where there is none."""
        return np.asarray(self.sign * (self.evidence.raw - self.middle) < 0)

    @property
    def reads_above(self) -> Mask:
        return np.asarray(self.sign * (self.evidence.raw - self.middle) > 0)

    def worse(self, at: int) -> float:
        """Of the rep at this place alone, the probability of being worse than the role's middle."""
        return float(self._alone(at).below_middle[0])

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

        (only,) = self._alone(at).estimates()
        return only

    def _alone(self, at: int) -> "Column":
        def own(many: Floats) -> Floats:
            return many[at : at + 1]

        return replace(self, evidence=changed(own, self.evidence), posterior=changed(own, self.posterior))


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


def estimate(evidence: RoleEvidence, *, history: History | None = None) -> RoleEstimates:
    """A role's estimates; priors are made of a `history` of windows of the same length, else of the evidence itself."""
    told = history or History((), evidence)
    settled = ~evidence.ramping
    priors: dict[Metric, Prior] = {}
    posteriors: dict[Metric, Posterior] = {}
    for metric, shown in evidence.metrics.items():
        if shown.known.any():
            priors[metric] = told.prior(metric, shown.sample.core)
            posteriors[metric] = shown.sample.posterior(priors[metric])
    for metric in priors.keys() & BASES.keys():
        own, base = own_part(metric, evidence), posteriors.get(BASES[metric])
        if own is not None and base is not None:
            believed = own.posterior(told.prior(metric, own.core, own_part))
            posteriors[metric] = put_together(metric, evidence, base, believed)
    growth = linked(evidence, priors, posteriors)
    posteriors |= growth.posteriors if growth else {}
    columns = {
        metric: _column(metric, evidence.metrics[metric], fitted, posteriors[metric], told, settled)
        for metric, fitted in priors.items()
    }
    if growth:
        columns[SINCE] = replace(columns[SINCE], slopes={NOW: growth.slope})
    return RoleEstimates(evidence, columns)


def with_share(
    estimates: RoleEstimates, metric: Metric, counts: Mapping[int, tuple[int, int]]
) -> RoleEstimates:
    """The same with one metric more, by rep how many count of how many; its prior is made of these alone."""
    alone = replace(estimates.evidence, metrics={metric: share_of(estimates.evidence, counts)})
    return RoleEstimates(estimates.evidence, {**estimates.columns, **estimate(alone).columns})


def _column(
    metric: Metric, shown: Evidence, fitted: Prior, posterior: Posterior, history: History, settled: Mask
) -> Column:
    counted = shown.known & settled if (shown.known & settled).any() else shown.known
    return Column(
        metric,
        shown,
        fitted,
        posterior,
        middle=float(np.median(posterior.mean[counted])),
        spread=deviation(shown.raw[counted]),
        sign=-1 if DEFINITIONS[metric].direction is Good.DOWN else 1,
        least=DEFINITIONS[metric].least,
        judges=history.judges(metric),
        counted=int(counted.sum()),
    )


def deviation(raw: Floats) -> float:
    """The standard deviation of a whole role; 0 where its figures differ by rounding alone or there are none."""
    told = raw[~np.isnan(raw)]
    return float(told.std()) if len(told) and np.ptp(told) > 1e-9 * np.abs(told).max() else 0.0


def _or_none(values: Floats, known: Mask) -> list[float | None]:
    return [float(value) if there else None for value, there in zip(values, known, strict=True)]
