"""Log lines that an attack would repeat: the first is written at once, the rest are counted."""

import threading
from collections.abc import Hashable

import structlog

from bot.core.clock import stopwatch

log = structlog.get_logger()

EVERY = 60.0
"""Seconds in which a line is written once."""
MOST_KNOWN = 1000
"""Different lines that are told apart; where there are more, all are forgotten and begin anew."""


class Repeated:
    """One warning a minute for each kind of line, with how often it was held back since the last one."""

    def __init__(self, *, every: float = EVERY) -> None:
        self._every = every
        self._lock = threading.Lock()
        self._said: dict[Hashable, tuple[float, int]] = {}
        """By our stopwatch when it was last written, and how often it was held back since."""

    def warn(self, event: str, **about: str | int) -> None:
        """`about` tells kinds of lines apart, so it must hold few different values: never what a stranger sent."""
        key, now = (event, *sorted(about.items())), stopwatch()
        with self._lock:
            before = self._said.get(key)
            if before is not None and now - before[0] < self._every:
                self._said[key] = (before[0], before[1] + 1)
                return
            if len(self._said) >= MOST_KNOWN:
                self._said.clear()
            self._said[key] = (now, 0)
        held_back = {"repeated": before[1]} if before is not None and before[1] else {}
        log.warning(event, **about, **held_back)
