"""What a coach is given before a pair's first meeting."""

from dataclasses import dataclass

from bot.calls.domain.call import CallSummary
from bot.core.enums import Metric
from bot.debriefs.domain.debrief import Answer
from bot.debriefs.domain.last_time import Resolutions


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
