"""Figures that tell of each other: an AM's upsell and retention, two looks at one person's growth; and one win, which
counts once where another's chance moves a figure.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from bot.core.enums import Metric
from bot.scorecards.domain.evidence import Evidence, RoleEvidence
from bot.scorecards.domain.inference.posteriors import Beta, Normal, Posterior
from bot.scorecards.domain.inference.samples import Means, Rates
from bot.scorecards.domain.inference.shrinkage import Prior, Sample
from bot.scorecards.domain.inference.special import Floats

CORRELATIONS = np.linspace(0.0, 0.95, 8)[:, None]
"""Of shape (correlations, 1)."""
BEFOREHAND = np.log(np.arange(1, len(CORRELATIONS) + 1))
"""How each is believed before anything is seen, as a logarithm: the closer the likelier, for both are one's growth."""
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
    belief = BEFOREHAND - (np.log(det) + (d * x**2 - 2 * b * x * y + a * y**2) / det).sum(axis=1) / 2
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


SHARES_OF: Mapping[Metric, Metric] = {Metric.QUALIFICATION_EFFICIENCY: Metric.QUALIFIED_RATE}
"""The same numerator over more: the base's figure times its denominator's share in this one's."""
AMONG: Mapping[Metric, Metric] = {Metric.DISCERNMENT: Metric.WIN_RATE}
"""The same figure among some of the base's events."""
BASES: Mapping[Metric, Metric] = {**SHARES_OF, **AMONG}


@dataclass(frozen=True, slots=True, eq=False)
class Contrasts(Means):
    """By how much some of a rep's events go better than the others: half as far apart as reps themselves."""

    def strengths(self, spreads: Floats) -> Floats:
        return 16 / spreads**2  # an event of even odds deviates by two logits


def own_part(metric: Metric, role: RoleEvidence) -> Sample | None:
    """What the figure has beyond its base, in one window; None where either was never counted."""
    base = role.metrics.get(BASES[metric]) if metric in BASES else None
    shown = role.metrics.get(metric)
    if base is None or shown is None:
        return None
    return _share(shown, base) if metric in SHARES_OF else _difference(shown, base)


def _share(shown: Evidence, base: Evidence) -> Rates:
    trials = np.nan_to_num(shown.denominator)
    return Rates(np.minimum(np.nan_to_num(base.denominator), trials), trials)


def _difference(shown: Evidence, base: Evidence) -> Contrasts:
    """By how much some events went better than the rest, which chance makes independent of how all of them went."""
    won, of = np.nan_to_num(shown.numerator), np.nan_to_num(shown.denominator)
    others_won, others = np.nan_to_num(base.numerator) - won, np.nan_to_num(base.denominator) - of
    both = (of > 0) & (others > 0)
    here, there = _divided(won, of), _divided(others_won, others)
    items = np.where(both, _divided(of * others, of + others), 0.0)
    squares = of * here * (1 - here) + others * there * (1 - there)
    freedom = np.maximum(of + others - 2, 0.0)
    return Contrasts(
        np.where(both, here - there, 0.0), items, np.where(both, squares, 0.0), np.where(both, freedom, 0.0)
    )


def _divided(part: Floats, whole: Floats) -> Floats:
    return np.divide(part, whole, out=np.zeros_like(part), where=whole > 0)


def put_together(metric: Metric, role: RoleEvidence, base: Posterior, own: Posterior) -> Posterior:
    """What is believed of the figure: the beta of the mean and variance that the two parts make."""
    if metric in SHARES_OF:
        mean = base.mean * own.mean
        of_base, of_own = own.mean**2, base.mean**2
        both = base.variance * own.variance
    else:
        shown, whole = role.metrics[metric], role.metrics[AMONG[metric]]
        rest = 1 - _divided(np.nan_to_num(shown.denominator), np.nan_to_num(whole.denominator))
        mean = base.mean + rest * own.mean
        of_base, of_own, both = np.ones_like(rest), rest**2, np.zeros_like(rest)
    variance = of_base * base.variance + of_own * own.variance + both
    doubt = of_base * base.doubt + of_own * own.doubt
    return _beta(mean, variance, doubt)


def _beta(mean: Floats, variance: Floats, doubt: Floats) -> Beta:
    mean = np.clip(mean, 1e-6, 1 - 1e-6)
    most = mean * (1 - mean)
    strength = most / np.clip(variance, most * 1e-12, most * 0.8) - 1
    return Beta((mean * strength)[:, None], ((1 - mean) * strength)[:, None], doubt=doubt)
