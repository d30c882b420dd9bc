"""Kinds of record that a team lives on, and whether one has stopped coming for longer than its own rhythm."""

from collections.abc import Collection
from collections.abc import Set as AbstractSet
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from bot.calendar.working_hours import is_workday
from bot.core.enums import Role
from bot.digest.domain.digest import Digest, Feed, Silence, Top

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


def hushed(digest: Digest, silences: Collection[Silence]) -> Digest:
    """The digest that names, praises and calls stuck nothing on the strength of what stopped coming."""
    stopped = {one.feed for one in silences}
    if not stopped:
        return digest
    return replace(
        digest,
        silences=tuple(silences),
        tops=tuple(top for top in digest.tops if not _rests_on(top, stopped)),
        most_improved=None,
        goal=None,
        pipeline=None if Feed.DEALS in stopped else digest.pipeline,
        trend=None if Feed.CALLS in stopped else digest.trend,
        page=replace(digest.page, clogged=()) if Feed.DEALS in stopped else digest.page,
    )


def _rests_on(top: Top, stopped: Collection[Feed]) -> bool:
    match top.role:
        case Role.SDR:
            return Feed.LEADS in stopped
        case Role.AE:
            return Feed.DEALS in stopped
        case _:
            return False


def _pause(last: date, following: date, holidays: AbstractSet[date]) -> int:
    """Working days between the two, both left out."""
    between = (last + _DAY * n for n in range(1, (following - last).days))
    return sum(is_workday(day, holidays=holidays) for day in between)
