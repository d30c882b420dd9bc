"""How often one person may ask the same thing: some at once, then as many as trickle in."""

import threading
from collections.abc import Callable, Hashable

from bot.core.clock import stopwatch

BURST = 30
"""Questions at once; nobody types so many."""
EVERY = 1.0
"""Seconds after which one more may be asked."""
MOST_KNOWN = 10_000


class Pace:
    """A bucket of `burst` tokens for each key, which fills by one `every` so many seconds by its `watch`."""

    def __init__(
        self, burst: int = BURST, every: float = EVERY, *, watch: Callable[[], float] = stopwatch
    ) -> None:
        self._burst, self._every, self._watch = burst, every, watch
        self._lock = threading.Lock()
        self._buckets: dict[Hashable, tuple[float, float]] = {}
        """What was left in it, and when by our stopwatch."""

    def allows(self, key: Hashable) -> bool:
        """Takes a token, unless there is none."""
        now = self._watch()
        with self._lock:
            left = self._left(key, now)
            if left < 1:
                return False
            if len(self._buckets) >= MOST_KNOWN:
                self._forget_the_full(now)
            self._buckets[key] = (left - 1, now)
            return True

    def _left(self, key: Hashable, now: float) -> float:
        left, since = self._buckets.get(key, (float(self._burst), now))
        return min(float(self._burst), left + (now - since) / self._every)

    def _forget_the_full(self, now: float) -> None:
        """Who has not asked for a while is as good as new."""
        self._buckets = {key: it for key, it in self._buckets.items() if self._left(key, now) < self._burst}
