"""An AM's upsell and retention are two looks at one person's growth: each tells something of the other.

How much is not known beforehand. So the correlation between the two, over the AMs of a role, is integrated out on a
grid from none to nearly all; the accounts that both figures are told from in the period count once.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from bot.core.enums import Metric
from bot.scorecards.domain.evidence import Evidence, RoleEvidence
from bot.scorecards.domain.inference.posteriors import Normal, Posterior
from bot.scorecards.domain.inference.samples import Means
from bot.scorecards.domain.inference.shrinkage import Prior
from bot.scorecards.domain.inference.special import Floats

CORRELATIONS = np.linspace(0.0, 0.95, 8)[:, None]
"""Each as likely as the other before anything is seen; of shape (correlations, 1)."""
SINCE, NOW = Metric.UPSELL_RATE, Metric.NET_RETENTION
"""Growth since the accounts were taken over, and in the period alone."""


@dataclass(frozen=True, slots=True, eq=False)
class _Look:
    """One of the two figures, by itself: variance between reps, and per rep its distance and variance by chance."""

    posterior: Normal
    between: float
    distance: Floats
    chance: Floats

    def moved(self, distance: Floats, variance: Floats) -> Normal:
        """The posterior with what the other figure tells of each rep besides."""
        kept = self.between / (self.between + self.chance)
        shift, ratio = distance - kept * self.distance, variance / (kept * self.chance)
        return replace(
            self.posterior,
            means=self.posterior.means + shift[:, None],
            variances=self.posterior.variances * ratio[:, None],
        )


@dataclass(frozen=True, slots=True, eq=False)
class Linked:
    """What is believed of both figures, each told by the other as well.

    `slope`: by how much the error of the growth since the takeover moves with that of the period's.
    """

    posteriors: Mapping[Metric, Posterior]
    slope: Floats


def linked(
    role: RoleEvidence, priors: Mapping[Metric, Prior], posteriors: Mapping[Metric, Posterior]
) -> Linked | None:
    """None where the two are not both known."""
    if SINCE not in priors or NOW not in priors:
        return None
    since, now = (_look(role.metrics[one], priors[one], posteriors[one]) for one in (SINCE, NOW))
    if since is None or now is None:
        return None
    return _together(since, now, np.minimum(_shared(role), 0.9 * np.sqrt(since.chance * now.chance)))


def _look(shown: Evidence, prior: Prior, posterior: Posterior) -> _Look | None:
    if not isinstance(shown.sample, Means) or not isinstance(posterior, Normal):
        return None
    if not 0 < prior.noise < np.inf:
        return None
    between = float((prior.noise / prior.strengths) @ np.array(prior.weights))
    chance = prior.noise / np.maximum(shown.sample.worth(prior), 1e-6)
    return _Look(posterior, between, np.where(shown.known, shown.sample.values - prior.mean, 0.0), chance)


def _shared(role: RoleEvidence) -> Floats:
    """The covariance by chance: of both figures, what the period did to the accounts still held."""
    since, now, kept = role.metrics[SINCE], role.metrics[NOW], role.metrics[SINCE].shared
    if kept is None or not np.isfinite(kept.noise):
        return np.zeros(len(role.reps))
    both = since.known & now.known & (kept.items > 0)
    slope = np.divide(now.denominator, since.denominator, out=np.zeros(len(both)), where=both)
    return np.where(both, slope * kept.noise / np.maximum(kept.items, 1.0), 0.0)


def _together(since: _Look, now: _Look, shared: Floats) -> Linked:
    """The posterior of a bivariate normal for each correlation, and the mixture's moments per rep."""
    x, y, s, n = since.distance, now.distance, since.between, now.between
    link = CORRELATIONS * np.sqrt(s * n)
    a, b, d = s + since.chance, link + shared, n + now.chance
    det = a * d - b * b
    belief = -(np.log(det) + (d * x**2 - 2 * b * x * y + a * y**2) / det).sum(axis=1) / 2
    weights = np.exp(belief - belief.max())
    weights /= weights.sum()
    of_x, of_y = (d * x - b * y) / det, (a * y - b * x) / det
    first, second = s * of_x + link * of_y, link * of_x + n * of_y
    centre, beside = weights @ first, weights @ second
    gained = (s * s * d - 2 * s * link * b + link * link * a) / det
    told = (link * link * d - 2 * n * link * b + n * n * a) / det
    both = (s * link * d - (s * n + link * link) * b + n * link * a) / det
    variance = weights @ (n - told + (second - beside) ** 2)
    moving = weights @ (link - both + (first - centre) * (second - beside))
    return Linked(
        {
            SINCE: since.moved(centre, weights @ (s - gained + (first - centre) ** 2)),
            NOW: now.moved(beside, variance),
        },
        moving / variance,
    )
