"""How often the effect's 95% interval holds the truth, and how often it claims an effect where there is none.

Teams with a known true effect are coached as the bot coaches: those who seemed low, through noise. Run with
`python -m tests.bench.simulate_effect`; the figures come out the same each time.
"""

from dataclasses import dataclass

import numpy as np

from bot.domain.effect import Observation, effect
from bot.words import Metric

RUNS = 6_000
MEAN, SPREAD = 0.30, 0.08
"""Of the reps' true rates."""


@dataclass(frozen=True)
class Design:
    """`noise` is a quarter's chance in one rep's rate; `seen` what whoever chose the learners knew only roughly."""

    title: str
    reps: int = 40
    coached: int = 12
    noise: float = 0.05
    seen: float = 0.08
    uneven: float = 1.0
    """How much noisier the coached are afterwards."""
    true: float = 0.05


DESIGNS = (
    Design("40 reps, 12 coached"),
    Design("the same, no true effect", true=0.0),
    Design("10 reps, 5 coached", reps=10, coached=5),
    Design("10 reps, 5 coached, no true effect", reps=10, coached=5, true=0.0),
    Design("the coached vary twice as much", uneven=2.0),
    Design("chosen by their own low figures alone", seen=0.0),
    Design("the same, no true effect", seen=0.0, true=0.0),
    Design("200 reps, 20 coached, twice the noise", reps=200, coached=20, noise=0.10),
)


def play(design: Design, rng: np.random.Generator) -> tuple[bool, bool]:
    """Whether the interval of one simulated team holds the truth, and whether it leaves out 0."""
    ability = rng.normal(MEAN, SPREAD, design.reps)
    before = ability + rng.normal(0, design.noise, design.reps)
    low = np.argsort(before + rng.normal(0, design.seen, design.reps))[: design.coached]
    coached = np.isin(np.arange(design.reps), low)
    chance = rng.normal(0, 1, design.reps) * design.noise * np.where(coached, design.uneven, 1.0)
    after = ability + design.true * coached + chance
    rows = zip(before.tolist(), after.tolist(), coached.tolist(), strict=True)
    told = effect(Metric.WIN_RATE, [Observation(rep, *row, 13) for rep, row in enumerate(rows)])
    if told.interval is None:
        return True, False
    low_end, high_end = told.interval
    return low_end <= design.true <= high_end, low_end > 0 or high_end < 0


def run(runs: int = RUNS) -> list[tuple[str, float, float]]:
    """Titles, coverage, and the share of runs that claim an effect; prints them as they come."""
    found = []
    for number, design in enumerate(DESIGNS):
        rng = np.random.default_rng(number)
        held, claimed = np.array([play(design, rng) for _ in range(runs)]).mean(axis=0)
        kind = "claims one" if design.true else "claims one falsely"
        print(f"{design.title}: holds the truth in {held:.1%}, {kind} in {claimed:.1%}")
        found.append((design.title, float(held), float(claimed)))
    return found


if __name__ == "__main__":
    run()
