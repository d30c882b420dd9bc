"""What a coach is given of a learner: the kit before a first meeting, and the debriefs about the metric they work
on.
"""

from dataclasses import dataclass
from datetime import date

from bot.calls.domain.call import CallSummary
from bot.coaching.domain.topics import metrics_of
from bot.core.enums import Metric
from bot.debriefs.domain.debrief import Answer
from bot.debriefs.domain.last_time import Resolutions
from bot.scorecards.domain.definitions import DEFINITIONS


@dataclass(frozen=True, slots=True)
class Told:
    """A coach's feedback on a debrief; ratings are 1 to 5, None while not given."""

    id: int
    coach: str
    call: CallSummary
    what_worked: str
    commitment: str
    due_on: date | None
    rating: int | None
    self_rating: int | None
    """The learner's own; the coach's is shown after it."""


def is_about(answer: Answer | None, metric: Metric) -> bool:
    """Whether the debrief counts in the metric, or names something to work on that goes with it."""
    if answer is None:
        return False
    of_debrief = DEFINITIONS[metric].of_debrief
    counts = of_debrief is not None and of_debrief(answer) is not None
    return counts or metric in metrics_of(answer.tags)


@dataclass(frozen=True, slots=True)
class Talked:
    """A call of the learner's whose debrief is about what the two work on."""

    debrief_id: int
    call: CallSummary
    answer: Answer


@dataclass(frozen=True, slots=True)
class Kit:
    """`helped`: a story of a colleague who won by it, blank where none is shared; `is_first`: never coached before.

    `resolutions`: of what the learner set out to show at a next call.
    """

    metric: Metric
    calls: tuple[Talked, ...]
    helped: str
    is_first: bool
    resolutions: Resolutions
