"""The time, as a thing one is given, and how long whoever waits may rest. Only this module asks the machine."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import ParamSpec

Clock = Callable[[], datetime]
_Told = ParamSpec("_Told")


def system_clock() -> datetime:
    """The current instant, aware, in UTC."""
    return datetime.now(UTC)


def stopwatch() -> float:
    """Seconds of a watch that nobody can set: for pauses and for how long something took."""
    return time.monotonic()


BETWEEN_NEWS = 5.0
"""Seconds from one word of how far something long is to the next."""


def now_and_then(tell: Callable[_Told, object]) -> Callable[_Told, None]:
    """Of what would be told at each step, only what comes `BETWEEN_NEWS` after the last or more."""
    last = stopwatch()

    def told(*args: _Told.args, **kwargs: _Told.kwargs) -> None:
        nonlocal last
        if stopwatch() - last >= BETWEEN_NEWS:
            last = stopwatch()
            tell(*args, **kwargs)

    return told


LEAST_JUMP = timedelta(seconds=5)
"""Less is how clocks are kept right; what waits a few seconds more for it is not worth a word."""


class Jumps:
    """Tells when the clock was set back: the watch goes on, and the clock stands earlier than it should."""

    def __init__(self, clock: Clock, watch: Callable[[], float]) -> None:
        self._clock, self._watch = clock, watch
        self._began = self._offset()

    def back(self) -> timedelta | None:
        """By how much, until it is `heard`; None where it went on as it should, or forward: nothing waits then."""
        now, before = self._offset(), self._began
        if before - now >= LEAST_JUMP:
            return before - now
        self._began = now
        return None

    def heard(self, back: timedelta) -> None:
        """Whoever waits knows: a database that was away as it happened has to be told later."""
        self._began -= back

    def _offset(self) -> timedelta:
        """Of the clock to the watch, as long as nobody sets it always the same."""
        return self._clock() - datetime(2000, 1, 1, tzinfo=UTC) - timedelta(seconds=self._watch())


SHORTEST, LONGEST = 0.25, 30.0
"""Seconds: while something that is due stands in line, or is in other hands; and when nothing waits at all."""
LOOK = 1.0
"""Between looks at a clock that somebody may set, while something waits for its moment."""


def seconds_of_rest(due: datetime | None, now: datetime) -> float:
    """Until the earliest that waits is due; the longest there is where nothing waits."""
    if due is None:
        return LONGEST
    return min(LOOK, max(SHORTEST, (due - now).total_seconds()))
