"""One win counts once: what a figure that another's chance moves has of its own, and what is then believed of it.

The leads an AE accepted are won as all deals are, but for how much better leads fare than the rest; an SDR's qualified
leads a call are the share qualified times the leads decided a call. The two parts are told by different events, so each
is believed by itself and both are put together. Believed as a figure that knows nothing of the other, each would be
drawn in to the role's middle a second time.

An AE's close rate is left alone, though it is the win rate times the share of the deals worked that closed: that share
tells how much stock is left open, and who writes losses down at once would be sure to be top for it.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from bot.core.enums import Metric
from bot.scorecards.domain.evidence import Evidence, RoleEvidence
from bot.scorecards.domain.inference.posteriors import Beta, Posterior
from bot.scorecards.domain.inference.samples import Means, Rates
from bot.scorecards.domain.inference.shrinkage import Sample
from bot.scorecards.domain.inference.special import Floats

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
