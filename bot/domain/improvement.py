"""Who improved most: gains in score, drawn together as far as they spread no more than chance would."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

import numpy as np

from bot.domain import likelihood
from bot.domain.definitions import DEFINITIONS, Good
from bot.domain.estimates import deviation, wider
from bot.domain.evidence import RoleEvidence
from bot.domain.ranking import DRAWS, FEWEST_RANKED, NAMED, SCORE_WEIGHTS, Weights
from bot.domain.shrinkage import PSEUDO_TRIALS
from bot.domain.special import Floats
from bot.words import Metric


@dataclass(frozen=True, slots=True, eq=False)
class Gains:
    """What is believed of each rep's gain in score; arrays of shape (reps,)."""

    reps: tuple[int, ...]
    mean: Floats
    variance: Floats


_NOBODY = Gains((), np.zeros(0), np.zeros(0))


def gains(
    last: RoleEvidence,
    before: RoleEvidence,
    *,
    history: RoleEvidence | None = None,
    weights: Weights | None = None,
) -> Gains:
    """Each settled rep's gain in score of the last weeks over those before; empty with fewer than three of the role."""
    given = SCORE_WEIGHTS.get(last.role, {}) if weights is None else weights
    compared = _compared(last, before, given)
    if len(compared) < FEWEST_RANKED:
        return _NOBODY
    told = [
        (weight, *difference)
        for metric, weight in given.items()
        if weight > 0 and (difference := _difference(metric, last, before, history, compared))
    ]
    return _drawn_together(compared, told) if told else _NOBODY


def most_improved(
    gained: Iterable[Gains],
    *,
    seed: int,
    team: Collection[int] | None = None,
    hidden: Collection[int] = (),
    draws: int = DRAWS,
) -> int | None:
    """The rep of a team, over all its roles, whose gain is the largest and positive in half of the draws at least.

    `hidden` reps (who opted out of public naming) are left out as if they had not been compared; with fewer than
    three left, nobody is named.
    """
    rows = [
        (rep, mean, variance)
        for role in gained
        for rep, mean, variance in zip(role.reps, role.mean, role.variance, strict=True)
        if (team is None or rep in team) and rep not in hidden
    ]
    if len(rows) < FEWEST_RANKED:
        return None
    reps, mean, variance = zip(*sorted(rows), strict=True)
    noise = np.random.default_rng(seed).standard_normal((draws, len(reps)))
    drawn = np.array(mean) + noise * np.sqrt(np.array(variance))
    wins = np.bincount(drawn.argmax(axis=1)[drawn.max(axis=1) > 0], minlength=len(reps)) / draws
    return int(reps[int(wins.argmax())]) if wins.max() >= NAMED else None


def _compared(last: RoleEvidence, before: RoleEvidence, weights: Weights) -> tuple[int, ...]:
    """Reps past ramp-up with a figure that counts in both periods, ascending."""
    with_both = _with_figures(last, weights) & _with_figures(before, weights)
    ramping = {rep for rep, new in zip(last.reps, last.ramping, strict=True) if new}
    return tuple(sorted(with_both - ramping))


def _with_figures(evidence: RoleEvidence, weights: Weights) -> set[int]:
    known = np.zeros(len(evidence.reps), dtype=np.bool_)
    for metric, weight in weights.items():
        if weight > 0 and metric in evidence.metrics:
            known |= evidence.metrics[metric].known
    return {rep for rep, there in zip(evidence.reps, known, strict=True) if there}


def _difference(
    metric: Metric,
    last: RoleEvidence,
    before: RoleEvidence,
    history: RoleEvidence | None,
    compared: tuple[int, ...],
) -> tuple[Floats, Floats] | None:
    """One metric's gain on one scale for both periods, and its variance by chance; None where nothing can be told.

    The prior is worth a single observation here: a stronger one would draw the shorter period closer to the middle
    than the longer one, and so make gains of whoever was low.
    """
    new, old = last.metrics.get(metric), before.metrics.get(metric)
    if not (new and old and new.known.any() and old.known.any()):
        return None
    at_new, at_old = np.isin(last.reps, compared), np.isin(before.reps, compared)
    scale = deviation(np.concatenate([new.raw[at_new], old.raw[at_old]]))
    year = wider(old, history.metrics.get(metric) if history else None)
    prior = replace(year.prior(PSEUDO_TRIALS), strength=1.0)
    later, earlier = new.sample.posterior(prior), old.sample.posterior(prior)
    chance = later.variance[at_new] + earlier.variance[at_old]
    if scale == 0 or not np.isfinite(chance).all():
        return None
    sign = -1 if DEFINITIONS[metric].direction is Good.DOWN else 1
    return sign * (later.mean[at_new] - earlier.mean[at_old]) / scale, chance / scale**2


def _drawn_together(reps: tuple[int, ...], told: list[tuple[float, Floats, Floats]]) -> Gains:
    """The weighted gains, shrunk to their common mean by a variance fitted to them."""
    total = sum(weight for weight, _, _ in told)
    gain = np.sum([weight / total * change for weight, change, _ in told], axis=0)
    chance = np.sum([(weight / total) ** 2 * variance for weight, _, variance in told], axis=0)
    widest = float(np.ptp(gain)) ** 2 + float(chance.mean())
    spread = np.exp(
        likelihood.highest(
            lambda log_spread: likelihood.normal(gain, chance, np.exp(log_spread)),
            np.log(widest * 1e-6),
            np.log(widest),
        )
    )
    common = float(np.average(gain, weights=1 / (spread + chance)))
    kept = spread / (spread + chance)
    return Gains(reps, common + kept * (gain - common), kept * chance)
