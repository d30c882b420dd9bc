"""How deals of the last year went by their age: Aalen-Johansen, with what the counts leave open of it.

A deal of age a (days since its opening) is won within the d days left with the probability `(F(a+d) − F(a)) ÷ S(a)`:
F is the share of deals won by an age while the lost ones compete (deals counted from the age at which the year found
them), S the share neither won nor lost by it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Course:
    """A deal of the year: after which age it was watched (-1: from its opening), up to which, and how it ended there.

    `won` is None where it was open at the last age seen.
    """

    entered: int
    left: int
    won: bool | None


@dataclass(frozen=True, slots=True, eq=False)
class Hazards:
    """By age: deals watched, won and lost at it. `draw` gives what the chances may be, as the counts leave them."""

    watched: Floats
    won: Floats
    lost: Floats

    @property
    def ages(self) -> int:
        return len(self.watched)

    def chances(self) -> tuple[Floats, Floats]:
        """Of being won and of being lost at each age, of those still open; shape (1, ages)."""
        watched = np.maximum(self.watched, 1)
        return (self.won / watched)[None, :], (self.lost / watched)[None, :]

    def drawn(self, rng: np.random.Generator, draws: int) -> tuple[Floats, Floats]:
        """The same as they may truly be (a beta process without a prior), of shape (draws, ages)."""
        shape = (draws, self.ages)
        won, lost = rng.standard_gamma(self.won, shape), rng.standard_gamma(self.lost, shape)
        rest = rng.standard_gamma(np.maximum(self.watched - self.won - self.lost, 0), shape)
        total = won + lost + rest
        total[total == 0] = 1
        return won / total, lost / total


@dataclass(frozen=True, slots=True, eq=False)
class Curves:
    """`won[:, a + 1]` is F(a), `open[:, a + 1]` S(a), by draw; the first column stands before the opening."""

    won: Floats
    open: Floats

    def within(self, age: int, days: int) -> Floats:
        """By draw, the probability that a deal of this age is won within so many days; 0 beyond any age seen."""
        last = self.won.shape[1] - 1
        now, then = min(age + 1, last), min(age + 1 + days, last)
        still = self.open[:, now]
        gained = np.maximum(self.won[:, then] - self.won[:, now], 0)
        chance: Floats = np.divide(gained, still, out=np.zeros_like(still), where=still > 0)
        return np.minimum(chance, 1)

    def of_any_age(self, days: int, watched: Floats) -> Floats:
        """The same of a deal whose age nobody knows: the mean over the ages at which deals were `watched`."""
        total: Floats = np.zeros(len(self.won))
        for age in np.flatnonzero(watched):
            total += self.within(int(age), days) * watched[age]
        return total / max(float(watched.sum()), 1.0)


def hazards(courses: Sequence[Course]) -> Hazards:
    """Counts by age; a deal is watched at the ages after the one at which it was found, up to its last."""
    ages = max((course.left for course in courses), default=-1) + 1
    change, won, lost = np.zeros(ages + 1), np.zeros(ages), np.zeros(ages)
    for course in courses:
        if course.left <= course.entered:
            continue
        change[course.entered + 1] += 1
        change[course.left + 1] -= 1
        if course.won is not None:
            (won if course.won else lost)[course.left] += 1
    return Hazards(np.cumsum(change)[:ages], won, lost)


def curves(won: Floats, lost: Floats) -> Curves:
    """Aalen-Johansen from the chances at each age, by draw."""
    before = np.ones((won.shape[0], 1))
    still: Floats = np.hstack((before, np.cumprod(np.maximum(1 - won - lost, 0), axis=1)))
    gained: Floats = np.hstack((np.zeros_like(before), np.cumsum(still[:, :-1] * won, axis=1)))
    return Curves(gained, still)


def expected_within(courses: Sequence[Course]) -> Curves:
    """The curves as the counts have them, without what is not known of them; one draw."""
    return curves(*hazards(courses).chances())
