"""Who is top, told with its certainty: joint draws of what is believed of every rep, counted."""

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from bot.domain.estimates import Column, Estimate, RoleEstimates, estimate
from bot.domain.evidence import RoleEvidence
from bot.domain.posteriors import Columns
from bot.domain.shrinkage import PSEUDO_TRIALS
from bot.domain.special import Floats, Mask
from bot.words import Metric, Role

DRAWS = 2000
NAMED, CONTENDER = 0.5, 0.2
MOST_CONTENDERS = 3
FEWEST_RANKED = 3

Weights = Mapping[Metric, float]

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


@dataclass(frozen=True, slots=True)
class Place:
    """A rep's place by score, 1 the best, among `of` ranked reps; `low` to `high` holds it with 90% certainty."""

    place: int
    of: int
    low: int
    high: int
    probability_top: float


@dataclass(frozen=True, slots=True)
class RankedRep:
    """`score` and `place` are None for a rep who is not ranked: ramping, or without a figure that counts.

    `z` holds the metrics on which the rep has a figure.
    """

    rep: int
    score: float | None
    place: Place | None
    ramping: bool
    z: Mapping[Metric, float]
    estimates: Mapping[Metric, Estimate]

    @property
    def probability_top(self) -> float | None:
        return self.place.probability_top if self.place else None


@dataclass(frozen=True, slots=True, eq=False)
class Ranking:
    """A role's reps of a team (or workspace), best first, those not ranked last.

    `named` are top by judgement; `contenders` are told only where nobody is named (`too_close`). With fewer than three
    ranked reps (`too_few`) both are empty.
    """

    role: Role
    reps: tuple[RankedRep, ...]
    named: tuple[RankedRep, ...]
    contenders: tuple[RankedRep, ...]
    too_few: bool
    estimates: RoleEstimates

    @property
    def too_close(self) -> bool:
        return not self.too_few and not self.named


def seed_of(workspace: object, team: object, period_label: str) -> int:
    """The same number for the same workspace, team and period, on every machine and in every process."""
    words = "\x1f".join((str(workspace), str(team), period_label))
    return int.from_bytes(hashlib.sha256(words.encode()).digest()[:8], "big")


def rank(
    evidence: RoleEvidence,
    *,
    seed: int,
    history: RoleEvidence | None = None,
    weights: Weights | None = None,
    draws: int = DRAWS,
    team: Collection[int] | None = None,
    hidden: Collection[int] = (),
    pseudo_trials: float = PSEUDO_TRIALS,
) -> Ranking:
    """Rank a team's reps of one role; see `rank_estimates`."""
    estimates = estimate(evidence, history=history, pseudo_trials=pseudo_trials)
    return rank_estimates(estimates, seed=seed, weights=weights, draws=draws, team=team, hidden=hidden)


def rank_estimates(
    estimates: RoleEstimates,
    *,
    seed: int,
    weights: Weights | None = None,
    draws: int = DRAWS,
    team: Collection[int] | None = None,
    hidden: Collection[int] = (),
) -> Ranking:
    """Rank the role's reps of a team by score; without a team, all of the workspace.

    Estimates, middles and scales are the whole role's. `hidden` reps (who opted out of public naming) are left out as
    if they were not ranked, and the number of top reps follows from the others: no gap is left to guess from.
    """
    columns = scored(estimates, weights)
    inside = np.isin(estimates.reps, list(estimates.reps if team is None else team))
    shown = inside & ~np.isin(estimates.reps, list(hidden))
    chosen = np.flatnonzero(shown & ranked(estimates, columns))
    scores = sum((share * column.z for share, column in columns), np.zeros(len(estimates.reps)))
    places = _places(scores, columns, chosen, draws, np.random.default_rng(seed))
    listed = _listed(
        estimates, np.flatnonzero(shown), scores, dict(zip(chosen.tolist(), places, strict=True))
    )
    named, contenders = _judged([rep for rep in listed if rep.place])
    return Ranking(estimates.evidence.role, listed, named, contenders, len(chosen) < FEWEST_RANKED, estimates)


def place(ranking: Ranking, rep: int) -> Place | None:
    """A rep's own place, for their eyes; None if not ranked."""
    return next((row.place for row in ranking.reps if row.rep == rep), None)


def top_count(ranked_reps: int) -> int:
    """How many of the ranked reps are top: a tenth, and one at least."""
    return max(1, int(ranked_reps / 10 + 0.5))


def scored(estimates: RoleEstimates, weights: Weights | None = None) -> list[tuple[float, Column]]:
    """The metrics that a role's score is made of, each with its share; those that nobody settled has leave."""
    settled = ~estimates.evidence.ramping
    given = SCORE_WEIGHTS.get(estimates.evidence.role, {}) if weights is None else weights
    held = [
        (given[metric], column)
        for metric, column in estimates.columns.items()
        if given.get(metric, 0) > 0 and (column.evidence.known & settled).any()
    ]
    total = sum(weight for weight, _ in held)
    return [(weight / total, column) for weight, column in held]


def ranked(estimates: RoleEstimates, columns: Collection[tuple[float, Column]]) -> Mask:
    """Who is past ramp-up and has a figure on one metric of the score at least."""
    known = np.zeros(len(estimates.reps), dtype=np.bool_)
    for _, column in columns:
        known |= column.evidence.known
    return known & ~estimates.evidence.ramping


def _places(
    scores: Floats,
    columns: Collection[tuple[float, Column]],
    chosen: Columns,
    draws: int,
    rng: np.random.Generator,
) -> list[Place]:
    """Where each chosen rep comes in, by the score and over the draws; equals are put in order by lot in each draw."""
    drawn = sum(
        (share * column.draw(rng, draws, chosen) for share, column in columns), np.zeros((draws, len(chosen)))
    )
    places = _order_to_places(_best_to_worst(drawn, rng))
    top = (places <= top_count(len(chosen))).mean(axis=0)
    low, high = np.quantile(places, (0.05, 0.95), axis=0, method="inverted_cdf") if len(chosen) else ((), ())
    by_score = 1 + (scores[chosen][None, :] > scores[chosen][:, None]).sum(axis=1)
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
    estimates: RoleEstimates, shown: Columns, scores: Floats, places: Mapping[int, Place]
) -> tuple[RankedRep, ...]:
    figures, z = estimates.by_rep(), estimates.z_by_rep()
    rows = [
        RankedRep(
            rep := estimates.reps[at],
            float(scores[at]) if at in places else None,
            places.get(at),
            bool(estimates.evidence.ramping[at]),
            z[rep],
            figures[rep],
        )
        for at in shown.tolist()
    ]
    return tuple(sorted(rows, key=_best_first))


def _best_first(row: RankedRep) -> tuple[bool, float, float, int]:
    return row.place is None, -(row.score or 0.0), -(row.probability_top or 0.0), row.rep


def _judged(rows: list[RankedRep]) -> tuple[tuple[RankedRep, ...], tuple[RankedRep, ...]]:
    """Who is named, and, where nobody is, who contends; rows are the ranked reps alone.

    Where all are equal (nobody has done anything, say) nobody contends: who is told would be by lot.
    """
    if len(rows) < FEWEST_RANKED:
        return (), ()
    likely = sorted(rows, key=lambda row: -(row.probability_top or 0.0))
    named = [row for row in likely if (row.probability_top or 0.0) >= NAMED][: top_count(len(rows))]
    contenders = [row for row in likely if (row.probability_top or 0.0) >= CONTENDER]
    is_even = len({row.score for row in rows}) == 1
    return tuple(named), () if named or is_even else tuple(contenders[: min(MOST_CONTENDERS, len(rows) // 2)])
