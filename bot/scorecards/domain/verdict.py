"""One verdict a figure: better or worse than the role's middle, or that one cannot tell; nothing else compares."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from bot.scorecards.domain.definitions import DEFINITIONS, Good
from bot.scorecards.domain.estimates import Column, RoleEstimates
from bot.scorecards.domain.inference.special import Floats, Mask
from bot.scorecards.domain.naming import FEWEST_RANKED

LIKELY = 0.80
"""The share of draws on one side of the middle from which a figure is better or worse."""
TYPICAL_DAYS = 91
LEAST_EVIDENCE = 0.25
"""The part of a typical 13 weeks below which a period tells facts and no verdicts."""


class Verdict(StrEnum):
    BETTER = "better"
    WORSE = "worse"
    CANNOT_TELL = "cannot_tell"
    NO_DATA = "no_data"


@dataclass(frozen=True, slots=True)
class Judged:
    """`certainty` is the share of what is believed of the rep that lies on the verdict's side of the middle; of what
    cannot be told, on the larger side; None where there is nothing to compare.
    """

    verdict: Verdict
    certainty: float | None = None

    @property
    def is_told(self) -> bool:
        return self.verdict in (Verdict.BETTER, Verdict.WORSE)


NO_DATA = Judged(Verdict.NO_DATA)
CANNOT_TELL = Judged(Verdict.CANNOT_TELL)


def of_side(above: float) -> Judged:
    """The verdict on what is better than the middle with this probability."""
    if above >= LIKELY:
        return Judged(Verdict.BETTER, above)
    if 1 - above >= LIKELY:
        return Judged(Verdict.WORSE, 1 - above)
    return Judged(Verdict.CANNOT_TELL, max(above, 1 - above))


def of_figure(column: Column | None, good: Good, at: int, *, comparable: bool) -> Judged:
    """Of the rep at this place on one metric. `comparable`: see `comparable`."""
    if column is None or not column.evidence.known[at]:
        return NO_DATA
    if not comparable or good is Good.NONE or not tells_apart(column):
        return CANNOT_TELL
    return of_side(1 - float(column.worse(at)))


def of_fact(value: float | None) -> Judged:
    """Money stands against its goal: against colleagues it is never told."""
    return NO_DATA if value is None else CANNOT_TELL


def sides(role: RoleEstimates, column: Column) -> tuple[Mask, Mask]:
    """Who is told to be better and who worse; the same verdict as `of_figure`, of everybody at once."""
    if DEFINITIONS[column.metric].direction is Good.NONE or not tells_apart(column):
        nobody = np.zeros(len(role.reps), dtype=np.bool_)
        return nobody, nobody
    told, below = column.evidence.known & comparable(role), column.below_middle
    return told & (1 - below >= LIKELY), told & (below >= LIKELY)


def tells_apart(column: Column) -> bool:
    """Whether enough have a figure that differ at all, and anybody ever showed its other outcome."""
    return column.judges and column.has_company and column.spread != 0


def comparable(role: RoleEstimates) -> Mask:
    """Who can be set beside the role: enough of them for a middle, and enough days for the evidence to say something.

    The middle of two would tell the other's figure. Who is ramping up is not compared yet.
    """
    enough = says_enough(role.evidence.days) & ~role.evidence.ramping
    return enough if len(role.reps) >= FEWEST_RANKED else np.zeros_like(enough)


def says_enough(days: Floats) -> Mask:
    """Who was there long enough for a figure to say more than what happened."""
    return np.asarray(days >= LEAST_EVIDENCE * TYPICAL_DAYS)
