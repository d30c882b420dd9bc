"""Kinds of record that a team lives on, and whether one has stopped coming for longer than its own rhythm."""

from collections.abc import Collection
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise

from bot.calendar.working_hours import is_workday


class Feed(StrEnum):
    """What accounts are worth is none: a value holds until the next one, so that no entry means no change."""

    CALLS = "calls"
    LEADS = "leads"
    DEALS = "deals"


@dataclass(frozen=True, slots=True)
class Silence:
    """No record has come since the day of the last one."""

    feed: Feed
    last_on: date


LEARNED_FROM = timedelta(weeks=8)
FEWEST_DAYS = 8
"""Days with a record in those weeks that make a rhythm."""
SHORTEST = 3
"""Working days without a record that are nobody's worry."""
SLACK = 1.5
"""How much longer than the longest pause so far is a silence."""
_DAY = timedelta(days=1)


def silent_since(days: Collection[date], today: date, holidays: AbstractSet[date]) -> date | None:
    """The day of the last record, where the pause since then is longer than any of the eight weeks before it."""
    known = sorted(set(days))
    if not known:
        return None
    last = known[-1]
    lately = [day for day in known if day > last - LEARNED_FROM]
    if len(lately) < FEWEST_DAYS:
        return None
    longest = max(_pause(one, other, holidays) for one, other in pairwise(lately))
    return last if _pause(last, today + _DAY, holidays) > max(SHORTEST, SLACK * longest) else None


def _pause(last: date, following: date, holidays: AbstractSet[date]) -> int:
    """Working days between the two, both left out."""
    between = (last + _DAY * n for n in range(1, (following - last).days))
    return sum(is_workday(day, holidays=holidays) for day in between)
