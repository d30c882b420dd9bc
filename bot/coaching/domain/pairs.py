"""A week's pairs and the learners left over, and what holds besides the figures."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from bot.coaching.domain.focus import Skill
from bot.coaching.domain.lots import Lot
from bot.core.enums import Metric


class Origin(StrEnum):
    """RUNNING: in its four-week cycle. PINNED: a manager's wish. MATCHED: by value."""

    RUNNING = "running"
    PINNED = "pinned"
    MATCHED = "matched"


class Why(StrEnum):
    """Why a learner has no coach this week; an exclusion, being confidential, sounds like NO_COACH."""

    OPTED_OUT = "opted_out"
    AWAY = "away"
    COACH_AWAY = "coach_away"
    NO_FOCUS = "no_focus"
    NO_COACH = "no_coach"
    NO_SHARED_HOURS = "no_shared_hours"
    RESTING = "resting"
    ALL_TAKEN = "all_taken"
    LOT = "lot"
    PASSED = "passed"


@dataclass(frozen=True, slots=True)
class Cycle:
    """A pair in its four weeks, and the metric it works on."""

    coach: int
    learner: int
    metric: Metric


@dataclass(frozen=True, slots=True)
class PairingRules:
    """What holds besides the figures; pairs are (coach, learner), but exclusions go both ways.

    `week` is the Monday of the week in which the pairs meet, `ended` says when pairs ended their last cycle.
    """

    week: date
    seed: int
    running: Sequence[Cycle] = ()
    ended: Mapping[tuple[int, int], date] = field(default_factory=dict)
    exclusions: Sequence[tuple[int, int]] = ()
    blocks: Sequence[tuple[int, int]] = ()
    pins: Sequence[tuple[int, int]] = ()
    by_lot: bool = False
    passed: Mapping[int, date] = field(default_factory=dict)
    """Learners whose proposal came to nothing, with the day from which they are asked again."""
    waited: Sequence[int] = ()
    """Learners who lost an earlier draw, whose turn it is, in this order."""


@dataclass(frozen=True, slots=True)
class Reason:
    """The learner's figure, and those that make the coach right for it; None or empty where there are none."""

    metric: Metric
    learner: Skill | None
    coach: Mapping[Metric, Skill]


@dataclass(frozen=True, slots=True)
class Pair:
    """`reason` is None for a pinned pair whose learner has no focus."""

    coach: int
    learner: int
    origin: Origin
    value: float
    reason: Reason | None


@dataclass(frozen=True, slots=True)
class Unpaired:
    """`until`: for RESTING, the first day on which the pair may meet again; for LOT, the Monday of their turn.

    For PASSED it is the day from which they are asked again.
    """

    learner: int
    why: Why
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Pairing:
    """The week's pairs and the learners left over, both by learner; `refused` pins break a rule that always holds."""

    pairs: tuple[Pair, ...]
    unpaired: tuple[Unpaired, ...]
    refused: tuple[tuple[int, int], ...]
    lots: tuple[Lot, ...] = ()

    @property
    def total_value(self) -> float:
        return sum(pair.value for pair in self.pairs)
