"""Which of a learner's debriefs the coach reads, those about the metric that they work on, and what the coach says."""

from dataclasses import dataclass
from datetime import date

from bot.domain.calls import CallSummary
from bot.domain.debriefs import Answer
from bot.domain.topics import metrics_of
from bot.words import Metric


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
    return _counts_in(answer, metric) or metric in metrics_of(answer.tags)


def _counts_in(answer: Answer, metric: Metric) -> bool:
    match metric:
        case Metric.EFFECTIVE_RATE:
            return answer.outcome is not None
        case Metric.TIMELINE_RATE:
            return answer.timeline_agreed is not None
        case Metric.AUTHORITY_RATE:
            return answer.authority_reached is not None
        case _:
            return False
