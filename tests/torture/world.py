"""The sandbox, a database, and several real processes of the bot behind a balancer."""

import json
import os
import random
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import time as time_of_day
from pathlib import Path
from threading import Lock

import httpx
from sqlmodel import Session

from bot.sandbox import Member, Sandbox, Tokens
from bot.services import workspaces
from bot.words import Role
from storage.database import Database
from storage.tables import EVER, Membership, Person, Team, Workspace
from tests.conversations.office import COMMANDS, DIALER, SCOPES, SECRET
from tests.torture.balancer import Balancer
from tests.torture.process import SHIFT, office_clock, shift_to_wednesday

REPS_PER_TEAM = 6
SECONDS_TO_START = 120
SECONDS_TO_STOP = 60


@dataclass(slots=True)
class Rep:
    member: Member
    person_id: int
    email: str


class Nursery:
    """Where processes come from."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.torture.process"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def start(self, log: Path, env: dict[str, str]) -> int:
        """The id of a new process."""
        if self._process.stdin is None or self._process.stdout is None:
            raise RuntimeError("the nursery has no ears")
        self._process.stdin.write(json.dumps({"log": str(log), "env": env}) + "\n")
        self._process.stdin.flush()
        return int(self._process.stdout.readline())

    def close(self) -> None:
        self._process.communicate(timeout=30)


@dataclass(slots=True)
class Replica:
    """One process and its port; a new process takes the place of one that was killed."""

    nursery: Nursery
    port: int
    log: Path
    env: dict[str, str]
    pid: int = -1

    def start(self) -> None:
        self.pid = self.nursery.start(self.log, self.env)

    def end(self, how: signal.Signals) -> None:
        """Returns once it is gone; one that was only asked and does not go raises TimeoutError."""
        if self.pid < 0 or not self.is_alive:
            return
        os.kill(self.pid, how)
        deadline = time.monotonic() + SECONDS_TO_STOP
        while self.is_alive:
            if time.monotonic() > deadline:
                raise TimeoutError(f"process {self.pid} does not stop; see {self.log}")
            time.sleep(0.02)

    @property
    def is_alive(self) -> bool:
        try:
            os.kill(self.pid, 0)
        except ProcessLookupError:
            return False
        return True

    @property
    def is_ready(self) -> bool:
        try:
            answer = httpx.get(f"http://127.0.0.1:{self.port}/readyz", timeout=5, trust_env=False)
        except httpx.HTTPError:
            return False
        return answer.is_success


@dataclass(slots=True)
class World:
    sandbox: Sandbox
    db: Database
    workspace_id: int
    balancer: Balancer
    replicas: list[Replica]
    reps: list[Rep]
    teams: dict[int, str]
    """Team ids with their channels' ids."""
    by_socket: bool
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
        """One process dies on the spot and is started anew; now and then one is told to stop instead."""
        with self.lock:
            replica = random.choice(self.replicas)
            if random.random() < 0.15:
                replica.end(signal.SIGTERM)
                self.done["SIGTERM (rolling restart)"] += 1
            else:
                replica.end(signal.SIGKILL)
                self.done["SIGKILL"] += 1
            replica.start()

    def supervise(self) -> None:
        """As in production, a process that could not start (its database was away) is started again."""
        with self.lock:
            for replica in self.replicas:
                if not replica.is_alive:
                    replica.start()
                    self.done["start refused, started again"] += 1


@contextmanager
def open_world(url: str, *, replicas: int, teams: int, by_socket: bool, folder: Path) -> Iterator[World]:
    """Everything started and ready; processes die with it."""
    os.environ[SHIFT] = str(shift_to_wednesday().total_seconds())
    db = Database(url)
    with Sandbox(clock=office_clock) as sandbox:
        sandbox.courier.retry_delays = (0.0, 0.5, 2.0)
        sandbox.patience = 0.5
        tokens = sandbox.install(scopes=SCOPES, commands=COMMANDS)
        ports = [_free_port() for _ in range(replicas)]
        balancer = Balancer(ports)
        env = _environment(sandbox, tokens, url, folder, by_socket=by_socket)
        nursery = Nursery()
        running = [
            Replica(nursery, port, folder / f"process-{n}.log", env | {"CORNERMAN_PORT": str(port)})
            for n, port in enumerate(ports)
        ]
        workspace_id, channels, reps = _staff(db, sandbox, teams)
        if not by_socket:
            sandbox.deliver_over_http(f"{balancer.url}/slack/events")
        world = World(sandbox, db, workspace_id, balancer, running, reps, channels, by_socket)
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


def _staff(db: Database, sandbox: Sandbox, teams: int) -> tuple[int, dict[int, str], list[Rep]]:
    channels: dict[int, str] = {}
    reps: list[Rep] = []
    with db.begin() as session:
        workspace_id = workspaces.connect(
            session, slack_team_id="T0SANDBOX", name="Sandbox", bot_user_id="", time_zone="UTC"
        )
        workspace = session.get_one(Workspace, workspace_id)
        workspace.work_starts, workspace.work_ends = time_of_day(0), time_of_day(23, 59)
        workspace.prompts_per_day = 1_000_000
        for n in range(teams):
            channel = sandbox.add_channel(f"team-{n}")
            sandbox.invite_bot(channel)
            team = Team(workspace_id=workspace_id, name=f"Team {n}", time_zone="UTC", channel=channel.id)
            session.add(team)
            session.flush()
            channels[team.id] = channel.id
            reps += [
                _hired(session, sandbox, workspace_id, team.id, f"Rep {n} {m}") for m in range(REPS_PER_TEAM)
            ]
    return workspace_id, channels, reps


def _hired(session: Session, sandbox: Sandbox, workspace_id: int, team_id: int, name: str) -> Rep:
    email = f"{name.lower().replace(' ', '.')}@example.com"
    member = sandbox.add_person(name, email=email, tz="UTC")
    person = Person(
        workspace_id=workspace_id, name=name, email=email, slack_user_id=member.id, time_zone="UTC"
    )
    session.add(person)
    session.flush()
    session.add(
        Membership(
            workspace_id=workspace_id, person_id=person.id, team_id=team_id, role=Role.SDR, started_on=EVER
        )
    )
    return Rep(member, person.id, email)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def a_folder() -> Path:
    return Path(tempfile.mkdtemp(prefix="cm-torture-"))
