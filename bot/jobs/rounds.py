"""Jobs without a scheduler: where somebody moves the clock, they are run by hand."""

from collections.abc import Iterator
from datetime import timedelta

from bot.core.clock import Clock
from bot.jobs import JOBS, Job

RARELY = timedelta(minutes=15)


class Rounds:
    """A job that looks less than every `RARELY` is due once the clock has gone on as far, any other in each round."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._last = dict.fromkeys(JOBS, clock())

    def due(self) -> Iterator[Job]:
        for job in JOBS:
            if job.every < RARELY or self._clock() - self._last[job] >= job.every:
                self._last[job] = self._clock()
                yield job
