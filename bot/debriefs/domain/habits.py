"""What a rep keeps wanting to work on: a tag that comes back week after week."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from bot.debriefs.domain.stories import StoryTold

WEEKS_RUNNING = 3
"""ISO weeks in a row that make a habit."""
LOOKED_BACK = 26
"""Weeks: who is still at it after half a year may be told again."""

_WEEK = timedelta(weeks=1)
Weeks = Mapping[str, Collection[date]]
"""For each tag the Mondays of the weeks it was chosen in."""


@dataclass(frozen=True, slots=True)
class Habit:
    """A tag chosen `weeks` weeks running, with the team's winning stories on it."""

    tag: str
    weeks: int
    stories: tuple[StoryTold, ...] = ()


def habit(chosen: Weeks, told: Weeks, *, week: date, now_chosen: Collection[str]) -> Habit | None:
    """What to tell a rep who has just chosen some tags for a call of the week that began on `week`, a Monday.

    The longest run that ends with this week, once per run, and of several one a week.
    """
    if any(week in weeks for weeks in told.values()):
        return None
    runs = {tag: _run(chosen.get(tag, ()), week) for tag in now_chosen}
    new = {
        tag: n
        for tag, n in runs.items()
        if n >= WEEKS_RUNNING and not any(_within(one, week, n) for one in told.get(tag, ()))
    }
    if not new:
        return None
    tag = max(new, key=lambda one: new[one])
    return Habit(tag, new[tag])


def _run(weeks: Collection[date], last: date) -> int:
    """How many weeks in a row, up to and with `last`."""
    n = 0
    while last - n * _WEEK in weeks:
        n += 1
    return n


def _within(told: date, week: date, n: int) -> bool:
    return week - n * _WEEK < told <= week
