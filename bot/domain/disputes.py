"""What a rep says is wrong with a figure, and what became of it."""

from dataclasses import dataclass
from datetime import date, datetime

from bot.words import DisputeStatus, Metric


@dataclass(frozen=True, slots=True)
class Disputed:
    """The days are those of the figure, first and last included; `answer` is blank while it is open."""

    id: int
    rep_id: int
    rep_name: str
    metric: Metric
    first_day: date
    last_day: date
    text: str
    said_at: datetime
    status: DisputeStatus
    answer: str
