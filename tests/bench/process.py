"""The bot in a process of its own, as an operator starts it."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any

import httpx

from bot.sandbox import Sandbox
from tests.bench.table import MeasuresNothing

TICKS = os.sysconf("SC_CLK_TCK")


class Bot:
    def __init__(self, process: "subprocess.Popen[bytes]", port: int, ready_after: float) -> None:
        self.process, self.port, self.ready_after = process, port, ready_after

    def processor(self) -> float:
        """Seconds of processor time so far, its own and the kernel's for it."""
        told = Path(f"/proc/{self.process.pid}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()
        return (int(told[11]) + int(told[12])) / TICKS

    def memory(self) -> float:
        """MiB that are resident."""
        return self._status("VmRSS") / 1024

    def files(self) -> int:
        """How many it has open, sockets included."""
        return len(list(Path(f"/proc/{self.process.pid}/fd").iterdir()))

    def threads(self) -> int:
        return self._status("Threads")

    def _status(self, name: str) -> int:
        status = Path(f"/proc/{self.process.pid}/status").read_text(encoding="utf-8")
        return int(next(line for line in status.splitlines() if line.startswith(f"{name}:")).split()[1])


@contextmanager
def running(database_url: str, port: int, **more: str) -> Iterator[Bot]:
    """`python -m bot run` against a sandbox, once it is ready."""
    with Sandbox() as sandbox:
        environment = told(sandbox, database_url, port)
        with started(environment | more, port) as bot:
            yield bot


def told(sandbox: Sandbox, database_url: str, port: int, **installed: Any) -> dict[str, str]:
    """The environment of a bot that is installed in this Slack."""
    tokens = sandbox.install(**installed)
    return os.environ | {
        "SLACK_BOT_TOKEN": tokens.bot_token,
        "SLACK_SIGNING_SECRET": tokens.signing_secret,
        "SLACK_API_URL": sandbox.api_url,
        "DATABASE_URL": database_url,
        "CORNERMAN_PORT": str(port),
    }


@contextmanager
def started(
    environment: Mapping[str, str],
    port: int,
    command: Sequence[str] = ("bot", "run"),
    log: IO[bytes] | int = subprocess.DEVNULL,
) -> Iterator[Bot]:
    """A process of it, once it is ready; `command` is the module and its arguments."""
    began = time.perf_counter()
    process = subprocess.Popen([sys.executable, "-m", *command], env=environment, stderr=log)
    try:
        _wait_until_ready(process, port)
        yield Bot(process, port, time.perf_counter() - began)
    finally:
        process.terminate()
        process.wait()


def _wait_until_ready(process: "subprocess.Popen[bytes]", port: int) -> None:
    with httpx.Client(trust_env=False) as client:
        while process.poll() is None:
            with suppress(httpx.TransportError):
                if client.get(f"http://127.0.0.1:{port}/readyz").status_code == 200:
                    return
            time.sleep(0.05)
    raise MeasuresNothing("the bot did not start")
