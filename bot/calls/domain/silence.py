"""When a call source said less than it usually does: while nobody listened, or for no reason known."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

WEEK = timedelta(weeks=1)
WEEKS_BEFORE = 4
DOWN_AFTER = timedelta(minutes=10)
"""Without a sign of life for so long, the bot did not run."""
SILENT_AFTER = timedelta(hours=1)
TOLD_FOR = timedelta(days=7)
"""How long what was missed while the bot was down is told."""
FEWEST = {True: 3, False: 5}
"""Calls that must be usual in that time: while the bot was down, and while it ran."""


@dataclass(frozen=True, slots=True)
class Gap:
    """`heard` calls where `usual` ones come; `was_down`: the bot did not run, else the source was silent."""

    source: str
    since: datetime
    until: datetime
    was_down: bool
    usual: int
    heard: int

    @property
    def is_worth_telling(self) -> bool:
        """More than half is missing of what is enough to be no chance."""
        return self.usual >= FEWEST[self.was_down] and self.heard * 2 < self.usual


def weeks_before(since: datetime, until: datetime) -> list[tuple[datetime, datetime]]:
    """The same hours of the weeks before, the latest first."""
    return [(since - WEEK * n, until - WEEK * n) for n in range(1, WEEKS_BEFORE + 1)]


def usual(counts: Sequence[int]) -> int:
    """The mean, latest week first, without the weeks before the source was heard at all."""
    weeks = list(counts)
    while weeks and weeks[-1] == 0:
        weeks.pop()
    return round(sum(weeks) / len(weeks)) if weeks else 0
