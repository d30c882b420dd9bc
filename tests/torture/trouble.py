"""What goes wrong: deaths, lost replies, refusals, cut lines; each counted when somebody met it."""

import random
import threading
from collections import Counter
from collections.abc import Callable

from bot.sandbox.faults import Fault, Faults
from tests.torture.world import World

METHODS = (
    "chat.postMessage",
    "chat.postMessage",
    "chat.update",
    "conversations.open",
    "conversations.history",
    "files.getUploadURLExternal",
    "files.completeUploadExternal",
)
LEADERS_EVERY = 4.0
SLOW = 12.0
"""Seconds: longer than the bot waits, so that a message lands after it was given up."""
KINDS: dict[str, tuple[float, Callable[[Faults, str], None]]] = {
    "reply dropped": (5, lambda faults, method: faults.drop_reply(method)),
    "429": (2, lambda faults, method: faults.rate_limit(method, retry_after=1)),
    "500": (3, lambda faults, method: faults.error(method)),
    "internal_error": (2, lambda faults, method: faults.slack_error(method)),
    "late answer": (0.2, lambda faults, method: faults.delay(method, SLOW)),
}


def kind_of(fault: Fault) -> str:
    if fault.hang_up:
        return "reply dropped"
    if fault.delay:
        return "late answer"
    return str(fault.status) if fault.status != 200 else fault.code


class Trouble:
    """Makes trouble in threads of its own, until stopped."""

    def __init__(self, world: World, *, kill_every: float, fault_every: float) -> None:
        self._world = world
        self._ordered: Counter[str] = Counter()
        self._stopping = threading.Event()
        self._threads = [
            threading.Thread(target=self._repeat, args=(world.kill, kill_every), daemon=True),
            threading.Thread(target=self._repeat, args=(world.supervise, 0.5), daemon=True),
            threading.Thread(target=self._repeat, args=(world.leader_joins, LEADERS_EVERY), daemon=True),
            threading.Thread(target=self._repeat, args=(self._fault, fault_every), daemon=True),
            threading.Thread(target=self._repeat, args=(self._cut, 4.0), daemon=True),
        ]

    def start(self) -> None:
        self._world.balancer.cut_share = 0.05
        for thread in self._threads:
            thread.start()

    def stop(self) -> Counter[str]:
        """All of it, by kind; faults that nobody met do not count."""
        self._stopping.set()
        for thread in self._threads:
            thread.join()
        self._world.balancer.cut_share = 0.0
        for method in set(METHODS):
            while (fault := self._world.sandbox.faults.next(method)) is not None:
                self._ordered[f"{method}: {kind_of(fault)}"] -= 1
        return +self._ordered + self._world.balancer.cuts + self._world.done

    def _repeat(self, do: Callable[[], None], every: float) -> None:
        while not self._stopping.wait(random.uniform(0.5, 1.5) * every):
            do()

    def _fault(self) -> None:
        method = random.choice(METHODS)
        kind = random.choices(list(KINDS), weights=[weight for weight, _ in KINDS.values()])[0]
        KINDS[kind][1](self._world.sandbox.faults, method)
        self._ordered[f"{method}: {kind}"] += 1

    def _cut(self) -> None:
        world = self._world
        if world.by_socket and random.random() < 0.5:
            random.choice((world.sandbox.sockets.drop, world.sandbox.sockets.refresh))()
            world.done["sockets of Socket Mode cut"] += 1
        elif not world.db.is_sqlite:
            with world.lock:
                _cut_database(world)


def _cut_database(world: World) -> None:
    """Every process loses its connections to PostgreSQL, whatever it was doing."""
    with world.db.engine.connect() as connection:
        connection.exec_driver_sql(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE pid <> pg_backend_pid() AND datname = current_database()"
        )
    world.done["database connections cut"] += 1
