"""Played teams, what the bot says of them through its own functions, and what is true of them."""

from collections.abc import Callable, Iterator

import numpy as np

from bot.core.enums import Metric, Role
from bot.scorecards.domain.estimates import Column, RoleEstimates, estimate
from bot.scorecards.domain.improvement import gains, most_improved
from bot.scorecards.domain.league import RankedRep, Ranking
from bot.scorecards.domain.naming import least_lead, top_count
from bot.scorecards.domain.ranking import SCORE_WEIGHTS, rank, rank_estimates, scored
from bot.scorecards.domain.scores import leads
from tests.simulate.worlds import Skills, World, play, skills

DRAWS = 1000
YEAR = 52

Made = Callable[[Role, int, float, np.random.Generator], Skills]


def made(role: Role, reps: int, spread: float, seed: int, weeks: int = YEAR, skilled: Made = skills) -> World:
    rng = np.random.default_rng([seed, reps, list(Role).index(role), int(spread * 100)])
    return play(role, skilled(role, reps, spread, rng), weeks, rng)


def ranking(world: World, end: int, seed: int) -> Ranking:
    return rank(world.evidence(end), history=world.history(end), seed=seed, draws=DRAWS)


def said(world: World, seed: int) -> list[RankedRep]:
    """Of each rep, in their order."""
    return sorted(ranking(world, YEAR, seed).reps, key=lambda row: row.rep)


def true_places(world: World) -> np.ndarray:
    """By the weighted sum of the true figures, each in standard deviations of those that were counted; 1 is best."""
    shown, truth = world.evidence(YEAR), world.truth(YEAR)
    total = np.zeros(world.reps)
    for metric, weight in SCORE_WEIGHTS[world.role].items():
        deviation = float(np.nanstd(shown.metrics[metric].raw))
        total += weight * truth[metric] / deviation if deviation > 0 else 0
    return 1 + np.argsort(np.argsort(-total))


def told(world: World, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """What was said of each rep's being top, and whether it is true."""
    chances = np.array([row.probability_top or 0.0 for row in said(world, seed)])
    return chances, true_places(world) <= top_count(world.reps)


def digests(world: World, seed: int) -> Iterator[list[int]]:
    """Whom each of a year's weekly digests names; a name counts for the next week's."""
    named: list[int] = []
    for end in range(YEAR + 1, 2 * YEAR + 1):
        estimates = estimate(world.evidence(end), history=world.history(end))
        if named or _may_be_named(estimates):
            ranked = rank_estimates(estimates, seed=seed + end, draws=500, steady=named)
            named = [row.rep for row in ranked.named]
        yield named


def _may_be_named(estimates: RoleEstimates) -> bool:
    """Where nobody leads by what a new name needs nobody will be named: half of the time goes into ranking them."""
    reps = len(estimates.reps)
    return bool(leads(scored(estimates), np.ones(reps, dtype=np.bool_)).max() >= least_lead(reps))


def improved(world: World, end: int, seed: int) -> int | None:
    spans = [world.evidence(end - 4 * n, 4) for n in range(4)]
    return most_improved([gains(spans[0], spans[1:])], seed=seed, draws=DRAWS)


def columns(world: World, length: int) -> Iterator[tuple[Metric, Column]]:
    yield from estimate(world.evidence(YEAR, length), history=world.history(YEAR, length)).columns.items()
