"""Real processes of the bot: born, asked whether they are ready, and killed."""

import json
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import httpx

SECONDS_TO_STOP = 300
"""Ten on a machine that does nothing else."""


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
        self._process.communicate(timeout=SECONDS_TO_STOP)


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
        os.kill(self.pid, signal.SIGCONT)  # one that stands still hears nothing else
        deadline = time.monotonic() + SECONDS_TO_STOP
        while self.is_alive:
            if time.monotonic() > deadline:
                raise TimeoutError(f"process {self.pid} does not stop; see {self.log}")
            time.sleep(0.02)

    def freeze(self, seconds: float) -> None:
        """It stops where it stands, and goes on as if nothing had been; one that is gone cannot."""
        with suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGSTOP)
            time.sleep(seconds)
            os.kill(self.pid, signal.SIGCONT)

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
