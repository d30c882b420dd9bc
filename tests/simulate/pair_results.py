"""How often one pair's result is called better or worse than without a coach, where coaching does so much, and nothing.

A role of reps with true win rates; the lowest by its own figures is coached, as the bot would, and the others are not.
Run with `python -m tests.simulate.pair_results`; the figures come out the same each time.
"""

import sys
from collections import Counter
from dataclasses import dataclass

import numpy as np

from bot.coaching.domain.observations import Observation
from bot.coaching.domain.pair_result import Result, Side, result
from bot.core.enums import Metric
from bot.scorecards.domain.verdict import Verdict

RUNS = 2_000
MEAN, SPREAD, DRIFT = 0.30, 0.08, 0.03
"""Of the true rates, and how far each moves by itself from before to after."""
BEFORE = 80
"""Trials of the 13 weeks before."""


@dataclass(frozen=True)
class Design:
    others: int
    after: int
    """Trials of the weeks since: a third of the quarter's after four of them."""
    true: float


DESIGNS = tuple(
    Design(others, after, true)
    for others in (5, 9, 30)
    for after in (25, 80)
    for true in (0.0, 0.05, 0.10, 0.20)
)


def told(design: Design, runs: int = RUNS, seed: int = 1) -> Counter[Verdict]:
    dice = np.random.default_rng(seed)
    return Counter(_one(design, dice).judged.verdict for _run in range(runs))


def _one(design: Design, dice: np.random.Generator) -> Result:
    reps = design.others + 1
    true = np.clip(dice.normal(MEAN, SPREAD, reps), 0.02, 0.95)
    later = np.clip(true + dice.normal(0, DRIFT, reps), 0.02, 0.95)
    ahead, behind = dice.poisson(BEFORE, reps) + 1, dice.poisson(design.after, reps) + 1
    before = dice.binomial(ahead, true) / ahead
    lowest = int(np.argmin(before))
    later[lowest] = min(later[lowest] + design.true, 1.0)
    after = dice.binomial(behind, later) / behind
    seen = [
        Observation(rep, before[rep], after[rep], rep == lowest, 4, (float(ahead[rep]), float(behind[rep])))
        for rep in range(reps)
    ]
    learner = seen.pop(lowest)
    return result(Metric.WIN_RATE, Side(learner.before), Side(learner.after), learner, seen)


def run(runs: int = RUNS) -> None:
    print(f"{'others':>6} {'deals since':>11} {'true effect':>11} {'better':>7} {'worse':>7}")
    for design in DESIGNS:
        found = told(design, runs)
        better, worse = (found[one] / runs for one in (Verdict.BETTER, Verdict.WORSE))
        print(f"{design.others:>6} {design.after:>11} {design.true:>11.0%} {better:>7.1%} {worse:>7.1%}")


if __name__ == "__main__":
    run(int(sys.argv[1]) if len(sys.argv) > 1 else RUNS)
