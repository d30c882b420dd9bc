"""The weekly digest as a value, and the choices in it that need nothing but figures."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from bot.calendar.periods import Period
from bot.coaching.domain.plans import PairingPlan, Uncoached
from bot.core.enums import Metric, Role
from bot.debriefs.domain.stories import StoryTold
from bot.debriefs.domain.topics import Topic
from bot.digest.domain.trend import Trend
from bot.people.domain.someone import Someone
from bot.pipeline.domain.feeds import Feed, Silence
from bot.pipeline.domain.stuck import Pipeline
from bot.scorecards.domain.definitions.counting import Measure
from bot.scorecards.domain.league import OwnLine
from bot.scorecards.domain.money import Outlook
from bot.scorecards.domain.naming import FEWEST_RANKED
from bot.scorecards.domain.targets import Together

MOST_FACTS = 2
"""Facts told of a role: enough to praise, too few to rank by."""
FACT_METRIC: Mapping[Role, Metric] = MappingProxyType(
    {Role.SDR: Metric.QUALIFIED_RATE, Role.AE: Metric.WIN_RATE, Role.AM: Metric.UPSELL_RATE}
)
"""What a role's facts of the week are measured against."""


class Skip(StrEnum):
    """Why a team gets no digest this week."""

    NO_REPS = "no_reps"
    NOTHING_TO_TELL = "nothing_to_tell"
    ALL_IS_OLD = "all_is_old"
    TOO_LATE = "too_late"


@dataclass(frozen=True, slots=True)
class Likely:
    """Somebody who may be top, how certain that is, and the figure that puts them there the most."""

    person: Someone
    probability: float
    chief: Measure | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """One rep's week: SDR, leads qualified of those decided; AE, deals won of those closed; AM, accounts grown."""

    person: Someone
    count: int
    of: int | None


@dataclass(frozen=True, slots=True)
class Fact:
    """A result worth telling; without a person it is the whole role's."""

    role: Role
    person: Someone | None
    count: int
    of: int | None


@dataclass(frozen=True, slots=True)
class Top:
    """A role's top reps: a judgement with its certainty; and its facts of the week.

    `overdue`: nobody is named because overdue deals leave it open; `silent` are metrics that tell nobody apart.
    `judged_by` are those that the judgement is made of.
    """

    role: Role
    named: tuple[Likely, ...]
    contenders: tuple[Likely, ...]
    too_close: bool
    too_few: bool
    facts: tuple[Fact, ...]
    overdue: bool = False
    silent: tuple[Metric, ...] = ()
    judged_by: tuple[Metric, ...] = ()


@dataclass(frozen=True, slots=True)
class Kept:
    """Commitments of the team that fell due in the week, and how many were kept."""

    kept: int
    due: int


@dataclass(frozen=True, slots=True)
class Clogged:
    """A rep whose open deals are stuck."""

    person: Someone
    stuck: int


@dataclass(frozen=True, slots=True)
class ManagersPage:
    """What needs the manager's eye: the week's calls and pairs, commitments due, disputes that wait."""

    clogged: tuple[Clogged, ...]
    debriefed: int
    prompted: int
    pairs_not_met: int = 0
    commitments_unanswered: int = 0
    disputes: int = 0
    owed: tuple[Uncoached, ...] = ()
    """Who has gone without coaching for longer than `debt_days` since last week, the longest first."""
    debt_days: int = 0
    leads_without_deal: int = 0
    """Leads accepted in the 13 weeks up to 30 days ago of which no deal came."""
    advanced: int = 0
    """Calls of the same weeks told to have advanced that name a company, a contact or a deal."""
    nothing_followed: int = 0
    """Of those, how many no lead, deal or further talk followed within 30 days."""


@dataclass(frozen=True, slots=True)
class WhatOthersDid:
    """About a topic: a story of the team's that helped, and who offers to coach on it; either may be missing."""

    story: StoryTold | None
    coaches: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DigestTeam:
    id: int
    name: str
    channel: str | None
    reps: int
    locale: str | None = None
    """How its channel reads dates and numbers."""


@dataclass(frozen=True, slots=True)
class Digest:
    """Everything that is told about one team and week; `plan` holds the pairs of the week after."""

    workspace_id: int
    team: DigestTeam
    week: Period
    tops: tuple[Top, ...]
    most_improved: Someone | None
    commitments: Kept | None
    story: StoryTold | None
    topic: Topic | None
    trend: Trend | None
    pipeline: Pipeline | None
    plan: PairingPlan
    own_lines: tuple[OwnLine, ...]
    page: ManagersPage
    coach_of_month: Someone | None = None
    """In the month's first digest alone."""
    so_far: bool = False
    """The week it tells of still runs."""
    outlook: Outlook | None = None
    """Of the team's AEs in the quarter that runs: its amounts are for those who lead."""
    goal: Together | None = None
    """The team's own, of the quarter in which the week began."""
    others: WhatOthersDid | None = None
    """About the topic."""
    silences: tuple[Silence, ...] = ()
    """What stopped coming, on which nothing here rests."""

    @property
    def skip(self) -> Skip | None:
        """Why it is better not to post it: an empty digest teaches people not to read the next one."""
        if not self.team.reps:
            return Skip.NO_REPS
        judged = any(top.named or top.contenders or top.facts for top in self.tops)
        told = (
            self.most_improved,
            self.coach_of_month,
            self.commitments,
            self.story,
            self.topic,
            self.plan.pairs,
        )
        if judged or any(told) or self._has_open_deals:
            return None
        return Skip.ALL_IS_OLD if self.silences else Skip.NOTHING_TO_TELL

    @property
    def tells_money(self) -> bool:
        """What was won is no news where deals have stopped coming."""
        return all(one.feed is not Feed.DEALS for one in self.silences)

    @property
    def _has_open_deals(self) -> bool:
        return self.pipeline is not None and self.pipeline.open > 0


def facts(role: Role, results: Sequence[Result], middle: float | None) -> tuple[Fact, ...]:
    """What happened, told of the best of the week and of at most half of the reps: who is left out may be anywhere.

    A rate is told where it reaches the role's `middle` (a share). With too few reps for a middle, one alone is told of
    as it was, and two are told together, because telling of one tells of the other. Results are of reps who may be
    named in public.
    """
    if len(results) == FEWEST_RANKED - 1:
        return _together(role, results)
    least = middle if middle is not None and len(results) >= FEWEST_RANKED else 0.0
    good = [one for one in results if one.count > 0 and (one.of is None or _share(one) >= least)]
    best = sorted(good, key=lambda one: (-one.count, -_share(one), one.person.id))
    told = best[: min(MOST_FACTS, max(1, len(results) // 2))]
    return tuple(Fact(role, one.person, one.count, one.of) for one in told)


def _together(role: Role, results: Sequence[Result]) -> tuple[Fact, ...]:
    count = sum(one.count for one in results)
    of = sum(one.of or 0 for one in results) if any(one.of is not None for one in results) else None
    return (Fact(role, None, count, of),) if count else ()


def _share(result: Result) -> float:
    return result.count / result.of if result.of else 0.0
