"""Who improved most: gains in score over equal spans, drawn together where they spread no more than chance would."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from bot.core.enums import Metric
from bot.scorecards.domain.definitions import DEFINITIONS, Good
from bot.scorecards.domain.estimates import Column, deviation
from bot.scorecards.domain.evidence import Evidence, RoleEvidence
from bot.scorecards.domain.inference import special
from bot.scorecards.domain.inference.shrinkage import Core, Prior
from bot.scorecards.domain.inference.special import Floats, changed, normal_quantile
from bot.scorecards.domain.naming import FEWEST_RANKED
from bot.scorecards.domain.ranking import DRAWS, SCORE_WEIGHTS, Weights
from bot.scorecards.domain.scores import together

NAMED = 0.5
"""The share of draws in which the gain is the team's largest, and positive."""
LUCK = 0.015
"""The share of digests in which luck alone may show a gain as large, over all reps of a team.

Half of what is promised: counts of few leads are lopsided, and reach the lead more often than a normal figure does.
"""


@dataclass(frozen=True, slots=True, eq=False)
class Gains:
    """Each rep's gain in score as it was counted, with its variance by chance, and what is believed of it.

    Arrays of shape (reps,).
    """

    reps: tuple[int, ...]
    counted: Floats
    chance: Floats
    mean: Floats
    variance: Floats


_NOBODY = Gains((), *[np.zeros(0)] * 4)


def gains(last: RoleEvidence, before: Sequence[RoleEvidence], *, weights: Weights | None = None) -> Gains:
    """Each settled rep's gain in score of the last window over those `before` it, all of one length.

    Empty with fewer than three of the role.
    """
    given = SCORE_WEIGHTS.get(last.role, {}) if weights is None else weights
    compared = _compared(last, before, given)
    if len(compared) < FEWEST_RANKED:
        return _NOBODY
    windows = [_only(one, compared) for one in (last, *before)]
    told = [
        (weight, *difference)
        for metric, weight in given.items()
        if weight > 0 and (difference := _difference(metric, windows))
    ]
    if not told:
        return _NOBODY
    total = sum(weight for weight, *_ in told)
    parts = [(weight / total, column) for weight, column, _, _ in told]
    gain = np.sum(
        [share * column.per_z * one[2] for (share, column), one in zip(parts, told, strict=True)], axis=0
    )
    variances = {column.metric: chance for _, column, _, chance in told}
    shared = together(parts, variances, len(compared))
    chance = sum((by**2 * variances[column.metric] for column, by in shared.bases), shared.rest)
    return _drawn_together(compared, gain, np.asarray(chance))


def most_improved(
    gained: Iterable[Gains],
    *,
    seed: int,
    team: Collection[int] | None = None,
    hidden: Collection[int] = (),
    draws: int = DRAWS,
) -> int | None:
    """The rep of a team, over all its roles, whose gain is the largest and positive in half of the draws at least.

    The gain must also be larger than luck shows of any of them in all but a few digests. `hidden` reps (who opted out
    of public naming) are left out as if they had not been compared; with fewer than three left, nobody is named.
    """
    rows = [
        row
        for role in gained
        for row in zip(role.reps, role.counted, role.chance, role.mean, role.variance, strict=True)
        if (team is None or row[0] in team) and row[0] not in hidden
    ]
    if len(rows) < FEWEST_RANKED:
        return None
    reps, counted, chance, mean, variance = zip(*sorted(rows), strict=True)
    noise = np.random.default_rng(seed).standard_normal((draws, len(reps)))
    drawn = np.array(mean) + noise * np.sqrt(np.array(variance))
    wins = np.bincount(drawn.argmax(axis=1)[drawn.max(axis=1) > 0], minlength=len(reps)) / draws
    best, lead = int(wins.argmax()), _leads(np.array(counted), np.array(chance))
    is_sure = wins[best] >= NAMED and lead[best] >= -normal_quantile(LUCK / len(reps))
    return int(reps[best]) if is_sure else None


def _compared(last: RoleEvidence, before: Sequence[RoleEvidence], weights: Weights) -> tuple[int, ...]:
    """Reps past ramp-up with a figure that counts in the last window and in one before, ascending."""
    earlier = set().union(*(_with_figures(one, weights) for one in before))
    ramping = {rep for rep, new in zip(last.reps, last.ramping, strict=True) if new}
    return tuple(sorted((_with_figures(last, weights) & earlier) - ramping))


def _with_figures(evidence: RoleEvidence, weights: Weights) -> set[int]:
    known = np.zeros(len(evidence.reps), dtype=np.bool_)
    for metric, weight in weights.items():
        if weight > 0 and metric in evidence.metrics:
            known |= evidence.metrics[metric].known
    return {rep for rep, there in zip(evidence.reps, known, strict=True) if there}


@dataclass(frozen=True, slots=True, eq=False)
class _Window:
    """A window's evidence, and where in it each compared rep stands (-1: not there)."""

    evidence: RoleEvidence
    at: tuple[int, ...]

    def of(self, values: Floats) -> Floats:
        """Per compared rep; 0 for one who is not there."""
        return np.array([values[at] if at >= 0 else 0.0 for at in self.at])


def _only(evidence: RoleEvidence, compared: tuple[int, ...]) -> _Window:
    place = {rep: at for at, rep in enumerate(evidence.reps)}
    return _Window(evidence, tuple(place.get(rep, -1) for rep in compared))


def _difference(metric: Metric, windows: Sequence[_Window]) -> tuple[Column, Floats, Floats] | None:
    """One metric's gain per rep, its variance by chance if nobody changed, and the column that says on what scale.

    None where nothing can be told. A rep without a figure on one side neither gained nor lost.
    """
    told = [(window, shown) for window in windows if (shown := window.evidence.metrics.get(metric))]
    if len(told) < 2 or told[0][0] is not windows[0]:
        return None
    (new, shown), *older = told
    figures, sizes = _pooled([(window, one.sample.core) for window, one in told[:1]])
    past, weight = _pooled([(window, one.sample.core) for window, one in older])
    both = (sizes > 0) & (weight > 0)
    scale = deviation(np.concatenate([_at(one, window).raw for window, one in told]))
    if not both.any() or scale == 0:
        return None
    core, noise = shown.sample.core, _noise([one.sample.core for _, one in told])
    centre = float(np.average(np.where(both, past, 0.0), weights=np.where(both, weight, 0.0)))
    usual = (figures * sizes + past * weight + centre) / (sizes + weight + 1)
    slope = new.of(shown.sample.slopes(centre or 1e-9))
    chance = core.by_chance(usual, noise) * (1 / np.where(both, sizes, 1.0) + 1 / np.where(both, weight, 1.0))
    if not np.isfinite(chance).all():
        return None
    column = _column(metric, new, shown, scale, noise, centre)
    gain = np.where(both, slope * (figures - past), 0.0)
    return column, gain, np.where(both, slope**2 * chance, 0.0)


def _pooled(told: Sequence[tuple[_Window, Core]]) -> tuple[Floats, Floats]:
    """Over several windows: each rep's figure, and how much it rests on."""
    sizes = [window.of(core.size) for window, core in told]
    total: Floats = np.sum(sizes, axis=0) if sizes else np.zeros(0)
    summed = np.sum(
        [size * window.of(core.figures) for size, (window, core) in zip(sizes, told, strict=True)], axis=0
    )
    return np.divide(summed, total, out=np.zeros_like(total), where=total > 0), total


def _noise(cores: Sequence[Core]) -> float:
    known = [core.noise for core in cores if np.isfinite(core.noise)]
    return float(np.mean(known)) if known else float("inf")


def _column(
    metric: Metric, window: _Window, shown: Evidence, scale: float, noise: float, centre: float
) -> Column:
    """The last window's figures with all but no prior, which say what follows what."""
    prior = Prior(np.array([max(centre, 1e-9)]), np.ones(1), noise=noise)
    alone = _at(shown, window)
    sign = -1 if DEFINITIONS[metric].direction is Good.DOWN else 1
    return Column(metric, alone, prior, alone.sample.posterior(prior), 0.0, scale, sign, 0.0)


def _at(shown: Evidence, window: _Window) -> Evidence:
    """The evidence of the compared reps who are there."""
    at = np.array([one for one in window.at if one >= 0], dtype=np.intp)
    return changed(lambda many: many[at], shown)


def _drawn_together(reps: tuple[int, ...], gain: Floats, chance: Floats) -> Gains:
    """The gains, shrunk to their common mean by a variance fitted to them."""
    widest = float(np.ptp(gain)) ** 2 + float(chance.mean())
    if widest == 0:
        return _NOBODY
    spread = np.exp(
        special.highest(
            lambda log_spread: special.normal(gain, np.maximum(chance, widest * 1e-9), np.exp(log_spread)),
            np.log(widest * 1e-6),
            np.log(widest),
        )
    )
    common = float(np.average(gain, weights=1 / (spread + chance)))
    kept = spread / (spread + chance)
    return Gains(reps, gain, chance, common + kept * (gain - common), kept * chance)


def _leads(gain: Floats, chance: Floats) -> Floats:
    """How far each gain lies above those of the others together; a gain of 0 and less leads nobody."""
    weights: Floats = 1 / np.maximum(chance, 1e-12)
    others = weights.sum() - weights
    beside = ((weights * gain).sum() - weights * gain) / others
    lead = (gain - beside) / np.sqrt(1 / weights + 1 / others)
    return np.where(gain > 0, lead, 0.0)
