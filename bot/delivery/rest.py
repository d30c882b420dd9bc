"""How long a road's worker may rest."""

from datetime import datetime

SHORTEST, LONGEST = 0.25, 30.0
"""Seconds: while something that is due stands in line, or is in other hands; and when nothing waits at all."""
LOOK = 1.0
"""Between looks at a clock that somebody may set, while something waits for its moment."""


def seconds_of_rest(due: datetime | None, now: datetime) -> float:
    """Until the earliest that waits is due; the longest there is where nothing waits."""
    if due is None:
        return LONGEST
    return min(LOOK, max(SHORTEST, (due - now).total_seconds()))
