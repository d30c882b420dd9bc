"""How often the effect's 95% interval holds the truth, and how often it claims an effect where there is none.

Teams with a known true effect are coached as the bot coaches: those who seemed low, through noise, or drawn by lot of
them. Run with `python -m tests.simulate.effect`; the figures come out the same each time. Nothing of the estimate is
used here but its public entry.
"""

import sys
from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from bot.coaching.domain.effect import Design as How
from bot.coaching.domain.effect import effect
from bot.coaching.domain.observations import Observation, Seen, comparison, window
from bot.core.enums import Metric
from tests.simulate.rows import Row

RUNS = 2_000
MEAN, SPREAD = 0.30, 0.08
"""Of the reps' true rates."""
TODAY = date(2027, 6, 28)
FIRST = date(2026, 8, 3)
YEAR = 52

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Design:
    """`trials` is what a quarter's figure rests on; `seen` what whoever chose the learners knew only roughly."""

    title: str
    reps: int = 40
    coached: int = 12
    trials: float = 80
    uneven: float = 0.0
    """The spread of the volumes on the log scale: at 1, the busiest tenth has over ten times what the idlest has."""
    seen: float = 0.08
    season: float = 0.0
    """From the year's worst week to its best."""
    starts: tuple[int, ...] = (0,)
    """The weeks in which learners begin, in turn."""
    together: float = 0.0
    """The share of the learners who all begin in the first of them."""
    leavers: float = 0.0
    """The share that leaves in the weeks after, the weak first."""
    drifts: float = 0.03
    """How far a rep's true rate moves by itself from one quarter to the next."""
    by_lot: bool = False
    true: float = 0.05


DESIGNS = (
    Design("40 reps, 12 chosen who seem low"),
    Design("the same, no true effect", true=0.0),
    Design("10 reps, 5 chosen", reps=10, coached=5),
    Design("the same, no true effect", reps=10, coached=5, true=0.0),
    Design("chosen by their own low figures alone", seen=0.0),
    Design("the same, no true effect", seen=0.0, true=0.0),
    Design("a 12-point season, most begin together", season=0.12, starts=(0, 13, 26), together=0.7),
    Design("the same, no true effect", season=0.12, starts=(0, 13, 26), together=0.7, true=0.0),
    Design("a 12-point season, starts spread over half a year", season=0.12, starts=tuple(range(0, 27, 2))),
    Design("the same, no true effect", season=0.12, starts=tuple(range(0, 27, 2)), true=0.0),
    Design("uneven volumes", uneven=1.0),
    Design("the same, no true effect", uneven=1.0, true=0.0),
    Design("uneven volumes, chosen by low figures alone, no true effect", uneven=1.0, seen=0.0, true=0.0),
    Design("a fifth leaves, the weak first", leavers=0.2),
    Design("the same, no true effect", leavers=0.2, true=0.0),
    Design(
        "season, spread starts, uneven volumes, leavers",
        season=0.12,
        starts=(0, 6, 13, 26),
        uneven=1.0,
        leavers=0.2,
    ),
    Design("the same, no true effect", season=0.12, starts=(0, 6, 13, 26), uneven=1.0, leavers=0.2, true=0.0),
    Design("40 reps, 20 in need, 10 of them chosen", coached=10),
    Design("40 reps, 20 drawn by lot, 20 wait", coached=20, by_lot=True),
    Design("the same, no true effect", coached=20, by_lot=True, true=0.0),
)


class World:
    """One team, week by week: what everybody truly can, how much they do, and when they are there."""

    def __init__(self, design: Design, rng: np.random.Generator) -> None:
        self.design, self.rng = design, rng
        n = design.reps
        ability = rng.normal(MEAN, SPREAD, n)
        volume = design.trials / 13 * np.exp(rng.normal(0, design.uneven, n) - design.uneven**2 / 2)
        weeks = np.arange(-13, max(design.starts) + 14)
        season = design.season / 2 * np.sin(2 * np.pi * (weeks + rng.uniform(0, YEAR)) / YEAR)
        walk = rng.normal(0, design.drifts / np.sqrt(13), (n, len(weeks))).cumsum(axis=1)
        self.starts = self._starts()
        self.trials = rng.poisson(volume[:, None], (n, len(weeks))) * self._is_there(ability, weeks)
        self.chances = np.clip(ability[:, None] + season + walk, 0.01, 0.99)
        self.wins = rng.binomial(self.trials, self.chances)
        self.coached = self._chosen(ability)
        after = self.coached[:, None] & (weeks > self.starts[:, None])
        better = np.clip(self.chances + design.true, 0.01, 0.99)
        self.wins = np.where(after, rng.binomial(self.trials, better), self.wins)

    def _starts(self) -> NDArray[np.int_]:
        turn = self.rng.choice(self.design.starts, self.design.reps)
        first = self.rng.random(self.design.reps) < self.design.together
        return np.where(first, self.design.starts[0], turn)

    def _is_there(self, ability: Floats, weeks: NDArray[np.int_]) -> NDArray[np.bool_]:
        """Who leaves does so at some time after the first sessions."""
        rank = np.argsort(np.argsort(ability + self.rng.normal(0, SPREAD, self.design.reps)))
        leaves = rank < self.design.leavers * self.design.reps
        last = np.where(leaves, self.rng.uniform(0, weeks[-1], self.design.reps), weeks[-1] + 1)
        return weeks <= last[:, None]

    def _chosen(self, ability: Floats) -> NDArray[np.bool_]:
        n = self.design.reps
        if self.design.by_lot:
            drawn = self.rng.permutation(n)[: self.design.coached]
        else:
            shown = [self.figure(rep, -13 + start, start) for rep, start in enumerate(self.starts.tolist())]
            seems = np.array([one[0] if one else MEAN for one in shown])
            drawn = np.argsort(seems + self.rng.normal(0, self.design.seen, n))[: self.design.coached]
        return np.isin(np.arange(n), drawn)

    def figure(self, rep: int, first: int, beyond: int) -> tuple[float, float] | None:
        """Rate and trials over some weeks."""
        trials = int(self.trials[rep, first + 13 : beyond + 13].sum())
        return (float(self.wins[rep, first + 13 : beyond + 13].sum() / trials), trials) if trials else None


def observe(world: World) -> list[Observation]:
    begun = Counter(world.starts[world.coached].tolist())
    told = []
    for rep, start in enumerate(world.starts.tolist()):
        if not world.coached[rep]:
            seen = [_seen(world, rep, start, learners) for start, learners in begun.items()]
            if there := [one for one in seen if one]:
                told.append(comparison(rep, there))
        elif one := _seen(world, rep, start, 1):
            told.append(Observation(rep, one.before, one.after, True, one.weeks.weeks_after, one.trials))
    return told


def _seen(world: World, rep: int, start: int, learners: int) -> Seen | None:
    before, after = world.figure(rep, start - 13, start), world.figure(rep, start + 1, start + 14)
    if before is None or after is None:
        return None
    weeks = window(FIRST + timedelta(weeks=start), TODAY)
    return Seen(weeks, before[0], after[0], (before[1], after[1]), learners)


def play(design: Design, rng: np.random.Generator) -> tuple[float, float, float]:
    """Whether the interval of one simulated team holds the truth, whether it leaves out 0, and the error."""
    how = How.LOT if design.by_lot else How.CHOSEN
    told = effect(Metric.WIN_RATE, observe(World(design, rng)), design=how)
    if told.interval is None or told.difference is None:
        return float("nan"), float("nan"), float("nan")
    low, high = told.interval
    return float(low <= design.true <= high), float(low > 0 or high < 0), told.difference - design.true


@dataclass(frozen=True)
class Found:
    """Of a design: the share of intervals that hold the truth, the share that leaves out 0, and the mean error."""

    design: Design
    held: float
    claimed: float
    bias: float
    runs: int

    @property
    def holds(self) -> bool:
        """Within the bounds of 93 to 97% and, where there is no effect, 5%, as far as so many runs can tell."""
        bounds = [Row("held", self.held, 0.93, 0.97, self.runs)]
        if not self.design.true:
            bounds.append(Row("claimed", self.claimed, 0.0, 0.05, self.runs))
        return all(row.holds for row in bounds)

    def __str__(self) -> str:
        kind = "claims one" if self.design.true else "claims one falsely"
        return (
            f"{'ok ' if self.holds else 'RED'} {self.design.title}: holds {self.held:.1%}, "
            f"{kind} in {self.claimed:.1%}, off by {100 * self.bias:+.2f} points ({self.runs:,})"
        )


def run(runs: int = RUNS, designs: tuple[Design, ...] = DESIGNS) -> list[Found]:
    """Every design, printed as it comes."""
    found = []
    for number, design in enumerate(designs):
        rng = np.random.default_rng(number)
        held, claimed, bias = np.nanmean([play(design, rng) for _ in range(runs)], axis=0)
        found.append(Found(design, float(held), float(claimed), float(bias), runs))
        print(found[-1], flush=True)
    return found


if __name__ == "__main__":
    sys.exit(not all(row.holds for row in run(int(sys.argv[1]) if len(sys.argv) > 1 else RUNS)))
