"""Who is top, told with its certainty: joint draws of what is believed of every rep, counted."""

import hashlib
from collections.abc import Collection, Mapping
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from bot.core.enums import Metric, Role
from bot.scorecards.domain import naming
from bot.scorecards.domain.estimates import Column, RoleEstimates, estimate
from bot.scorecards.domain.evidence import RoleEvidence
from bot.scorecards.domain.inference.posteriors import Columns
from bot.scorecards.domain.inference.priors import History
from bot.scorecards.domain.inference.special import Floats, Mask
from bot.scorecards.domain.league import Place, RankedRep, Ranking, judged
from bot.scorecards.domain.naming import FEWEST_RANKED, top_count
from bot.scorecards.domain.scores import Score, leads, score
from bot.scorecards.domain.verdict import LIKELY, sides

DRAWS = 2000

Weights = Mapping[Metric, float]

CHIEF: Mapping[Role, Metric] = MappingProxyType(
    {
        Role.SDR: Metric.QUALIFIED_RATE,
        Role.AE: Metric.WIN_RATE,
        Role.AM: Metric.NET_RETENTION,
        Role.MANAGER: Metric.COACHING_MINUTES,
    }
)
"""The metric that says most about a role: a card opens with it."""
SCORE_WEIGHTS: Mapping[Role, Weights] = MappingProxyType(
    {
        Role.SDR: {
            Metric.LEADS_PER_MONTH: 0.30,
            Metric.QUALIFIED_RATE: 0.45,
            Metric.QUALIFICATION_EFFICIENCY: 0.25,
        },
        Role.AE: {
            Metric.WIN_RATE: 0.45,
            Metric.CLOSE_RATE: 0.20,
            Metric.DISCERNMENT: 0.15,
            Metric.HANDOFF_FEEDBACK_RATE: 0.20,
        },
        Role.AM: {Metric.UPSELL_RATE: 0.50, Metric.NET_RETENTION: 0.30, Metric.COACHING_MINUTES: 0.20},
    }
)


def seed_of(workspace: object, team: object, period_label: str) -> int:
    """The same number for the same workspace, team and period, on every machine and in every process."""
    words = "\x1f".join((str(workspace), str(team), period_label))
    return int.from_bytes(hashlib.sha256(words.encode()).digest()[:8], "big")


def rank(
    evidence: RoleEvidence,
    *,
    seed: int,
    history: History | None = None,
    weights: Weights | None = None,
    draws: int = DRAWS,
    team: Collection[int] | None = None,
    hidden: Collection[int] = (),
    steady: Collection[int] = (),
) -> Ranking:
    """Rank a team's reps of one role; see `rank_estimates`."""
    estimates = estimate(evidence, history=history)
    return rank_estimates(
        estimates, seed=seed, weights=weights, draws=draws, team=team, hidden=hidden, steady=steady
    )


def rank_estimates(
    estimates: RoleEstimates,
    *,
    seed: int,
    weights: Weights | None = None,
    draws: int = DRAWS,
    team: Collection[int] | None = None,
    hidden: Collection[int] = (),
    steady: Collection[int] = (),
) -> Ranking:
    """Rank the role's reps of a team by score; without a team, all of the workspace.

    Estimates, middles and scales are the whole role's. `hidden` reps (who opted out of public naming) are left out as
    if they were not ranked, and the number of top reps follows from the others: no gap is left to guess from.
    `steady` are those who were named last week.
    """
    columns = scored(estimates, weights)
    inside = np.isin(estimates.reps, list(estimates.reps if team is None else team))
    shown = inside & ~np.isin(estimates.reps, list(hidden))
    chosen = np.flatnonzero(shown & ranked(estimates, columns))
    scores = score(columns, len(estimates.reps))
    places = _places(scores, chosen, draws, np.random.default_rng(seed))
    listed = _listed(
        estimates, np.flatnonzero(shown), scores, columns, dict(zip(chosen.tolist(), places, strict=True))
    )
    named, nearly, contenders = judged([row for row in listed if row.place], steady)
    return Ranking(
        estimates.evidence.role,
        listed,
        named,
        contenders,
        too_few=len(chosen) < FEWEST_RANKED,
        bar=naming.bar(len(chosen)),
        nearly=nearly,
        silent=_silent(estimates, weights),
        estimates=estimates,
    )


def scored(estimates: RoleEstimates, weights: Weights | None = None) -> list[tuple[float, Column]]:
    """The metrics that a role's score is made of, each with its share.

    Those that nobody settled has leave, and those on which nobody of the role ever showed the other outcome.
    """
    held = [(weight, column) for weight, column in _weighed(estimates, weights) if column.judges]
    total = sum(weight for weight, _ in held)
    return [(weight / total, column) for weight, column in held]


def _weighed(estimates: RoleEstimates, weights: Weights | None) -> list[tuple[float, Column]]:
    settled = ~estimates.evidence.ramping
    given = SCORE_WEIGHTS.get(estimates.evidence.role, {}) if weights is None else weights
    return [
        (given[metric], column)
        for metric, column in estimates.columns.items()
        if given.get(metric, 0) > 0 and (column.evidence.known & settled).any()
    ]


def _silent(estimates: RoleEstimates, weights: Weights | None) -> tuple[Metric, ...]:
    return tuple(column.metric for _, column in _weighed(estimates, weights) if not column.judges)


def ranked(estimates: RoleEstimates, columns: Collection[tuple[float, Column]]) -> Mask:
    """Who is past ramp-up and has a figure on one metric of the score at least."""
    known = np.zeros(len(estimates.reps), dtype=np.bool_)
    for _, column in columns:
        known |= column.evidence.known
    return known & ~estimates.evidence.ramping


def _places(scores: Score, chosen: Columns, draws: int, rng: np.random.Generator) -> list[Place]:
    """Where each chosen rep comes in, by the score and over the draws; equals are put in order by lot in each draw."""
    places = _order_to_places(_best_to_worst(scores.draw(rng, draws, chosen), rng))
    top = (places <= top_count(len(chosen))).mean(axis=0)
    low, high = np.quantile(places, (0.05, 0.95), axis=0, method="inverted_cdf") if len(chosen) else ((), ())
    means = scores.mean[chosen]
    by_score = 1 + (means[None, :] > means[:, None]).sum(axis=1)
    return [
        Place(int(at), len(chosen), int(least), int(most), float(share))
        for at, least, most, share in zip(by_score, low, high, top, strict=True)
    ]


def _best_to_worst(drawn: Floats, rng: np.random.Generator) -> NDArray[np.intp]:
    """Each draw's order; equals, which are rare, are put in order by lot."""
    order = np.argsort(-drawn, axis=1)
    in_order = np.take_along_axis(drawn, order, axis=1)
    if (in_order[:, 1:] == in_order[:, :-1]).any():
        return np.lexsort((rng.random(drawn.shape), -drawn))
    return order


def _order_to_places(order: NDArray[np.intp]) -> NDArray[np.int32]:
    places = np.empty(order.shape, dtype=np.int32)
    np.put_along_axis(places, order, np.arange(1, order.shape[1] + 1, dtype=np.int32)[None, :], axis=1)
    return places


def _listed(
    estimates: RoleEstimates,
    shown: Columns,
    scores: Score,
    columns: Collection[tuple[float, Column]],
    places: Mapping[int, Place],
) -> tuple[RankedRep, ...]:
    figures, z = estimates.by_rep(), estimates.z_by_rep()
    ahead = leads(list(columns), np.isin(np.arange(len(estimates.reps)), list(places)))
    parts = {column.metric: share * column.z for share, column in columns}
    worse = held_back(columns, len(estimates.reps))
    told = {column.metric: sides(estimates, column)[0] for _, column in columns}
    rows = [
        RankedRep(
            rep := estimates.reps[at],
            float(scores.mean[at]) if at in places else None,
            places.get(at),
            bool(estimates.evidence.ramping[at]),
            z[rep],
            figures[rep],
            {metric: float(part[at]) for metric, part in parts.items()} if at in places else {},
            float(ahead[at]),
            bool(worse[at]),
            frozenset(metric for metric, mask in told.items() if mask[at]),
        )
        for at in shown.tolist()
    ]
    return tuple(sorted(rows, key=_best_first))


def held_back(columns: Collection[tuple[float, Column]], reps: int) -> Mask:
    """No praise for who is worse than the middle on what the score is made of, as far as one can tell."""
    worse = np.zeros(reps, dtype=np.bool_)
    for _, column in columns:
        worse |= column.evidence.known & (column.below_middle >= LIKELY)
    return worse


def _best_first(row: RankedRep) -> tuple[bool, float, float, int]:
    return row.place is None, -(row.score or 0.0), -(row.probability_top or 0.0), row.rep
