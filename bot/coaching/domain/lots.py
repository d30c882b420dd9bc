"""Scarce places with a coach are drawn by lot among those whose need the evidence cannot tell apart."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import hypot

import numpy as np

from bot.coaching.domain.focus import Focus
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
