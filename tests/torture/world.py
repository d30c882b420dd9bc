"""The sandbox, a database, and several real processes of the bot behind a balancer."""

import os
import random
import signal
import socket
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event, Lock

from sqlalchemy.exc import OperationalError

from bot.core.enums import Role
from bot.sandbox import Sandbox, Tokens
from storage.database import Database
from tests.support.office import COMMANDS, DIALER, SCOPES, SECRET
from tests.torture.balancer import Balancer
from tests.torture.process import SET, SHIFT, SKEW, office_clock, setting, shift_to_first_wednesday
from tests.torture.replicas import Nursery, Replica
from tests.torture.staff import Rep, Staffed, hired, staff_back_office, staff_teams

LONGER_THAN_A_LEASE = 50.0
BACK = 1 / 12
"""Of all settings of the clock: some three hours in an hour's run, which begins at noon; at night nobody is asked."""
SKEWS = (-2.0, 0.0, 2.0)
"""Seconds by which the clocks of processes differ."""
SECONDS_TO_START = 600
"""Ten on a machine that does nothing else."""


@dataclass(slots=True)
class World:
    sandbox: Sandbox
    db: Database
    workspace_id: int
    balancer: Balancer
    replicas: list[Replica]
    reps: list[Rep]
    teams: list[Staffed]
    by_socket: bool
    leaders: list[Rep]
    """Who leads a team, and is to be sent its workbook of last month."""
    back_office: int
    """A team whose week nobody is told of; leaders join it while the processes die."""
    boss: Rep
    """An admin, who sends files."""
    ae: Rep
    """Whose deals they are."""
    is_over: Event = field(default_factory=Event)
    """Set when trouble ends: who asked in vain so far lets it be."""
    done: Counter[str] = field(default_factory=Counter)
    """What was done to it, by kind."""
    lock: Lock = field(default_factory=Lock)

    def wait_until_ready(self) -> None:
        deadline = time.monotonic() + SECONDS_TO_START
        while not all(replica.is_ready for replica in self.replicas):
            self.supervise()
            if time.monotonic() > deadline:
                raise TimeoutError(f"not ready; see {[str(replica.log) for replica in self.replicas]}")
            time.sleep(0.2)

    def kill(self) -> None:
        """One process dies on the spot and is started anew; now and then one is told to stop instead.

        Few die at their start: on a crowded machine it takes longer than what lies between two deaths.
        """
        with self.lock:
            replica = random.choice(self.replicas)
            if random.random() < 0.85 and not replica.is_ready:
                return
            if random.random() < 0.15:
                replica.end(signal.SIGTERM)
                self.done["SIGTERM (rolling restart)"] += 1
            else:
                replica.end(signal.SIGKILL)
                self.done["SIGKILL"] += 1
            replica.start()

    def freeze(self) -> None:
        """One process stands still, now and then for longer than others wait for it."""
        replica = random.choice(self.replicas)
        replica.freeze(random.uniform(1, 8) if random.random() < 0.8 else LONGER_THAN_A_LEASE)
        self.done["SIGSTOP, then SIGCONT"] += 1

    def set_clock(self) -> None:
        """Back by minutes, now and then by an hour; forward by less than what processes may differ."""
        back = random.random() < BACK
        [minutes] = random.choices((1, 5, 60), (3, 8, 1))
        by = -60 * minutes if back else random.uniform(1, 2.5)
        setting().put(setting().seconds + by)
        self.done["clock set back" if back else "clock set forward"] += 1

    def leader_joins(self) -> None:
        """Somebody whose workbook is due: it is written when a process looks next, at its start at the latest."""
        name = f"Leader {len(self.leaders)}"
        with suppress(OperationalError), self.lock:  # a process may stand still with the file in its hands
            with self.db.begin() as session:
                leader = hired(session, self.sandbox, self.workspace_id, self.back_office, name, Role.MANAGER)
            self.leaders.append(leader)
            self.done["leaders joined"] += 1

    def look_anew(self) -> None:
        """Each process is stopped and started: some of what it does it looks for once in a quarter of an hour."""
        with self.lock:
            for replica in self.replicas:
                replica.end(signal.SIGTERM)
                replica.start()
        self.wait_until_ready()

    def put_right_the_clock(self, *, after: float) -> None:
        """By hours, perhaps: while no process runs, and once nothing is on its way any more."""
        with self.lock:
            for replica in self.replicas:
                replica.end(signal.SIGTERM)
            time.sleep(after)
            setting().put(0)
            for replica in self.replicas:
                replica.start()
        self.wait_until_ready()

    def supervise(self) -> None:
        """As in production, a process that could not start (its database was away) is started again."""
        with self.lock:
            for replica in self.replicas:
                if not replica.is_alive:
                    replica.start()
                    self.done["start refused, started again"] += 1


@contextmanager
def open_world(
    url: str,
    *,
    replicas: int,
    teams: int,
    by_socket: bool,
    digests_within: timedelta,
    folder: Path,
    on: datetime | None = None,
) -> Iterator[World]:
    """Everything started and ready; processes die with it. `on`: another day than today to begin from."""
    os.environ[SET] = str(folder / "clock")
    setting.cache_clear()
    os.environ[SHIFT] = str(shift_to_first_wednesday(on or datetime.now(UTC)).total_seconds())
    db = Database(url)
    with Sandbox(clock=office_clock) as sandbox:
        sandbox.courier.retry_delays = (0.0, 0.5, 2.0)
        sandbox.patience = 0.5
        tokens = sandbox.install(scopes=SCOPES, commands=COMMANDS)
        ports = [free_port() for _ in range(replicas)]
        balancer = Balancer(ports)
        env = _environment(sandbox, tokens, url, folder, by_socket=by_socket)
        nursery = Nursery()
        running = [
            Replica(nursery, port, folder / f"process-{n}.log", env | _own(n, port))
            for n, port in enumerate(ports)
        ]
        workspace_id, staffed, reps = staff_teams(db, sandbox, teams, digests_within)
        back_office, boss = staff_back_office(db, sandbox, workspace_id)
        sandbox.subscribe({"message.im"})
        if not by_socket:
            sandbox.deliver_over_http(f"{balancer.url}/slack/events")
        leaders = [team.manager for team in staffed]
        world = World(
            sandbox,
            db,
            workspace_id,
            balancer,
            running,
            reps,
            staffed,
            by_socket,
            leaders,
            back_office,
            boss,
            reps[0],
        )
        try:
            for replica in running:
                replica.start()
            world.wait_until_ready()
            yield world
        finally:
            for replica in running:
                replica.end(signal.SIGKILL)
            nursery.close()
            balancer.stop()
            db.close()


def _environment(
    sandbox: Sandbox, tokens: Tokens, url: str, folder: Path, *, by_socket: bool
) -> dict[str, str]:
    secrets = folder / "webhooks.toml"
    secrets.write_text(f'generic = "{SECRET}"\n', encoding="utf-8")
    road = (
        {"SLACK_APP_TOKEN": tokens.app_token}
        if by_socket
        else {"SLACK_SIGNING_SECRET": tokens.signing_secret}
    )
    return {
        **os.environ,
        **road,
        "DATABASE_URL": url,
        "SLACK_BOT_TOKEN": tokens.bot_token,
        "SLACK_API_URL": sandbox.api_url,
        "CORNERMAN_WEBHOOK_SECRETS": str(secrets),
        "CORNERMAN_CALL_APPS": DIALER,
        "CORNERMAN_LOG": "json",
    }


def _own(number: int, port: int) -> dict[str, str]:
    return {"CORNERMAN_PORT": str(port), SKEW: str(SKEWS[number % len(SKEWS)])}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def a_folder() -> Path:
    return Path(tempfile.mkdtemp(prefix="cm-torture-"))
