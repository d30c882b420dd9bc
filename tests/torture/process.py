"""Processes of the bot, as `python -m bot run`, on the first Wednesday of a month: whatever day the test runs, people
are at work and workbooks of the month that ended are due.

They are forked from a nursery that has everything imported, so that deaths can come faster than imports.
"""

import json
import mmap
import os
import signal
import struct
import sys
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import count

from bot import runtime
from bot.cli import main, run

WEDNESDAY = 2
SHIFT = "TORTURE_SHIFT"
"""Seconds by which the office's clock is ahead of the machine's, in the environment of every process."""
SKEW = "TORTURE_SKEW"
"""Seconds by which one process's clock differs from the office's."""
SET = "TORTURE_CLOCK"
"""The file that says by how much it was set since, in the same place."""


def shift_to_first_wednesday(after: datetime) -> timedelta:
    """From the machine's now to shortly after noon, UTC, of the first Wednesday of a month on or after that day."""
    noon = after.replace(hour=12, minute=10, second=0, microsecond=0)
    days = (noon + timedelta(days=n) for n in count())
    return next(day for day in days if day.weekday() == WEDNESDAY and day.day <= 7) - datetime.now(UTC)


class Setting:
    """By how many seconds somebody has set the clock, in a file that every process has before it."""

    def __init__(self, path: str) -> None:
        file = os.open(path, os.O_RDWR | os.O_CREAT)
        os.ftruncate(file, _SECONDS.size)
        self._shared = mmap.mmap(file, _SECONDS.size)
        os.close(file)

    @property
    def seconds(self) -> float:
        return float(_SECONDS.unpack(self._shared[:])[0])

    def put(self, seconds: float) -> None:
        self._shared[:] = _SECONDS.pack(seconds)


_SECONDS = struct.Struct("d")


@cache
def setting() -> Setting:
    return Setting(os.environ[SET])


def office_clock() -> datetime:
    off = float(os.environ[SHIFT]) + float(os.environ.get(SKEW, 0)) + setting().seconds
    return datetime.now(UTC) + timedelta(seconds=off)


def nursery() -> None:
    """For each line `{"log": path, "env": {…}}` on stdin, fork a process and print its id."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the dead need no burial
    for line in sys.stdin:
        asked = json.loads(line)
        pid = os.fork()
        if pid == 0:
            _become(asked["log"], asked["env"])
        print(pid, flush=True)


def _become(log: str, env: dict[str, str]) -> None:
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.environ.update(env)
    written = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    for stream in (0, 1, 2):
        os.dup2(written, stream)
    sys.argv = ["cornerman", "run"]
    # the one thing that is not as in production
    setattr(run, "system_clock", office_clock)  # noqa: B010
    setattr(runtime, "system_clock", office_clock)  # noqa: B010
    main()
    os._exit(0)


if __name__ == "__main__":
    nursery()
