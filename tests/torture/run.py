"""One run: reps at work, trouble all the while, then peace, then the verdict."""

import time
from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from tests.torture.model import Model
from tests.torture.people import Driver, managers_answer
from tests.torture.trouble import Trouble
from tests.torture.verdict import Line, judge, wait_until_quiet
from tests.torture.world import World, a_folder, open_world

DRIVERS = 4
PATIENCE = 900.0


@dataclass(frozen=True, slots=True)
class Plan:
    minutes: float
    replicas: int = 3
    teams: int = 8
    by_socket: bool = False
    kill_every: float = 4.0
    fault_every: float = 0.5
    pause: float = 0.25
    """Seconds between two things that one driver does."""
    fewest_questions: int = 0
    """On a crowded machine it goes on until so many were asked and a process was killed."""
    on: datetime | None = None
    """A day to begin from instead of today."""


@dataclass(frozen=True, slots=True)
class Result:
    faults: Counter[str]
    lines: list[Line]
    folder: Path

    @property
    def is_clean(self) -> bool:
        return all(line.lost == 0 and line.doubled == 0 for line in self.lines)


def run(url: str, plan: Plan) -> Result:
    folder = a_folder()
    model = Model()
    with open_world(
        url,
        replicas=plan.replicas,
        teams=plan.teams,
        by_socket=plan.by_socket,
        digests_within=timedelta(minutes=plan.minutes),
        folder=folder,
        on=plan.on,
    ) as world:
        drivers = [Driver(world, model, world.reps[n::DRIVERS], pause=plan.pause) for n in range(DRIVERS)]
        trouble = Trouble(world, kill_every=plan.kill_every, fault_every=plan.fault_every)
        trouble.start()
        for driver in drivers:
            driver.start()
        try:
            _goes_on(world, model, plan)
        finally:
            faults = trouble.stop()
        for driver in drivers:
            driver.stop()
            faults += driver.repeated
        _peace(world)
        return Result(faults, judge(world, model), folder)


def _goes_on(world: World, model: Model, plan: Plan) -> None:
    time.sleep(plan.minutes * 60)
    latest = time.monotonic() + PATIENCE
    while len(model.asked_about) < plan.fewest_questions or not world.done["SIGKILL"]:
        if time.monotonic() > latest:
            raise TimeoutError(f"only {len(model.asked_about)} questions after {PATIENCE} s")
        time.sleep(0.5)


def _peace(world: World) -> None:
    world.sandbox.faults.clear()
    world.look_anew()
    wait_until_quiet(world)
    while managers_answer(world):
        wait_until_quiet(world)
