"""How a rep's conversations go, of those that were counted: beside those before, and beside calls that moved on."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import median, quantiles

FEWEST_CALLS = 3
"""Of one rep, in one window."""
FEWEST_MOVED_ON = 20
"""Calls that make a band, of so many reps at least: of fewer one could tell whose they are."""
FEWEST_REPS = 3


@dataclass(frozen=True, slots=True)
class Counted:
    """One call: the rep's share of the talking, and questions an hour where the script has a sign for them."""

    started_at: datetime
    share: float
    questions_an_hour: float | None


@dataclass(frozen=True, slots=True)
class Window:
    """Medians over its calls."""

    calls: int
    share: float
    questions_an_hour: float | None


@dataclass(frozen=True, slots=True)
class Band:
    """The tenth and the ninetieth percentile of the share in the role's calls that moved on: no less, and no more."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class TalkTrend:
    now: Window
    before: Window | None
    band: Band | None


def trend(
    counted: Sequence[Counted], moved_on: Iterable[tuple[int, float]], *, since: datetime
) -> TalkTrend | None:
    """Of the calls since then beside those before; `moved_on`: rep and share of each such call of the role."""
    now = _window([one for one in counted if one.started_at >= since])
    if now is None:
        return None
    return TalkTrend(now, _window([one for one in counted if one.started_at < since]), _band(list(moved_on)))


def in_band(
    shares: Iterable[tuple[int, float]], moved_on: Sequence[tuple[int, float]]
) -> dict[int, tuple[int, int]]:
    """By rep, how many of the calls read lie in the role's band, and how many were read; none without a band."""
    band = _band(moved_on)
    found: dict[int, tuple[int, int]] = {}
    if band is None:
        return found
    for rep, share in shares:
        inside, read = found.get(rep, (0, 0))
        found[rep] = (inside + (band.low <= share <= band.high), read + 1)
    return {rep: counts for rep, counts in found.items() if counts[1] >= FEWEST_CALLS}


def _window(counted: Sequence[Counted]) -> Window | None:
    if len(counted) < FEWEST_CALLS:
        return None
    asked = [one.questions_an_hour for one in counted if one.questions_an_hour is not None]
    return Window(len(counted), median(one.share for one in counted), median(asked) if asked else None)


def _band(moved_on: Sequence[tuple[int, float]]) -> Band | None:
    if len(moved_on) < FEWEST_MOVED_ON or len({rep for rep, _share in moved_on}) < FEWEST_REPS:
        return None
    tenths = quantiles((share for _rep, share in moved_on), n=10, method="inclusive")
    return Band(tenths[0], tenths[-1])
