"""What a pairing costs beside the bare assignment on a ready matrix: `python -m tests.bench pairing`.

1,000 coach slots for 1,000 learners, with all the rules of a week: running cycles, exclusions, pairs that rest.
Medians, taken turn about in this run.
"""

import time
from collections.abc import Callable
from datetime import date, timedelta

import numpy as np
from scipy.optimize import linear_sum_assignment

from bot.coaching.domain.focus import Focus, Skill
from bot.coaching.domain.matching import Coach, Learner, WorkDay, worth
from bot.coaching.domain.pairing import pair
from bot.coaching.domain.pairs import Cycle, PairingRules
from bot.core.enums import Metric, Role
from bot.scorecards.domain.inference.special import Floats
from tests.bench.table import Row, compared, demand, written

COACHES, CAPACITY, LEARNERS = 500, 2, 1_000
ROUNDS = 7
WEEK = date(2026, 11, 16)
METRICS = (Metric.WIN_RATE, Metric.CLOSE_RATE, Metric.CYCLE_DAYS, Metric.TIMELINE_RATE)


def run() -> list[Row]:
    coaches, learners, rules = team(seed=1)
    ready = matrix(coaches, learners)
    contenders: dict[str, Callable[[], object]] = {
        "bare assignment": lambda: linear_sum_assignment(ready, maximize=True),
        "building the matrix": lambda: worth(coaches, learners, ended={}, week=WEEK).value,
        "the whole pairing": lambda: pair(coaches, learners, rules),
    }
    times: dict[str, list[float]] = {name: [] for name in contenders}
    for _ in range(ROUNDS):
        for name, work in contenders.items():
            times[name].append(_seconds(work))
    demand(len(pair(coaches, learners, rules).pairs) > LEARNERS / 2, "hardly anybody was paired")
    bare = times.pop("bare assignment")
    size = f"{COACHES * CAPACITY:,} slots, {LEARNERS:,} learners"
    return [compared(f"{name}, {size}", took, bare, "the bare assignment") for name, took in times.items()]


def team(seed: int) -> tuple[list[Coach], list[Learner], PairingRules]:
    rng = np.random.default_rng(seed)
    zones = rng.choice([0.0, 1.0, 6.0, 8.0], COACHES + LEARNERS)
    coaches = [
        Coach(
            rep,
            Role.AE,
            CAPACITY,
            WorkDay(9 + zones[rep], 9),
            {
                metric: Skill(0.4, 0.3, float(z))
                for metric, z in zip(METRICS, rng.normal(1, 1, 4), strict=True)
            },
            ratings=tuple(rng.integers(1, 6, 4).tolist()),
        )
        for rep in range(COACHES)
    ]
    learners = [
        Learner(
            COACHES + n,
            Role.AE,
            WorkDay(9 + zones[COACHES + n], 9),
            Focus(METRICS[n % 4], float(rng.gamma(2, 0.5)), 0.9),
        )
        for n in range(LEARNERS)
    ]
    couples = [
        (int(rng.integers(COACHES)), COACHES + int(rng.integers(LEARNERS))) for _ in range(2 * LEARNERS)
    ]
    rules = PairingRules(
        WEEK,
        seed,
        running=[Cycle(coach, learner, METRICS[0]) for coach, learner in dict(couples[:20]).items()],
        ended={couple: WEEK - timedelta(weeks=1) for couple in couples[20:]},
        exclusions=couples[:50],
    )
    return coaches, learners, rules


def matrix(coaches: list[Coach], learners: list[Learner]) -> Floats:
    """One row per slot."""
    return np.repeat(worth(coaches, learners, ended={}, week=WEEK).value, CAPACITY, axis=0)


def _seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


if __name__ == "__main__":
    print(written(run()))
