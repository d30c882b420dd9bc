"""Empirical Bayes: what a role's reps have in common, told from how far they differ beyond chance in the windows of its
history.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

from bot.core.enums import Metric
from bot.scorecards.domain.evidence import RoleEvidence
from bot.scorecards.domain.inference import special
from bot.scorecards.domain.inference.posteriors import Weights
from bot.scorecards.domain.inference.samples import Rates
from bot.scorecards.domain.inference.shrinkage import Core, Prior, Sample
from bot.scorecards.domain.inference.special import Floats

FEWEST_REPS = 30
"""From how many reps on a spread is fitted."""
HALF_NORMAL = 0.5
"""How far reps of a role lie apart before anything is known: on the logit or log scale, or in single items."""
SPREADS = np.linspace(0.02, 1.5, 24)
"""The grid that a spread is integrated on: three half-normals wide."""


@dataclass(frozen=True, slots=True, eq=False)
class Spread:
    """How far a role's reps lie apart: candidate strengths with their weights; `noise`: the variance of one item."""

    strengths: Floats
    weights: Weights
    noise: float
    reps: int


def spread(windows: Sequence[Core]) -> Spread:
    """Of the reps of a role, from one window or several of the same length."""
    told = [window for window in windows if (window.size > 0).any()] or list(windows[-1:])
    noise = _noise(told)
    reps = max(int(np.count_nonzero(window.size)) for window in told)

    unknowing = [one.unknowing for one in told]
    if all(one is not None for one in unknowing):
        return Spread(np.array([sum(one for one in unknowing if one)]), (1.0,), noise, reps)

    def known(strengths: Floats) -> Floats:
        parts = [one.log_likelihood(one.centres(strengths), strengths, noise) for one in told]
        return np.asarray(np.sum(parts, axis=0))

    if reps >= FEWEST_REPS:
        return Spread(np.array([special.strength(known)]), (1.0,), noise, reps)
    candidates = _pooled(told).strengths(SPREADS)
    belief = known(candidates) - (SPREADS / HALF_NORMAL) ** 2 / 2
    weights = np.exp(belief - belief.max())
    return Spread(candidates, tuple((weights / weights.sum()).tolist()), noise, reps)


def prior(spread: Spread, now: Core, before: Sequence[Core] = ()) -> Prior:
    """The prior of a window's figures: around the window's own centre, as far as that differs from the year's.

    How much centres move from window to window is told from the windows themselves (DerSimonian and Laird). So with
    little in the window the centre is the year's, and in a season of its own the season's.
    """
    windows = [window for window in (*before, now) if (window.size > 0).any()] or [now]
    sizes = np.array([float(window.size.sum()) for window in windows])
    centres = np.array([window.centres(spread.strengths) for window in windows])
    year = (sizes @ centres) / max(float(sizes.sum()), 1e-9)
    chance = now.by_chance(year, spread.noise)
    if len(windows) == 1 or not np.isfinite(chance).all() or (chance <= 0).any():
        return _prior(spread, now, year, chance / max(float(sizes.sum()), 1e-9))
    variances = _season(sizes, centres - year, chance) + chance / sizes[:, None]
    is_now = np.array([window is now for window in windows])
    others = 1 / variances[~is_now]
    total = others.sum(axis=0)
    elsewhere = (others * centres[~is_now]).sum(axis=0) / total
    season = variances[0] - chance / sizes[0]
    told = 1 / (season + 1 / total)
    own = sizes[is_now].sum() / chance
    centre = (told * elsewhere + own * centres[is_now].sum(axis=0)) / (told + own)
    return _prior(spread, now, centre, 1 / (told + own))


def _prior(spread: Spread, now: Core, centres: Floats, doubt: Floats) -> Prior:
    among = now.between(centres, spread.strengths, spread.noise) / max(spread.reps, 1)
    with np.errstate(invalid="ignore"):
        total = float(np.nan_to_num((doubt + among) @ np.array(spread.weights), nan=np.inf, posinf=np.inf))
    return Prior(centres, spread.strengths, spread.weights, spread.noise, total)


def _season(sizes: Floats, distances: Floats, chance: Floats) -> Floats:
    """The variance of the centres from window to window beyond chance, per candidate."""
    total = float(sizes.sum())
    misfit = (sizes[:, None] * distances**2).sum(axis=0) / chance
    excess = misfit - (len(sizes) - 1)
    return np.asarray(np.maximum(excess, 0.0) * chance / (total - float((sizes**2).sum()) / total))


def _noise(windows: Sequence[Core]) -> float:
    """Of one item, over all the windows."""
    known = [(window.noise, float(window.size.sum())) for window in windows]
    finite = [(noise, size) for noise, size in known if np.isfinite(noise) and size > 0]
    if not finite:
        return known[0][0]
    return float(np.average([noise for noise, _ in finite], weights=[size for _, size in finite]))


def _pooled(windows: Sequence[Core]) -> Core:
    """The window that shows the most."""
    return max(windows, key=lambda window: float(window.size.sum()))


Sampled = Callable[[Metric, RoleEvidence], Sample | None]
"""What is taken of a metric in a window; None where there is nothing."""


@dataclass(frozen=True, slots=True, eq=False)
class History:
    """What priors are made of: windows of a role, each as long as the one that is estimated.

    `before` are those of the year before it; `now` is the window itself, as it was when the history was read.
    """

    before: tuple[RoleEvidence, ...]
    now: RoleEvidence
    _spreads: dict[tuple[Metric, Sampled], Spread] = field(default_factory=dict, init=False, repr=False)

    def prior(self, metric: Metric, shown: Core, sampled: Sampled | None = None) -> Prior:
        """Of a metric, or of what else is `sampled` of it; `shown` is that of the window which is estimated."""
        chosen = sampled or _whole
        before = [] if metric in _SINCE_TAKEN_OVER else _cores(self.before, metric, chosen)
        key = metric, chosen
        if key not in self._spreads:  # fitted once: it takes longer than all else of a card
            told = [*before, *_cores([self.now], metric, chosen)]
            self._spreads[key] = spread(told or [shown])
        return prior(self._spreads[key], shown, before)

    def judges(self, metric: Metric) -> bool:
        """Whether anybody ever showed the other outcome; where all deals are won, winning tells nobody apart."""
        told = [
            one
            for one in _cores([*self.before, self.now], _OUTCOME.get(metric, metric), _whole)
            if one.size.any()
        ]
        if not all(isinstance(one, Rates) for one in told):
            return True
        rates = [one for one in told if isinstance(one, Rates)]
        return any((one.successes < one.trials).any() for one in rates) or not rates


_SINCE_TAKEN_OVER = frozenset({Metric.UPSELL_RATE})
"""Growth since an AM took an account over: last quarter's is a part of this one's, and no other observation of it."""
_OUTCOME = {Metric.CLOSE_RATE: Metric.WIN_RATE}
"""Whose other outcome a metric needs: who marks no deal as lost closes as many as they please."""


def _whole(metric: Metric, window: RoleEvidence) -> Sample | None:
    return window.metrics[metric].sample if metric in window.metrics else None


def _cores(windows: Iterable[RoleEvidence], metric: Metric, sampled: Sampled) -> list[Core]:
    return [sample.core for one in windows if (sample := sampled(metric, one)) is not None]
