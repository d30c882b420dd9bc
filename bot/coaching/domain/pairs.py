"""A week's pairs and the learners left over, what holds besides the figures, and lots where places are scarce."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from math import hypot

import numpy as np

from bot.coaching.domain.focus import Focus, Skill
from bot.coaching.domain.matching import Learner
from bot.core.enums import Metric

TURN = timedelta(weeks=4)
"""After which the places are free again: as long as a cycle lasts."""
_TOLD_APART = 0.8416
"""The normal quantile of 80%: so sure two needs differ before they are treated as different."""
_SAME = 1e-9


@dataclass(frozen=True, slots=True)
class Lot:
    """One draw: the learners in the order they were drawn, of whom `drawn` have a place now.

    `by_turn` waited after an earlier draw and so came first: they were not drawn this time.
    """

    metric: Metric
    order: tuple[int, ...]
    drawn: frozenset[int]
    by_turn: frozenset[int] = frozenset()

    @property
    def waiting(self) -> tuple[int, ...]:
        """Whose turn is next, in this order."""
        return tuple(learner for learner in self.order if learner not in self.drawn)

    def turn(self, learner: int, week: date) -> date:
        """The Monday on which a waiting learner is to have a place."""
        rounds = self.waiting.index(learner) // max(len(self.drawn), 1) + 1
        return week + rounds * TURN


def lots(
    learners: Iterable[Learner], placed: Collection[int], waited: Sequence[int], seed: int
) -> tuple[Lot, ...]:
    """The draws that a week needs: in each group of like need, where some but not all were `placed` by their figures.

    `waited` lost an earlier draw and come first, in this order.
    """
    found = []
    for number, (metric, alike) in enumerate(_groups(learners)):
        places = len([one for one in alike if one in placed])
        if 0 < places < len(alike):
            found.append(_draw(metric, alike, places, waited, np.random.default_rng((seed, number))))
    return tuple(found)


def _draw(
    metric: Metric, alike: Sequence[int], places: int, waited: Sequence[int], rng: np.random.Generator
) -> Lot:
    first = [one for one in waited if one in alike]
    rest = sorted(set(alike) - set(first))
    order = (*first, *(rest[at] for at in rng.permutation(len(rest))))
    return Lot(metric, order, frozenset(order[:places]), frozenset(first))


def _groups(learners: Iterable[Learner]) -> Iterator[tuple[Metric, list[int]]]:
    """Learners of one role and metric whose need cannot be told from the greatest among them, greatest first."""
    same: dict[tuple[str, Metric], list[tuple[Focus, int]]] = defaultdict(list)
    for one in learners:
        if one.focus:
            same[one.role, one.focus.metric].append((one.focus, one.rep))
    for (_role, metric), found in sorted(same.items(), key=lambda one: one[0]):
        found.sort(key=lambda one: (-one[0].shortfall, one[1]))
        while found:
            top = found[0][0]
            yield metric, [rep for focus, rep in found if _alike(top, focus)]
            found = [one for one in found if not _alike(top, one[0])]


def _alike(one: Focus, other: Focus) -> bool:
    return abs(one.shortfall - other.shortfall) <= _TOLD_APART * hypot(one.error, other.error) + _SAME


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
    SILENT = "silent"


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
