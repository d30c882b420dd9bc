"""The bot in a process of its own, as an operator starts it."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

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
        status = Path(f"/proc/{self.process.pid}/status").read_text(encoding="utf-8")
        return int(next(line for line in status.splitlines() if line.startswith("VmRSS")).split()[1]) / 1024


@contextmanager
def running(database_url: str, port: int, **more: str) -> Iterator[Bot]:
    """`python -m bot run` against a sandbox, once it is ready."""
    with Sandbox() as sandbox:
        tokens = sandbox.install()
        environment = os.environ | {
            "SLACK_BOT_TOKEN": tokens.bot_token,
            "SLACK_SIGNING_SECRET": tokens.signing_secret,
            "SLACK_API_URL": sandbox.api_url,
            "DATABASE_URL": database_url,
            "CORNERMAN_PORT": str(port),
        }
        began = time.perf_counter()
        process = subprocess.Popen(
            [sys.executable, "-m", "bot", "run"], env=environment | more, stderr=subprocess.DEVNULL
        )
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
