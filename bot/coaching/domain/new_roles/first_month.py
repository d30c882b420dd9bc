"""A coach's first month: what their learners say in sum, whom to ask, and a practice a week."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.coaching.domain.lifts import FEWEST_RATINGS

MONTH = timedelta(weeks=4)
HELPFUL = 4
"""Of five: a good deal, or very."""
BETWEEN = timedelta(days=6)
"""Between two messages: one a week, whatever day the pair meets."""


@dataclass(frozen=True, slots=True)
class Peer:
    """A colleague who coaches too, and how often they did in a year."""

    name: str
    sessions: int


@dataclass(frozen=True, slots=True)
class FirstMonth:
    """`week` counts from 1 to 4; of `rated` meetings `helpful` were called so by their learners."""

    week: int
    rated: int
    helpful: int
    peer: Peer | None

    @property
    def can_be_summed(self) -> bool:
        """Of fewer, a single learner's word could be read."""
        return self.rated >= FEWEST_RATINGS


def of(first: date, today: date, ratings: Sequence[int], peer: Peer | None) -> FirstMonth:
    """`first` is the day of the coach's first meeting ever."""
    week = min((today - first).days // 7 + 1, 4)
    return FirstMonth(week, len(ratings), sum(rating >= HELPFUL for rating in ratings), peer)


def is_due(first: date, latest: date, last_told: date | None, today: date) -> bool:
    """After a meeting that was not told after yet, once a week, in the four weeks from the first one."""
    if not first <= today < first + MONTH:
        return False
    return last_told is None or (latest > last_told and today > last_told + BETWEEN)
