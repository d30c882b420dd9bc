"""The value of every coach for every learner, and the assignment with the largest total."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import numpy as np

from bot.calendar.wallclock import first_valid
from bot.coaching.domain.focus import Focus, Skill
from bot.core.enums import Metric, Role
from bot.scorecards.domain.definitions import DEFINITIONS
from bot.scorecards.domain.inference.special import Floats, Mask

NOVELTY = timedelta(weeks=3)
"""How long a pair rests after its cycle ended."""
MANAGERS_STRENGTH = 0.25
"""Of a willing manager, who has no figures of their own: whoever is measurably strong there comes first."""
RECORD_PRIOR = 5
"""Ratings and lifts that a coach's record is shrunk by."""
LEAST_RECORD, BEST_RECORD = 0.5, 1.5


@dataclass(frozen=True, slots=True)
class WorkDay:
    """Working hours on the UTC clock: `start` in hours after midnight (any number, taken modulo 24), `hours` long."""

    start: float
    hours: float


@lru_cache(maxsize=1024)
def work_day(day: date, starts: time, ends: time, zone: ZoneInfo) -> WorkDay:
    """Most people share their hours, which are counted once."""
    opens, closes = (first_valid(day, at, zone) for at in (starts, ends))
    hours = (closes - opens) / timedelta(hours=1)
    return WorkDay(opens.hour + opens.minute / 60, hours if hours > 0 else hours + 24)


@dataclass(frozen=True, slots=True)
class Coach:
    """A rep who may coach this week. `ratings` (1 to 5) and `lifts` (z gained) are those of past learners.

    `only`: the metrics that the coach offers to help with; None for whatever they are strong in.
    """

    rep: int
    role: Role
    capacity: int
    day: WorkDay
    skills: Mapping[Metric, Skill] = field(default_factory=dict)
    willing: bool = True
    opted_out: bool = False
    away: bool = False
    ratings: tuple[int, ...] = ()
    lifts: tuple[float, ...] = ()
    only: frozenset[Metric] | None = None


@dataclass(frozen=True, slots=True)
class Learner:
    """A rep who may be coached this week; without a focus the figures support nothing to work on."""

    rep: int
    role: Role
    day: WorkDay
    focus: Focus | None
    skills: Mapping[Metric, Skill] = field(default_factory=dict)
    opted_out: bool = False
    away: bool = False
    silent: bool = False
    """What they would work on rests on records that have stopped coming: they are given to nobody by it."""


@dataclass(frozen=True, slots=True, eq=False)
class Worth:
    """The factors of a pair's value, each 0 or more; by coach (row) and learner (column) unless said otherwise."""

    shortfall: Floats
    """Per learner."""
    strength: Floats
    record: Floats
    """Per coach."""
    shared: Floats
    novel: Mask

    @property
    def value(self) -> Floats:
        """Without novelty: a pair that has ended its cycle is worth as much, and rests."""
        return self.shortfall * self.strength * self.record[:, None] * self.shared


def taught_by(coach: Role, learner: Role, metric: Metric) -> tuple[Metric, ...]:
    """What a coach is measured by for a learner's metric: a peer by the same, along an edge by its teaching twins."""
    if coach is learner:
        return (metric,)
    definition = DEFINITIONS[metric]
    return definition.taught_by.get(coach, ()) if learner in definition.roles else ()


def worth(
    coaches: Sequence[Coach],
    learners: Sequence[Learner],
    *,
    ended: Mapping[tuple[int, int], date],
    week: date,
) -> Worth:
    """The value of every pair, by domain.md section 7. `ended`: when (coach, learner) ended their last cycle."""
    return Worth(
        np.array(
            [learner.focus.shortfall if learner.focus else 0.0 for learner in learners], dtype=np.float64
        ),
        _strengths(coaches, learners),
        _records(coaches),
        shared_hours([coach.day for coach in coaches], [learner.day for learner in learners]),
        unbarred(coaches, learners, {pair for pair, day in ended.items() if week < day + NOVELTY}),
    )


def assign(value: Floats, capacity: Sequence[int], seed: int) -> list[tuple[int, int]]:
    """The (row, column) pairs of largest total value, each column once and each row up to its capacity.

    Pairs of value 0 are left out. Among assignments of the same total the seed decides.
    """
    # scipy.optimize takes a second to import, and pairs are made once a week
    from scipy.optimize import linear_sum_assignment  # noqa: PLC0415

    rng = np.random.default_rng(seed)
    slots = np.repeat(np.arange(len(value)), np.minimum(np.array(capacity, dtype=np.intp), value.shape[1]))
    rows, columns = rng.permutation(slots), rng.permutation(value.shape[1])
    taken = linear_sum_assignment(value[np.ix_(rows, columns)], maximize=True)
    pairs = ((int(rows[slot]), int(columns[at])) for slot, at in zip(*taken, strict=True))
    return sorted((row, column) for row, column in pairs if value[row, column] > 0)


def shared_hours(coaches: Sequence[WorkDay], learners: Sequence[WorkDay]) -> Floats:
    """The hours that two working days share, as a share of the shorter; of shape (coaches, learners)."""
    start, hours = _days(coaches)
    start, hours = start[:, None], hours[:, None]
    other, others_hours = _days(learners)
    both = sum(
        (
            np.maximum(
                np.minimum(start + hours, other + shift + others_hours) - np.maximum(start, other + shift), 0
            )
            for shift in (-24.0, 0.0, 24.0)
        ),
        np.zeros((len(coaches), len(learners))),
    )
    return both / np.maximum(np.minimum(hours, others_hours), 1e-9)


def _days(days: Sequence[WorkDay]) -> tuple[Floats, Floats]:
    table = np.array([(day.start % 24, day.hours) for day in days], dtype=np.float64).reshape(-1, 2)
    return table[:, 0], table[:, 1]


def _strengths(coaches: Sequence[Coach], learners: Sequence[Learner]) -> Floats:
    """One column per (role, focus metric) that learners have, spread over the learners who have it."""
    wanted = [(learner.role, learner.focus.metric) if learner.focus else None for learner in learners]
    strength = np.zeros((len(coaches), len(learners)))
    for kind in {kind for kind in wanted if kind}:
        column = np.array([_strength(coach, *kind) for coach in coaches])
        strength[:, [at for at, other in enumerate(wanted) if other == kind]] = column[:, None]
    return strength


def _strength(coach: Coach, learner: Role, metric: Metric) -> float:
    if coach.only is not None and metric not in coach.only:
        return 0.0
    if coach.role is Role.MANAGER:
        return MANAGERS_STRENGTH
    z = [coach.skills[twin].z for twin in taught_by(coach.role, learner, metric) if twin in coach.skills]
    return max(sum(z) / len(z), 0.0) if z else 0.0


def _records(coaches: Sequence[Coach]) -> Floats:
    """1 for a coach as good as all, or without a record; ratings against all coaches' mean, lifts against none."""
    all_ratings = [rating for coach in coaches for rating in coach.ratings]
    usual = sum(all_ratings) / len(all_ratings) if all_ratings else 0.0
    rated = np.array([_shrunk([rating - usual for rating in coach.ratings]) for coach in coaches])
    lifted = np.array([_shrunk(coach.lifts) for coach in coaches])
    return np.clip(1 + rated / 4 + lifted / 2, LEAST_RECORD, BEST_RECORD)


def _shrunk(values: Sequence[float]) -> float:
    return sum(values) / (len(values) + RECORD_PRIOR)


def unbarred(coaches: Sequence[Coach], learners: Sequence[Learner], barred: set[tuple[int, int]]) -> Mask:
    """True for each (coach, learner) that is not in `barred`; of shape (coaches, learners)."""
    free = np.ones((len(coaches), len(learners)), dtype=np.bool_)
    row = {coach.rep: at for at, coach in enumerate(coaches)}
    column = {learner.rep: at for at, learner in enumerate(learners)}
    for coach, learner in barred:
        if coach in row and learner in column:
            free[row[coach], column[learner]] = False
    return free
