"""A month of refused leads, as the SDR who passed them may learn from it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

LEAST = 3
"""Refusals that may show a pattern; fewer were each told already."""


@dataclass(frozen=True, slots=True)
class Refused:
    """`lacked`: the required criteria that did not hold; `teaches`: the reason says something that others do not."""

    lead_id: int
    company: str
    ae: str
    reason: str
    lacked: tuple[str, ...]
    teaches: bool
    was_asked_back: bool = False


@dataclass(frozen=True, slots=True)
class Month:
    """`first` is its first day, `decided` how many leads were decided in it; the latest refusal comes first."""

    first: date
    decided: int
    refused: tuple[Refused, ...]

    @property
    def lacked(self) -> list[tuple[str, int]]:
        """Each criterion with how many of the refused lacked it, the most frequent first."""
        counts = Counter(name for one in self.refused for name in one.lacked)
        return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))

    @property
    def telling(self) -> list[Refused]:
        """Those that teach first."""
        return sorted((one for one in self.refused if one.reason.strip()), key=lambda one: not one.teaches)


def month_before(day: date) -> tuple[date, date]:
    """The first days of the month before that of the day, and of its own."""
    own = day.replace(day=1)
    return (own - timedelta(days=1)).replace(day=1), own


def by_lead(unmet: Iterable[tuple[int, str]]) -> dict[int, tuple[str, ...]]:
    found: dict[int, list[str]] = {}
    for lead_id, name in unmet:
        found.setdefault(lead_id, []).append(name)
    return {lead_id: tuple(names) for lead_id, names in found.items()}
