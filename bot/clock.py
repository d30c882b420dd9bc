"""The time, as a thing one is given. Only this module asks the machine."""

import time
from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]


def system_clock() -> datetime:
    """The current instant, aware, in UTC."""
    return datetime.now(UTC)


def stopwatch() -> float:
    """Seconds of a watch that nobody can set: for pauses and for how long something took."""
    return time.monotonic()
