"""Chance that is the same on every machine; each stream has a name, so that one rep's luck never moves another's."""

import math
from datetime import date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

DAY = timedelta(days=1)
WEEK = timedelta(weeks=1)


class Dice(Random):
    def __init__(self, *names: object) -> None:
        super().__init__("/".join(map(str, names)))

    def chance(self, probability: float) -> bool:
        return self.random() < probability

    def count(self, mean: float) -> int:
        """How often something happens that happens `mean` times on average (Poisson)."""
        left, drawn = math.exp(-mean), self.random()
        events = 0
        while drawn > left:
            drawn *= self.random()
            events += 1
        return events

    def around(self, middle: float, spread: float) -> float:
        """A positive amount, half of them above the middle; `spread` is that of its logarithm."""
        return middle * math.exp(self.gauss(0, spread))

    def moment(self, day: date, zone: ZoneInfo, opens: int = 9, closes: int = 18) -> datetime:
        """Some moment of the working day on the zone's wall."""
        seconds = self.randrange((closes - opens) * 3600)
        return datetime.combine(day, time(opens), zone) + timedelta(seconds=seconds)
