"""One run: reps at work, trouble all the while, then peace, then the verdict."""

import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from tests.torture.model import Model
from tests.torture.papers import boss_takes
from tests.torture.people import Clerk, Driver
from tests.torture.questions import CAME_TO_NOTHING, managers_answer, reps_see_to_it
from tests.torture.quiet import wait_until_quiet
from tests.torture.told import wrong
from tests.torture.trouble import SLOW, GoAway, Trouble
from tests.torture.verdict import Line, judge
from tests.torture.world import World, a_folder, open_world

DRIVERS = 4
LEADER_EVERY = 4.0
MOST_LEADERS = 200
"""Who join: each is owed a workbook that takes seconds of a processor, so an hour's would take another to write."""
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


Then = Callable[[World, Model], None]


@dataclass(frozen=True, slots=True)
class Result:
    faults: Counter[str]
    lines: list[Line]
    wrong: str
    """Blank where nothing is."""
    folder: Path


def run(url: str, plan: Plan, *, go_away: GoAway | None = None, then: Then | None = None) -> Result:
    """`then` is shown the world once it was judged and nothing was wrong."""
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
        clerk = Clerk(world, model, pause=plan.pause * 8)
        trouble = Trouble(
            world,
            kill_every=plan.kill_every,
            fault_every=plan.fault_every,
            leader_every=max(LEADER_EVERY, plan.minutes * 60 / MOST_LEADERS),
            go_away=go_away,
        )
        trouble.start()
        clerk.start()
        for driver in drivers:
            driver.start()
        try:
            _goes_on(world, model, plan, [trouble, clerk, *drivers])
        finally:
            faults = trouble.stop()
        clerk.stop()
        for driver in drivers:
            driver.stop()
            faults += driver.repeated
        _peace(world, model)
        faults += +Counter({CAME_TO_NOTHING: world.done[CAME_TO_NOTHING]})
        lines = judge(world, model)
        result = Result(faults, lines, wrong(lines, world), folder)
        if then is not None and not result.wrong:
            then(world, model)
        return result


def _goes_on(world: World, model: Model, plan: Plan, everybody: Sequence[Trouble | Clerk | Driver]) -> None:
    """Raises what went wrong in somebody's own doing."""
    ends = time.monotonic() + plan.minutes * 60
    while time.monotonic() < ends:
        time.sleep(0.5)
        for failure in filter(None, (one.failure for one in everybody)):
            raise failure
    latest = time.monotonic() + PATIENCE
    while len(model.asked_about) < plan.fewest_questions or not world.done["SIGKILL"]:
        if time.monotonic() > latest:
            raise TimeoutError(f"only {len(model.asked_about)} questions after {PATIENCE} s")
        time.sleep(0.5)


def _peace(world: World, model: Model) -> None:
    world.sandbox.faults.clear()
    world.put_right_the_clock(after=SLOW)
    wait_until_quiet(world)
    while managers_answer(world) or reps_see_to_it(world, model) or boss_takes(world, model):
        wait_until_quiet(world)
