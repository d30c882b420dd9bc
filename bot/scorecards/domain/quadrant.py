"""Efficient, effective, both or neither: where a rep stands in their role, where both can be told."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

import numpy as np

from bot.scorecards.domain.definitions import DEFINITIONS, Good, Kind
from bot.scorecards.domain.estimates import RoleEstimates
from bot.scorecards.domain.inference.special import Mask
from bot.scorecards.domain.ranking import CHIEF, Weights, held_back, ranked, scored
from bot.scorecards.domain.scores import Score, score
from bot.scorecards.domain.verdict import CANNOT_TELL, NO_DATA, Judged, Verdict, comparable, of_side, sides


class Corner(StrEnum):
    """MODEL: both. CAREFUL: effective, not efficient. BUSY: efficient, not effective. SUPPORT: neither."""

    MODEL = "model"
    CAREFUL = "careful"
    BUSY = "busy"
    SUPPORT = "support"


_CORNERS: Mapping[tuple[Verdict, Verdict], Corner] = MappingProxyType(
    {
        (Verdict.BETTER, Verdict.BETTER): Corner.MODEL,
        (Verdict.BETTER, Verdict.WORSE): Corner.CAREFUL,
        (Verdict.WORSE, Verdict.BETTER): Corner.BUSY,
        (Verdict.WORSE, Verdict.WORSE): Corner.SUPPORT,
    }
)
"""By the verdicts on effectiveness and efficiency."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a rep is from the role's middle, which is 0; None without a figure.

    `effectiveness` is the role's score, the same number that ranks; `efficiency` the mean z of the efficiency metrics.
    """

    efficiency: float | None
    effectiveness: float | None
    efficient: Judged = NO_DATA
    effective: Judged = NO_DATA

    @property
    def is_placed(self) -> bool:
        """Whether there is a figure on both axes, told or not."""
        return self.efficiency is not None and self.effectiveness is not None

    @property
    def corner(self) -> Corner | None:
        """None where an axis cannot be told."""
        return _CORNERS.get((self.effective.verdict, self.efficient.verdict))


def standings(estimates: RoleEstimates, weights: Weights | None = None) -> dict[int, Standing]:
    """Each rep's standing, by the weights of the role's score."""
    axes = _Axes.of(estimates, weights)
    return {rep: axes.standing(at) for at, rep in enumerate(estimates.reps)}


def standing(estimates: RoleEstimates, rep: int, weights: Weights | None = None) -> Standing:
    """One rep's alone."""
    return _Axes.of(estimates, weights).standing(estimates.reps.index(rep))


@dataclass(frozen=True, slots=True, eq=False)
class _Axis:
    """One axis of a role; arrays of shape (reps,). `known`: who has a figure on it.

    Its verdict is read beside the figures that it is made of: where one of those is told to be worse (`doubted`) it
    is no praise, and where one is better (`spoken_for`) no blame.
    """

    score: Score
    known: Mask
    doubted: Mask
    spoken_for: Mask

    def judged(self, at: int) -> Judged:
        if not self.known[at]:
            return NO_DATA
        told = of_side(self.score.above(at))
        against = {Verdict.BETTER: self.doubted, Verdict.WORSE: self.spoken_for}.get(told.verdict)
        return CANNOT_TELL if against is not None and against[at] else told


@dataclass(frozen=True, slots=True, eq=False)
class _Axes:
    efficiency: _Axis
    effectiveness: _Axis
    comparable: Mask

    @classmethod
    def of(cls, estimates: RoleEstimates, weights: Weights | None) -> "_Axes":
        return cls(_efficiency(estimates), _effectiveness(estimates, weights), comparable(estimates))

    def standing(self, at: int) -> Standing:
        efficient, effective = (self._judged(axis, at) for axis in (self.efficiency, self.effectiveness))
        return Standing(
            float(self.efficiency.score.mean[at]) if self.efficiency.known[at] else None,
            float(self.effectiveness.score.mean[at]) if self.effectiveness.known[at] else None,
            efficient,
            effective,
        )

    def _judged(self, axis: _Axis, at: int) -> Judged:
        judged = axis.judged(at)
        return CANNOT_TELL if judged.is_told and not self.comparable[at] else judged


def _effectiveness(estimates: RoleEstimates, weights: Weights | None) -> _Axis:
    """The role's score; the figure that a card opens with is not read to say the opposite of it."""
    columns, reps = scored(estimates, weights), len(estimates.reps)
    doubted, spoken_for = held_back(columns, reps), np.zeros(reps, dtype=np.bool_)
    chief = estimates.columns.get(CHIEF[estimates.evidence.role])
    if chief is not None:
        doubted, spoken_for = doubted | chief.reads_below, spoken_for | chief.reads_above
    return _Axis(score(columns, reps), ranked(estimates, columns), doubted, spoken_for)


def _efficiency(estimates: RoleEstimates) -> _Axis:
    """The mean z over the efficiency metrics that a rep has a figure of."""
    columns = [
        column
        for metric, column in estimates.columns.items()
        if DEFINITIONS[metric].kind is Kind.EFFICIENCY and DEFINITIONS[metric].direction is not Good.NONE
    ]
    known = [column.evidence.known.astype(np.float64) for column in columns]
    count = sum(known, np.zeros(len(estimates.reps)))
    shares = [np.divide(one, count, out=np.zeros_like(count), where=count > 0) for one in known]
    told = [sides(estimates, column) for column in columns]
    nobody = np.zeros(len(count), dtype=np.bool_)
    return _Axis(
        score(list(zip(shares, columns, strict=True)), len(count)),
        count > 0,
        doubted=sum((worse for _better, worse in told), nobody),
        spoken_for=sum((better for better, _worse in told), nobody),
    )
