"""A new manager's first ninety days: which numbers to read, which talks to hold, what to leave alone."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from types import MappingProxyType

from bot.core.enums import Metric, Role
from bot.people.domain.someone import Someone
from bot.scorecards.domain.aims.team_goal import Together

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
