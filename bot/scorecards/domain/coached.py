"""What of the minutes that a coach spent counts: what a pair alone could tick does not."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

MINUTES_PER_PAIR_AND_WEEK = 120
"""The most that counts, and that is paid for, of one pair in one ISO week."""


@dataclass(frozen=True, slots=True)
class CoachedSession:
    """A session that ended in a commitment. `confirmed`: the learner said that it was held, or answered for it."""

    id: int
    learner: int
    held_on: date
    minutes: int
    confirmed: bool


def counted(sessions: Iterable[CoachedSession], *, since: date) -> dict[int, int]:
    """By session of one coach, the minutes that count; those before `since` only fill up their week.

    `sessions` reach back to the Monday before `since`. A week is filled in the order of its days.
    """
    left: dict[tuple[int, date], int] = defaultdict(lambda: MINUTES_PER_PAIR_AND_WEEK)
    found = {}
    for one in sorted(sessions, key=lambda one: (one.held_on, one.id)):
        week = one.learner, monday_of(one.held_on)
        minutes = min(one.minutes, left[week]) if one.confirmed else 0
        left[week] -= minutes
        if one.held_on >= since:
            found[one.id] = minutes
    return found


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())
