"""What goes wrong: deaths, lost replies, refusals, cut lines; each counted when somebody met it."""

import random
import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import suppress

from sqlalchemy.exc import OperationalError

from bot.sandbox.faults import Fault, Faults
from tests.torture.world import World

METHODS = (
    "chat.postMessage",
    "chat.postMessage",
    "chat.update",
    "conversations.open",
    "conversations.history",
    "views.open",
    "upload",
    "files.getUploadURLExternal",
    "files.completeUploadExternal",
)
SLOW = 12.0
"""Seconds: longer than the bot waits, so that a message lands after it was given up."""
ODD = (
    b"",
    b"null",
    b"[1, 2]",
    b"7",
    b"{",
    b"{}",
    b"\xff\xfe\x00odd",
    b'{"ok": true}',
    b"<html>sign in</html>",
)
ODD_WAITS = ("Wed, 21 Oct 2015 07:28:00 GMT", "inf", "nan", "-3", "soon")
KINDS: dict[str, tuple[float, Callable[[Faults, str], None]]] = {
    "reply dropped": (5, lambda faults, method: faults.drop_reply(method)),
    "429": (2, lambda faults, method: faults.rate_limit(method, retry_after=1)),
    "500": (3, lambda faults, method: faults.error(method)),
    "internal_error": (2, lambda faults, method: faults.slack_error(method)),
    "odd answer": (1, lambda faults, method: faults.other_answer(method, random.choice(ODD))),
    "odd answer, done": (
        1,
        lambda faults, method: faults.other_answer(method, random.choice(ODD), done=True),
    ),
    "a page of HTML": (1, lambda faults, method: _page(faults, method)),
    "odd Retry-After": (0.5, lambda faults, method: faults.rate_limit(method, random.choice(ODD_WAITS))),
    "late answer": (0.2, lambda faults, method: faults.delay(method, SLOW)),
}


ON_EITHER = (
    "SIGKILL",
    "SIGTERM (rolling restart)",
    "SIGSTOP, then SIGCONT",
    "clock set back",
    "clock set forward",
    "deliveries repeated late",
    "events redelivered",
    "sockets cut after the bot answered",
    "sockets cut before the bot heard",
)
OF_THE_DATABASE = {
    True: ("database held by another",),
    False: ("database connections cut", "database server killed"),
}
"""By whether it is SQLite."""


def never_happened(faults: Mapping[str, int], *, fewest: int, is_sqlite: bool = False) -> list[str]:
    """Kinds of trouble that were met fewer times than that: of each method's alone, of all together those of Slack."""
    of_slack = {kind: sum(n for name, n in faults.items() if name.endswith(f": {kind}")) for kind in KINDS}
    met = {**dict.fromkeys((*ON_EITHER, *OF_THE_DATABASE[is_sqlite]), 0), **of_slack, **faults}
    return sorted(kind for kind in (*ON_EITHER, *OF_THE_DATABASE[is_sqlite], *KINDS) if met[kind] < fewest)


def _page(faults: Faults, method: str) -> None:
    """Of a proxy, with any status."""
    status = random.choice((403, 404, 407, 502, 503))
    done = status >= 500 and random.random() < 0.5
    faults.other_answer(method, b"<html>no</html>", status=status, done=done)


def kind_of(fault: Fault) -> str:
    if fault.raw is not None:
        if fault.status != 200:
            return "a page of HTML"
        return "odd answer, done" if fault.done else "odd answer"
    if fault.retry_after in ODD_WAITS:
        return "odd Retry-After"
    if fault.hang_up:
        return "reply dropped"
    if fault.delay:
        return "late answer"
    return str(fault.status) if fault.status != 200 else fault.code


GoAway = Callable[[float], None]


class Trouble:
    """Makes trouble in threads of its own, until stopped."""

    def __init__(
        self,
        world: World,
        *,
        kill_every: float,
        fault_every: float,
        leader_every: float,
        go_away: GoAway | None = None,
    ) -> None:
        """`go_away` takes the database's server away for so many seconds."""
        self._world, self._go_away = world, go_away
        self._ordered: Counter[str] = Counter()
        self._stopping = threading.Event()
        self.failure: BaseException | None = None
        self._threads = [
            threading.Thread(target=self._repeat, args=(world.kill, kill_every), daemon=True),
            threading.Thread(target=self._repeat, args=(world.supervise, 0.5), daemon=True),
            threading.Thread(target=self._repeat, args=(world.leader_joins, leader_every), daemon=True),
            threading.Thread(target=self._repeat, args=(self._fault, fault_every), daemon=True),
            threading.Thread(target=self._repeat, args=(self._cut, 4.0), daemon=True),
            threading.Thread(target=self._repeat, args=(world.freeze, 15.0), daemon=True),
            threading.Thread(target=self._repeat, args=(world.set_clock, 12.0), daemon=True),
            threading.Thread(target=self._repeat, args=(self._database_goes, 45.0), daemon=True),
        ]

    def start(self) -> None:
        self._world.balancer.cut_share = 0.05
        for thread in self._threads:
            thread.start()

    def stop(self) -> Counter[str]:
        """All of it, by kind; faults that nobody met do not count."""
        self._stopping.set()
        self._world.is_over.set()
        for thread in self._threads:
            thread.join()
        self._world.balancer.cut_share = 0.0
        for method in set(METHODS):
            while (fault := self._world.sandbox.faults.next(method)) is not None:
                self._ordered[f"{method}: {kind_of(fault)}"] -= 1
        return +self._ordered + self._world.balancer.cuts + self._world.done

    def _repeat(self, do: Callable[[], None], every: float) -> None:
        while not self._stopping.wait(random.uniform(0.5, 1.5) * every):
            try:
                do()
            except Exception as error:  # noqa: BLE001  without this trouble the run would be worth nothing
                self.failure = error
                return

    def _fault(self) -> None:
        method = random.choice(METHODS)
        kind = random.choices(list(KINDS), weights=[weight for weight, _ in KINDS.values()])[0]
        KINDS[kind][1](self._world.sandbox.faults, method)
        self._ordered[f"{method}: {kind}"] += 1

    def _database_goes(self) -> None:
        """The server is killed and comes back; a file is held by somebody else."""
        world, seconds = self._world, random.uniform(1, 8)
        with world.lock:
            if world.db.is_sqlite:
                with suppress(OperationalError), world.db.begin() as session:
                    session.connection()
                    time.sleep(seconds)
                    world.done["database held by another"] += 1
            elif self._go_away is not None:
                self._go_away(seconds)
                world.db.engine.dispose()
                world.done["database server killed"] += 1

    def _cut(self) -> None:
        world = self._world
        if world.by_socket and random.random() < 0.5:
            random.choice((world.sandbox.sockets.drop, world.sandbox.sockets.refresh))()
            world.done["sockets of Socket Mode cut"] += 1
        elif not world.db.is_sqlite:
            with suppress(OperationalError), world.lock:
                _cut_database(world)


def _cut_database(world: World) -> None:
    """Every process loses its connections to PostgreSQL, whatever it was doing."""
    with world.db.engine.connect() as connection:
        connection.exec_driver_sql(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE pid <> pg_backend_pid() AND datname = current_database()"
        )
    world.done["database connections cut"] += 1
