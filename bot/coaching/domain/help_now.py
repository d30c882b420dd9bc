"""Help during a call: whom to ask on a topic, in which order, and for how long."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

NEXT_AFTER = timedelta(seconds=60)
ONCE_IN = timedelta(hours=1)
"""Nobody is asked twice within it."""
CALL_LASTS = timedelta(minutes=30)
"""After which help comes too late."""

_A_STORY = 0.5
_MOST_STORIES = 4


@dataclass(frozen=True, slots=True)
class Helper:
    """A willing teammate; `z` is that on the metrics the topic shows in, `stories` the wins they share on it."""

    id: int
    z: float
    stories: int
    offers: bool = False
    """Has said to help with this very topic."""

    @property
    def strength(self) -> float:
        """Two stories weigh as much as one standard deviation; below the middle is no strength, nor a debt."""
        return max(self.z, 0.0) + _A_STORY * min(self.stories, _MOST_STORIES)


def in_turn(teammates: Iterable[Helper]) -> list[Helper]:
    """Those who are strong on the topic, or offer help with it, the strongest first."""
    strong = [one for one in teammates if one.strength > 0 or one.offers]
    return sorted(strong, key=lambda one: (-one.strength, not one.offers, one.id))
