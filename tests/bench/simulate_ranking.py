"""How often the reps named top are truly top, against the raw rate and Wilson's lower bound.

Reps with known true rates, seen through samples of a week's and of a quarter's size, are ranked as the digest ranks
them. Run with `python -m tests.bench.simulate_ranking`; the figures come out the same each time.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.domain.evidence import RepTally, gather
from bot.domain.ranking import rank, top_count
from bot.domain.special import Floats
from bot.domain.tally import Tally
from bot.words import Metric, Role
from tests.domain.reps import QUARTER, TOOLS

REPS, RUNS, MEAN = 30, 200, 0.20


@dataclass(frozen=True)
class Setting:
    title: str
    fewest: int
    most: int
    spread: float


@dataclass(frozen=True)
class Run:
    """One simulated period: who is truly top, whom each method takes for top, and whom the rule names."""

    top: frozenset[int]
    raw: frozenset[int]
    wilson: frozenset[int]
    shrunk: frozenset[int]
    named: frozenset[int]
    certainty: Floats


SETTINGS = (
    Setting("a week's samples", 3, 40, 0.05),
    Setting("a quarter's samples", 40, 200, 0.08),
    Setting("a quarter's samples, no true difference", 40, 200, 0.0),
)


def play(setting: Setting, seed: int) -> Run:
    rng = np.random.default_rng(seed)
    rates = true_rates(setting, rng)
    decided = rng.integers(setting.fewest, setting.most + 1, REPS)
    qualified = rng.binomial(decided, rates)
    rows = [
        RepTally(rep, Tally(decided=int(n), passed=int(n), qualified=int(k)), QUARTER)
        for rep, (n, k) in enumerate(zip(decided, qualified, strict=True))
    ]
    evidence = gather(Role.SDR, rows, monthly_tool_cost=TOOLS)
    ranking = rank(evidence, seed=seed, weights={Metric.QUALIFIED_RATE: 1.0})
    certainty = {row.rep: row.probability_top or 0.0 for row in ranking.reps}
    return Run(
        highest(rates),
        highest(qualified / decided),
        highest(wilson_bound(qualified / decided, decided)),
        frozenset(row.rep for row in ranking.reps[: top_count(REPS)]),
        frozenset(row.rep for row in ranking.named),
        np.array([certainty[rep] for rep in range(REPS)]),
    )


def true_rates(setting: Setting, rng: np.random.Generator) -> Floats:
    if setting.spread == 0:
        return np.full(REPS, MEAN)
    strength = MEAN * (1 - MEAN) / setting.spread**2 - 1
    return rng.beta(MEAN * strength, (1 - MEAN) * strength, REPS)


def wilson_bound(share: Floats, trials: NDArray[np.int64]) -> Floats:
    """The lower end of Wilson's 95% interval."""
    z = 1.96
    centre = share + z**2 / (2 * trials)
    return np.asarray(
        (centre - z * np.sqrt(share * (1 - share) / trials + z**2 / (4 * trials**2))) / (1 + z**2 / trials)
    )


def highest(values: Floats) -> frozenset[int]:
    return frozenset(np.argsort(-values, kind="stable")[: top_count(REPS)].tolist())


def found(runs: Sequence[Run], method: str) -> float:
    """The share of the true top that a method's top holds."""
    return float(np.mean([len(run.top & getattr(run, method)) / len(run.top) for run in runs]))


def right(runs: Sequence[Run]) -> float:
    named = sum(len(run.named) for run in runs)
    return sum(len(run.named & run.top) for run in runs) / named if named else float("nan")


def calibration(runs: Sequence[Run], low: float, high: float) -> tuple[float, int]:
    """Among certainties from low up to high: the share truly top, and how many there were."""
    said = np.concatenate([run.certainty for run in runs])
    true = np.concatenate([np.isin(np.arange(REPS), list(run.top)) for run in runs])
    inside = (said >= low) & (said < high)
    return (float(true[inside].mean()) if inside.any() else float("nan")), int(inside.sum())


def report(setting: Setting) -> None:
    runs = [play(setting, seed) for seed in range(RUNS)]
    print(f"{setting.title} ({setting.fewest}-{setting.most} each, true spread {setting.spread:.0%})")
    if setting.spread:
        for method, title in (("raw", "raw rate"), ("wilson", "Wilson bound"), ("shrunk", "estimate")):
            print(f"  true top found by {title:13} {found(runs, method):.2f}")
        print(f"  named are truly top         {right(runs):.2f}")
    print(f"  periods with somebody named {np.mean([bool(run.named) for run in runs]):.2f}")
    print(
        f"  named in a period           {np.mean([len(run.named) for run in runs]):.2f} of {top_count(REPS)}"
    )
    for low, high in ((0.2, 0.5), (0.5, 0.7), (0.7, 0.9), (0.9, 1.01)) if setting.spread else ():
        share, count = calibration(runs, low, high)
        print(f"  said {low:.1f} to {min(high, 1):.1f}: truly top {share:.2f} (of {count})")


if __name__ == "__main__":
    for each in SETTINGS:
        report(each)
