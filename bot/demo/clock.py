"""The demo's time: it goes at the machine's pace from another beginning, and can be moved on."""

from datetime import datetime, timedelta

from bot.clock import Clock


class MovableClock:
    """Never goes back. A `pace` that stands still makes a clock that only goes where it is moved."""

    def __init__(self, beginning: datetime, pace: Clock) -> None:
        self._pace = pace
        self._ahead = beginning - pace()

    def __call__(self) -> datetime:
        return self._pace() + self._ahead

    def move_to(self, moment: datetime) -> None:
        self._ahead += max(moment - self(), timedelta())
