"""What is compared to tell what coaching did: weeks before and after, and what each rep showed in them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from bot.scorecards.domain.definitions import DEFINITIONS
from bot.scorecards.domain.definitions.metric import ShareOf
from bot.scorecards.domain.inference.special import Floats

MOST_WEEKS, FEWEST_WEEKS = 13, 4

TRIALS = frozenset(key for key, one in DEFINITIONS.items() if isinstance(one.basis, ShareOf))
"""Metrics whose denominator counts trials, each a success or none."""


@dataclass(frozen=True, slots=True)
class Window:
    """The weeks to compare, as half-open spans of dates from Monday to Monday."""

    before: tuple[date, date]
    after: tuple[date, date]

    @property
    def weeks_after(self) -> int:
        return (self.after[1] - self.after[0]).days // 7


@dataclass(frozen=True, slots=True)
class Observation:
    """One rep on one metric, before and after; `coached`: had sessions on it, else none at all in that time.

    `trials` are what both figures rest on (deals closed, leads decided), None where that cannot be counted.
    """

    rep: int
    before: float
    after: float
    coached: bool
    weeks_after: int
    trials: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Seen:
    """What an uncoached rep showed over one window, which `learners` began in."""

    weeks: Window
    before: float
    after: float
    trials: tuple[float, float] | None
    learners: int


def window(first_session: date, today: date) -> Window:
    """The 13 weeks before the week of the first session, and the finished ones after it, 13 at most.

    The week of the session itself counts for neither side.
    """
    monday = first_session - timedelta(days=first_session.weekday())
    after = monday + timedelta(weeks=1)
    finished = today - timedelta(days=today.weekday())
    end = min(max(finished, after), after + timedelta(weeks=MOST_WEEKS))
    return Window((monday - timedelta(weeks=MOST_WEEKS), monday), (after, end))


def lot_window(week: date, today: date, first_sessions: Iterable[date]) -> Window:
    """The 13 weeks before the draw for the Monday `week`, and those from it on, as long as those who wait do wait.

    `first_sessions` are of those who wait; whoever met before four weeks were over is no comparison and is not asked.
    """
    finished = today - timedelta(days=today.weekday())
    waits = [day - timedelta(days=day.weekday()) for day in first_sessions]
    enough = [monday for monday in waits if monday >= week + timedelta(weeks=FEWEST_WEEKS)]
    end = min([max(finished, week), week + timedelta(weeks=MOST_WEEKS), *enough])
    return Window((week - timedelta(weeks=MOST_WEEKS), week), (week, end))


def comparison(rep: int, seen: Sequence[Seen]) -> Observation:
    """A rep who was not coached, over the learners' windows: each weighs as much as learners began in it.

    So a season moves both sides alike. One observation per rep, however many windows there are: a rep counted again
    and again would feign certainty.
    """
    weights = np.array([one.learners for one in seen], dtype=np.float64)
    weights /= weights.sum()
    before, after = weights @ np.array([(one.before, one.after) for one in seen], dtype=np.float64)
    weeks_after = min(one.weeks.weeks_after for one in seen)
    return Observation(rep, float(before), float(after), False, weeks_after, _trials(seen, weights))


def _trials(seen: Sequence[Seen], weights: Floats) -> tuple[float, float] | None:
    """What the means rest on: windows that share days rest on the same trials, those apart on more."""
    given = [one.trials for one in seen]
    if any(one is None for one in given):
        return None
    mean = weights @ np.array(given, dtype=np.float64)
    shared = (
        weights @ _overlaps([one.weeks.before for one in seen]) @ weights,
        weights @ _overlaps([one.weeks.after for one in seen]) @ weights,
    )
    return float(mean[0] / shared[0]), float(mean[1] / shared[1])


def _overlaps(spans: Sequence[tuple[date, date]]) -> Floats:
    """By span and span, the days they share as a share of the shorter."""
    first, beyond = np.array([(one.toordinal(), other.toordinal()) for one, other in spans]).T
    shared = np.minimum.outer(beyond, beyond) - np.maximum.outer(first, first)
    days = beyond - first
    return np.asarray(np.maximum(shared, 0) / np.maximum(np.minimum.outer(days, days), 1), dtype=np.float64)
