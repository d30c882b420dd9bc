"""What people want to work on, from the tags of their debriefs: the team most of all, a rep week after week."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType

from bot.core.enums import Metric
from bot.debriefs.domain.stories import StoryTold

FEWEST_SHARING_A_TAG = 2
"""Reps who must have chosen a tag before it is told: nobody's own weakness becomes the team's topic."""

METRIC_OF_TAG: Mapping[str, Metric] = MappingProxyType(
    {
        "timeline": Metric.TIMELINE_RATE,
        "authority": Metric.AUTHORITY_RATE,
        "qualification": Metric.QUALIFIED_RATE,
        "need": Metric.QUALIFIED_RATE,
        "budget": Metric.QUALIFIED_RATE,
        "pricing": Metric.WIN_RATE,
        "objection": Metric.WIN_RATE,
        "competitor": Metric.WIN_RATE,
        "negotiation": Metric.WIN_RATE,
        "closing": Metric.WIN_RATE,
    }
)
"""The metric that a tag goes with; the others go with how the call ended."""


@dataclass(frozen=True, slots=True)
class Topic:
    """What the team most wants to work on: chosen in `debriefs` debriefs by `reps` reps."""

    tag: str
    metric: Metric
    debriefs: int
    reps: int


def topic(mentions: Iterable[tuple[str, int]]) -> Topic | None:
    """The tag that most debriefs chose, told only where several reps did; mentions are (tag, rep), one per debrief."""
    return next(iter(topics(mentions)), None)


def topics(mentions: Iterable[tuple[str, int]]) -> list[Topic]:
    """All that several reps chose, the most chosen first."""
    by_tag: dict[str, list[int]] = defaultdict(list)
    for tag, rep in mentions:
        by_tag[tag].append(rep)
    shared = [(tag, reps) for tag, reps in by_tag.items() if len(set(reps)) >= FEWEST_SHARING_A_TAG]
    shared.sort(key=lambda one: (-len(one[1]), -len(set(one[1])), one[0]))
    return [
        Topic(tag, METRIC_OF_TAG.get(tag, Metric.EFFECTIVE_RATE), len(reps), len(set(reps)))
        for tag, reps in shared
    ]


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
