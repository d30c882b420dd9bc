"""Who is coach of the month: by sessions kept and what learners say of them, never by learners' revenue."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta

FEWEST_SESSIONS = 2
"""Kept in the month before somebody is told of."""
BEST = 5

Kept = tuple[int, int | None]
"""A session that ended in a commitment: its coach, and the learner's rating, 1 to 5, if there is one."""


def choose(kept: Iterable[Kept]) -> int | None:
    """The coach whose sessions add up to most, each counted as its rating out of five; nobody where two are level.

    A session without a rating counts as the mean of all that were rated.
    """
    sessions = list(kept)
    rated = [rating for _coach, rating in sessions if rating is not None]
    usual = sum(rated) / len(rated) if rated else BEST
    total: dict[int, float] = defaultdict(float)
    held: dict[int, int] = defaultdict(int)
    for coach, rating in sessions:
        total[coach] += (usual if rating is None else rating) / BEST
        held[coach] += 1
    ranked = sorted((coach for coach in total if held[coach] >= FEWEST_SESSIONS), key=lambda one: -total[one])
    if len(ranked) > 1 and total[ranked[0]] - total[ranked[1]] < 1e-9:
        return None
    return ranked[0] if ranked else None


def reported_month(posted_in: date) -> tuple[date, date] | None:
    """First day, and first day beyond, of the month that a digest of this week (a Monday) reports on.

    None unless it is the first digest of a month.
    """
    if posted_in.day > 7:
        return None
    beyond = posted_in.replace(day=1)
    return (beyond - timedelta(days=1)).replace(day=1), beyond
