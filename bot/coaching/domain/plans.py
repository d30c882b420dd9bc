"""The pairs of a team's week with the people in them: what is kept, told and answered."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from bot.coaching.domain.pairs import Origin, Reason, Why
from bot.core.enums import Metric
from bot.people.domain.someone import Someone
from bot.pipeline.domain.feeds import Silence

CONTENT = (Why.OPTED_OUT, Why.NO_FOCUS, Why.AWAY, Why.SILENT)
"""Who is without a coach for reasons that nobody needs to mend by a pair."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What a person has decided about coaching; `topics` they offer to help with, blank for whatever they do well."""

    willing: bool
    capacity: int
    learning: bool
    named: bool
    topics: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PlannedPair:
    """`reason` has the figures behind the pair; `week_of` is its week, 1 to 4, in the cycle.

    `agreed`: they have said yes to this cycle. `id` is that of the kept row, None before it is kept; `is_new`: it was
    proposed just now.
    """

    coach: Someone
    learner: Someone
    metric: Metric
    origin: Origin
    value: float
    reason: Reason
    week_of: int = 1
    agreed: bool = False
    id: int | None = None
    answer_by: date | None = None
    """The last day on which a proposal can be answered."""
    is_new: bool = False
    across: bool = False
    """The coach is of another team than the learner."""

    @property
    def is_public(self) -> bool:
        return self.coach.named and self.learner.named


@dataclass(frozen=True, slots=True)
class Waiting:
    """A learner without a coach this week; `until`: for RESTING, the first day on which the pair may meet again.

    For LOT it is the Monday on which it is their turn.
    """

    learner: Someone
    why: Why
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Slots:
    """How many learners the team's coaches have agreed with, and have asked, of how many they could have."""

    taken: int
    offered: int
    asked: int = 0


@dataclass(frozen=True, slots=True)
class PlannedLot:
    """One draw: everybody in the order drawn, and the ids of those who have a place now; see `Lot`."""

    metric: Metric
    order: tuple[Someone, ...]
    drawn: frozenset[int]
    by_turn: frozenset[int]
    seed: str

    @property
    def placed(self) -> tuple[Someone, ...]:
        return tuple(one for one in self.order if one.id in self.drawn)

    @property
    def waiting(self) -> tuple[Someone, ...]:
        return tuple(one for one in self.order if one.id not in self.drawn)


@dataclass(frozen=True, slots=True)
class PairingPlan:
    """`week` is the Monday of the week in which the pairs meet."""

    workspace_id: int
    team_id: int
    week: date
    pairs: tuple[PlannedPair, ...]
    unpaired: tuple[Waiting, ...]
    slots: Slots
    lots: tuple[PlannedLot, ...] = ()
    refused: tuple[tuple[int, int], ...] = ()
    """Pins (coach, learner) that a rule keeps from holding."""
    silences: tuple[Silence, ...] = ()
    """Records that stopped coming; `Why.SILENT` are the learners whose figures rest on them."""

    @property
    def total_value(self) -> float:
        return sum(pair.value for pair in self.pairs)

    def of(self, person_id: int) -> tuple[PlannedPair, ...]:
        """The person's pairs, on either side."""
        return tuple(pair for pair in self.pairs if person_id in (pair.coach.id, pair.learner.id))

    @property
    def people(self) -> frozenset[int]:
        """Everybody who has a pair."""
        return frozenset(person.id for pair in self.pairs for person in (pair.coach, pair.learner))

    @property
    def waiting(self) -> Mapping[int, Waiting]:
        return {one.learner.id: one for one in self.unpaired}


@dataclass(frozen=True, slots=True)
class Uncoached:
    """A rep who wants coaching and got none; `days` since the last session, None for who never had one."""

    person: Someone
    days: int | None


@dataclass(frozen=True, slots=True)
class PairsOfWeek:
    """Of the week that began on this Monday: pairs that agreed, those that met, and those that did not."""

    week: date
    started: int
    met: int
    missed: int


@dataclass(frozen=True, slots=True)
class ManagersWeeks:
    """What the pairs of a manager's teams came to, oldest week first; `held` sessions the manager held in them."""

    manager: str
    weeks: tuple[PairsOfWeek, ...]
    held: int


@dataclass(frozen=True, slots=True)
class CoachCredit:
    """What one coach's sessions of a month earned; `minutes` are those credited."""

    coach: str
    sessions: int
    minutes: int
    amount: Decimal


@dataclass(frozen=True, slots=True)
class MonthsCredit:
    """`has_rate`: an hour of coaching is worth something; without, minutes alone can be told."""

    coaches: tuple[CoachCredit, ...]
    currency: str
    has_rate: bool = True
