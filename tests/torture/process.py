"""Processes of the bot, as `python -m bot run`, on the first Wednesday of a month: whatever day the test runs, people
are at work and workbooks of the month that ended are due.

They are forked from a nursery that has everything imported, so that deaths can come faster than imports.
"""

import json
import os
import signal
import sys
from datetime import UTC, datetime, timedelta
from itertools import count

from bot.cli import main, run

WEDNESDAY = 2
SHIFT = "TORTURE_SHIFT"
"""Seconds by which the office's clock is ahead of the machine's, in the environment of every process."""


def shift_to_first_wednesday(after: datetime) -> timedelta:
    """From the machine's now to shortly after midnight, UTC, of the first Wednesday of a month on or after that day."""
    midnight = after.replace(hour=0, minute=10, second=0, microsecond=0)
    days = (midnight + timedelta(days=n) for n in count())
    return next(day for day in days if day.weekday() == WEDNESDAY and day.day <= 7) - datetime.now(UTC)


def office_clock() -> datetime:
    return datetime.now(UTC) + timedelta(seconds=float(os.environ[SHIFT]))


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
    setattr(run, "system_clock", office_clock)  # noqa: B010  the one thing that is not as in production
    main()
    os._exit(0)


if __name__ == "__main__":
    nursery()
