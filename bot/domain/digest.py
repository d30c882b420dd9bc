"""The weekly digest as a value, and the choices in it that need nothing but figures."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

from bot.domain.periods import Period
from bot.domain.pipeline import Pipeline
from bot.domain.plans import PairingPlan, Someone, Uncoached
from bot.domain.ranking import FEWEST_RANKED, Place
from bot.domain.trend import Trend
from bot.words import Metric, Role, StoryKind

MOST_FACTS = 2
"""Facts told of a role: enough to praise, too few to rank by."""
FEWEST_SHARING_A_TAG = 2
"""Reps who must have chosen a tag before it is told: nobody's own weakness becomes the team's topic."""

FACT_METRIC: Mapping[Role, Metric] = MappingProxyType(
    {Role.SDR: Metric.QUALIFIED_RATE, Role.AE: Metric.WIN_RATE, Role.AM: Metric.UPSELL_RATE}
)
"""What a role's facts of the week are measured against."""

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


class Skip(StrEnum):
    """Why a team gets no digest this week."""

    NO_REPS = "no_reps"
    NOTHING_TO_TELL = "nothing_to_tell"
    TOO_LATE = "too_late"


@dataclass(frozen=True, slots=True)
class Likely:
    """Somebody who may be top, and how certain that is."""

    person: Someone
    probability: float


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
    """A role's top reps: a judgement with its certainty; and its facts of the week."""

    role: Role
    named: tuple[Likely, ...]
    contenders: tuple[Likely, ...]
    too_close: bool
    too_few: bool
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Kept:
    """Commitments of the team that fell due in the week, and how many were kept."""

    kept: int
    due: int


@dataclass(frozen=True, slots=True)
class StoryTold:
    """A shared story; `author` is None for one who is not named in public."""

    kind: StoryKind
    told: str
    author: Someone | None


@dataclass(frozen=True, slots=True)
class Topic:
    """What the team most wants to work on: chosen in `debriefs` debriefs by `reps` reps."""

    tag: str
    metric: Metric
    debriefs: int
    reps: int


@dataclass(frozen=True, slots=True)
class Moved:
    """The metric that moved a rep's score the most since the week before; `change` in weighted z."""

    metric: Metric
    change: float


@dataclass(frozen=True, slots=True)
class OwnLine:
    """What one rep alone is told; `place` is None for who is not ranked."""

    person: Someone
    role: Role
    place: Place | None
    ramping: bool
    moved: Moved | None


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
    """Who has gone without coaching for longer than `debt_days`, the longest first."""
    debt_days: int = 0


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
    composed_at: datetime
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
        return None if judged or any(told) or self._has_open_deals else Skip.NOTHING_TO_TELL

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


def moved(now: Mapping[Metric, float], before: Mapping[Metric, float]) -> Moved | None:
    """The largest change among weighted z that stand in both weeks; None where nothing changed."""
    changes = {metric: now[metric] - before[metric] for metric in now if metric in before}
    if not changes:
        return None
    metric = max(changes, key=lambda one: abs(changes[one]))
    return Moved(metric, changes[metric]) if abs(changes[metric]) >= LEAST_MOVE else None


LEAST_MOVE = 0.01
"""Weighted z below which a change is not worth a word."""


def _together(role: Role, results: Sequence[Result]) -> tuple[Fact, ...]:
    count = sum(one.count for one in results)
    of = sum(one.of or 0 for one in results) if any(one.of is not None for one in results) else None
    return (Fact(role, None, count, of),) if count else ()


def _share(result: Result) -> float:
    return result.count / result.of if result.of else 0.0
