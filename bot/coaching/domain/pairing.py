"""Who coaches whom this week, and why; or why not."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from bot.coaching.domain.matching import NOVELTY, Coach, Learner, Worth, assign, taught_by, unbarred, worth
from bot.coaching.domain.pairs import (
    Cycle,
    Lot,
    Origin,
    Pair,
    Pairing,
    PairingRules,
    Reason,
    Unpaired,
    Why,
    lots,
)
from bot.core.enums import Metric
from bot.scorecards.domain.inference.special import Floats, Mask


def pair(coaches: Iterable[Coach], learners: Iterable[Learner], rules: PairingRules) -> Pairing:
    """The pairs of largest total value, around the running cycles and a manager's pins."""
    week = _Week.of(coaches, learners, rules)
    running = week.running()
    pinned, refused = week.pinned(running)
    kept = {column: cycle for column, cycle in running.items() if column not in pinned}
    matched, lots = week.matched({column: week.row[cycle.coach] for column, cycle in kept.items()} | pinned)
    pairs = [week.pair(week.row[cycle.coach], at, Origin.RUNNING, cycle.metric) for at, cycle in kept.items()]
    pairs += [week.pair(row, at, Origin.PINNED) for at, row in pinned.items()]
    pairs += [week.pair(row, at, Origin.MATCHED) for row, at in matched]
    meeting = [one for one in pairs if week.here[week.row[one.coach], week.column[one.learner]]]
    alone = set(week.column) - {one.learner for one in meeting}
    return Pairing(
        tuple(sorted(meeting, key=lambda one: one.learner)),
        tuple(week.left_over(week.column[rep], week.column[rep] in kept, lots) for rep in sorted(alone)),
        tuple(refused),
        lots,
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

    def matched(self, places: Mapping[int, int]) -> tuple[list[tuple[int, int]], tuple[Lot, ...]]:
        """The best (row, column) pairs among the learners and slots that are still free, and what was drawn."""
        taken = Counter(places.values())
        free = [column for column in range(len(self.learners)) if column not in places]
        room = [max(coach.capacity - taken[row], 0) for row, coach in enumerate(self.coaches)]
        asked = np.array(
            [learner.rep not in self.rules.passed and not learner.silent for learner in self.learners],
            dtype=np.bool_,
        )
        value = np.where(self.may & self.here & self.worth.novel & asked, self.value, 0.0)[:, free]
        made = assign(value, room, self.rules.seed)
        able = [at for at in range(len(free)) if (value[np.array(room) > 0, at] > 0).any()]
        if not self.rules.by_lot or len(made) >= len(able):
            return [(row, free[at]) for row, at in made], ()
        reps = {self.learners[free[at]].rep: at for at in able}
        placed = {self.learners[free[at]].rep for _row, at in made}
        drawn = lots(
            [self.learners[free[at]] for at in able], placed, self.rules.waited, seed=self.rules.seed
        )
        made = self._by_lot(value, room, placed, drawn, reps)
        placed = {self.learners[free[at]].rep for _row, at in made}
        told = tuple(replace(lot, drawn=frozenset(placed & set(lot.order))) for lot in drawn)
        return [(row, free[at]) for row, at in made], told

    def _by_lot(
        self,
        value: Floats,
        room: Sequence[int],
        placed: set[int],
        drawn: Sequence[Lot],
        reps: Mapping[int, int],
    ) -> list[tuple[int, int]]:
        """The best pairs of those drawn; where the coaches cannot take one of them, the next in the draw comes in."""
        in_a_lot = {rep for lot in drawn for rep in lot.order}
        admitted = (placed - in_a_lot) | {rep for lot in drawn for rep in lot.drawn}
        further = [rep for lot in drawn for rep in lot.waiting]
        while True:
            closed = [at for rep, at in reps.items() if rep not in admitted]
            open_to = value.copy()
            open_to[:, closed] = 0.0
            made = assign(open_to, room, self.rules.seed)
            if len(made) >= len(placed) or not further:
                return made
            admitted.add(further.pop(0))

    def pair(self, row: int, column: int, origin: Origin, metric: Metric | None = None) -> Pair:
        coach, learner = self.coaches[row], self.learners[column]
        worked_on = metric or (learner.focus.metric if learner.focus else None)
        reason = _reason(coach, learner, worked_on) if worked_on else None
        return Pair(coach.rep, learner.rep, origin, float(self.value[row, column]), reason)

    def left_over(self, column: int, in_cycle: bool, drawn: Sequence[Lot]) -> Unpaired:
        learner = self.learners[column]
        lot = next((one for one in drawn if learner.rep in one.waiting), None)
        if lot:
            return Unpaired(learner.rep, Why.LOT, lot.turn(learner.rep, self.rules.week))
        if learner.opted_out:
            return Unpaired(learner.rep, Why.OPTED_OUT)
        if learner.away:
            return Unpaired(learner.rep, Why.AWAY)
        if in_cycle:
            return Unpaired(learner.rep, Why.COACH_AWAY)
        if learner.silent:
            return Unpaired(learner.rep, Why.SILENT)
        if not learner.focus:
            return Unpaired(learner.rep, Why.NO_FOCUS)
        if learner.rep in self.rules.passed:
            return Unpaired(learner.rep, Why.PASSED, self.rules.passed[learner.rep])
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
