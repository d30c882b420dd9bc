"""What helps in a new role: a coach's first month, a manager's Monday, a new manager's first ninety days."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType

from bot.coaching.domain.lifts import FEWEST_RATINGS
from bot.core.enums import Metric, Role
from bot.people.domain.someone import Someone
from bot.pipeline.domain.plunger import Clog
from bot.scorecards.domain.targets import Together

MONTH = timedelta(weeks=4)
HELPFUL = 4
"""Of five: a good deal, or very."""
BETWEEN = timedelta(days=6)
"""Between two messages: one a week, whatever day the pair meets."""


@dataclass(frozen=True, slots=True)
class Peer:
    """A colleague who coaches too, and how often they did in a year."""

    name: str
    sessions: int


@dataclass(frozen=True, slots=True)
class FirstMonth:
    """`week` counts from 1 to 4; of `rated` meetings `helpful` were called so by their learners."""

    week: int
    rated: int
    helpful: int
    peer: Peer | None

    @property
    def can_be_summed(self) -> bool:
        """Of fewer, a single learner's word could be read."""
        return self.rated >= FEWEST_RATINGS


def of(first: date, today: date, ratings: Sequence[int], peer: Peer | None) -> FirstMonth:
    """`first` is the day of the coach's first meeting ever."""
    week = min((today - first).days // 7 + 1, 4)
    return FirstMonth(week, len(ratings), sum(rating >= HELPFUL for rating in ratings), peer)


def is_due(first: date, latest: date, last_told: date | None, today: date) -> bool:
    """After a meeting that was not told after yet, once a week, in the four weeks from the first one."""
    if not first <= today < first + MONTH:
        return False
    return last_told is None or (latest > last_told and today > last_told + BETWEEN)


THREE = 3


class Because(StrEnum):
    """In the order in which they are told."""

    NEW = "new"
    STUCK = "stuck"
    BEHIND = "behind"
    UNCOACHED = "uncoached"


@dataclass(frozen=True, slots=True)
class Pick:
    """`clog` is the deal, `metric` the figure, `days` the time without coaching (None: never), as the reason has it."""

    person: Someone
    because: Because
    clog: Clog | None = None
    metric: Metric | None = None
    days: int | None = None


def three(found: Mapping[Because, Sequence[Pick]], *, lately: Collection[int]) -> list[Pick]:
    """Of each reason the most urgent, turn about, and nobody twice; those of last week only for want of others."""
    chosen: dict[int, Pick] = {}
    for rested in (True, False):
        left = {
            why: [one for one in found.get(why, ()) if (one.person.id not in lately) is rested]
            for why in Because
        }
        while len(chosen) < THREE and any(left.values()):
            for waiting in left.values():
                pick = next((one for one in waiting if one.person.id not in chosen), None)
                waiting[:] = [one for one in waiting if one.person.id not in chosen and one is not pick]
                if pick is not None and len(chosen) < THREE:
                    chosen[pick.person.id] = pick
    return list(chosen.values())


NINETY = timedelta(days=90)
NUMBERS: Mapping[Role, Metric] = MappingProxyType({Role.SDR: Metric.QUALIFIED_RATE, Role.AE: Metric.WIN_RATE})
"""One a role: what its score weighs most and what adds up over a team."""
OF_ALL = (Metric.TIMELINE_RATE, Metric.DEBRIEF_RATE)


@dataclass(frozen=True, slots=True)
class Talk:
    """With somebody of the team; `days` without coaching, None: never coached."""

    person: Someone
    days: int | None


@dataclass(frozen=True, slots=True)
class NinetyDays:
    """Of one team, by its own records. `numbers` are the team's and never a rep's.

    `new` are in their first four weeks, `pairs` run this week; `day` counts from 1 where the reader is new.
    """

    team: str
    day: int | None
    numbers: tuple[Together, ...]
    stuck: int
    open: int
    talks: tuple[Talk, ...]
    coaches: tuple[str, ...]
    new: tuple[str, ...]
    pairs: int
