"""Who coaches whom this week, and why; or why not."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

import numpy as np

from bot.domain.focus import Skill
from bot.domain.matching import NOVELTY, Coach, Learner, Worth, assign, taught_by, unbarred, worth
from bot.domain.special import Floats, Mask
from bot.words import Metric


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
    """`until`: for RESTING, the first day on which the pair that rests may meet again."""

    learner: int
    why: Why
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Pairing:
    """The week's pairs and the learners left over, both by learner; `refused` pins break a rule that always holds."""

    pairs: tuple[Pair, ...]
    unpaired: tuple[Unpaired, ...]
    refused: tuple[tuple[int, int], ...]

    @property
    def total_value(self) -> float:
        return sum(pair.value for pair in self.pairs)


def pair(coaches: Iterable[Coach], learners: Iterable[Learner], rules: PairingRules) -> Pairing:
    """The pairs of largest total value, around the running cycles and a manager's pins."""
    week = _Week.of(coaches, learners, rules)
    running = week.running()
    pinned, refused = week.pinned(running)
    kept = {column: cycle for column, cycle in running.items() if column not in pinned}
    matched = week.matched({column: week.row[cycle.coach] for column, cycle in kept.items()} | pinned)
    pairs = [week.pair(week.row[cycle.coach], at, Origin.RUNNING, cycle.metric) for at, cycle in kept.items()]
    pairs += [week.pair(row, at, Origin.PINNED) for at, row in pinned.items()]
    pairs += [week.pair(row, at, Origin.MATCHED) for row, at in matched]
    meeting = [one for one in pairs if week.here[week.row[one.coach], week.column[one.learner]]]
    alone = set(week.column) - {one.learner for one in meeting}
    return Pairing(
        tuple(sorted(meeting, key=lambda one: one.learner)),
        tuple(week.left_over(week.column[rep], week.column[rep] in kept) for rep in sorted(alone)),
        tuple(refused),
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Week:
    """Coaches as rows and learners as columns, ascending; `may`: no lasting rule forbids it, `here`: nobody is away."""

    coaches: Sequence[Coach]
    learners: Sequence[Learner]
    rules: PairingRules
    row: Mapping[int, int]
    column: Mapping[int, int]
    may: Mask
    here: Mask
    worth: Worth
    value: Floats

    @classmethod
    def of(cls, coaches: Iterable[Coach], learners: Iterable[Learner], rules: PairingRules) -> "_Week":
        rows = sorted(coaches, key=lambda coach: coach.rep)
        columns = sorted(learners, key=lambda learner: learner.rep)
        able = np.array([coach.willing and not coach.opted_out for coach in rows], dtype=np.bool_)
        asked = np.array([not learner.opted_out for learner in columns], dtype=np.bool_)
        coming = np.array([not coach.away for coach in rows], dtype=np.bool_)
        present = np.array([not learner.away for learner in columns], dtype=np.bool_)
        both_ways = {couple for one, other in rules.exclusions for couple in ((one, other), (other, one))}
        oneself = {(coach.rep, coach.rep) for coach in rows}
        found = worth(rows, columns, ended=rules.ended, week=rules.week)
        return cls(
            rows,
            columns,
            rules,
            {coach.rep: at for at, coach in enumerate(rows)},
            {learner.rep: at for at, learner in enumerate(columns)},
            able[:, None] & asked & unbarred(rows, columns, both_ways | oneself | set(rules.blocks)),
            coming[:, None] & present,
            found,
            found.value,
        )

    def running(self) -> dict[int, Cycle]:
        """The cycles that go on, by learner's column; one that a rule has come to forbid ends."""
        return {
            self.column[cycle.learner]: cycle
            for cycle in self.rules.running
            if cycle.coach in self.row
            and cycle.learner in self.column
            and self.may[self.row[cycle.coach], self.column[cycle.learner]]
        }

    def pinned(self, running: Mapping[int, Cycle]) -> tuple[dict[int, int], list[tuple[int, int]]]:
        """The row for each pinned column, and the pins refused. A pin takes the place of a running cycle."""
        places = {column: self.row[cycle.coach] for column, cycle in running.items()}
        pinned: dict[int, int] = {}
        refused = []
        for coach, learner in self.rules.pins:
            row, column = self.row.get(coach), self.column.get(learner)
            if row is None or column is None or column in pinned or not self._has_room(row, column, places):
                refused.append((coach, learner))
            elif places.get(column) != row:
                places[column] = pinned[column] = row
        return pinned, refused

    def _has_room(self, row: int, column: int, places: Mapping[int, int]) -> bool:
        others = sum(1 for at, taken in places.items() if taken == row and at != column)
        return bool(self.may[row, column] and self.here[row, column]) and others < self.coaches[row].capacity

    def matched(self, places: Mapping[int, int]) -> list[tuple[int, int]]:
        """The best (row, column) pairs among the learners and slots that are still free."""
        taken = Counter(places.values())
        free = [column for column in range(len(self.learners)) if column not in places]
        room = [max(coach.capacity - taken[row], 0) for row, coach in enumerate(self.coaches)]
        value = np.where(self.may & self.here & self.worth.novel, self.value, 0.0)[:, free]
        return [(row, free[at]) for row, at in assign(value, room, self.rules.seed)]

    def pair(self, row: int, column: int, origin: Origin, metric: Metric | None = None) -> Pair:
        coach, learner = self.coaches[row], self.learners[column]
        worked_on = metric or (learner.focus.metric if learner.focus else None)
        reason = _reason(coach, learner, worked_on) if worked_on else None
        return Pair(coach.rep, learner.rep, origin, float(self.value[row, column]), reason)

    def left_over(self, column: int, in_cycle: bool) -> Unpaired:
        learner = self.learners[column]
        if learner.opted_out:
            return Unpaired(learner.rep, Why.OPTED_OUT)
        if learner.away:
            return Unpaired(learner.rep, Why.AWAY)
        if in_cycle:
            return Unpaired(learner.rep, Why.COACH_AWAY)
        if not learner.focus:
            return Unpaired(learner.rep, Why.NO_FOCUS)
        return self._unmatched(column, learner.rep)

    def _unmatched(self, column: int, learner: int) -> Unpaired:
        strong = self.may[:, column] & self.here[:, column] & (self.worth.strength[:, column] > 0)
        reachable = strong & (self.worth.shared[:, column] > 0)
        if not strong.any():
            return Unpaired(learner, Why.NO_COACH)
        if not reachable.any():
            return Unpaired(learner, Why.NO_SHARED_HOURS)
        if (reachable & self.worth.novel[:, column]).any():
            return Unpaired(learner, Why.ALL_TAKEN)
        ends = [
            self.rules.ended[(self.coaches[row].rep, learner)] for row in np.flatnonzero(reachable).tolist()
        ]
        return Unpaired(learner, Why.RESTING, min(ends) + NOVELTY)


def _reason(coach: Coach, learner: Learner, metric: Metric) -> Reason:
    shown = taught_by(coach.role, learner.role, metric)
    return Reason(
        metric, learner.skills.get(metric), {m: coach.skills[m] for m in shown if m in coach.skills}
    )
