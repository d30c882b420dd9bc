"""What a figure is made of: its name, and the records behind it."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bot.domain.periods import Period
from bot.errors import BadInput
from bot.language import gettext as _
from bot.words import Metric


class Bearing(StrEnum):
    """How a record bears on its figure.

    AGAINST: it is among what is divided by, and did not succeed. DIVIDES: it is of another kind than what is counted.
    """

    COUNTS = "counts"
    AGAINST = "against"
    WAITS = "waits"
    DIVIDES = "divides"


@dataclass(frozen=True, slots=True)
class Record:
    """A call, a lead, a deal, an account or a session.

    `name` are people's own words (a company, a person), blank where nobody gave any. `amount` is what it adds, in
    minutes, days or money (of `currency`), where the figure is not a count.
    """

    at: datetime | date | None
    name: str
    bearing: Bearing
    amount: float | None = None
    currency: str = ""


@dataclass(frozen=True, slots=True)
class FigureId:
    """What tells a figure from all others: whose, of which metric, over which days; `beyond` is left out."""

    person_id: int
    metric: Metric
    first: date
    beyond: date

    @property
    def days(self) -> str:
        """As one would ask for them."""
        return f"{self.first}..{self.beyond}"

    def __str__(self) -> str:
        return f"{self.person_id} {self.metric} {self.days}"


_WRITTEN = re.compile(r"(\d{1,18}) ([a-z_]+) (\d{4}-\d\d-\d\d)\.\.(\d{4}-\d\d-\d\d)")


def figure_id(text: str) -> FigureId:
    """Raises BadInput for what is not one."""
    found = _WRITTEN.fullmatch(text)
    try:
        person, metric, first, beyond = found.groups() if found else ("", "", "", "")
        return FigureId(int(person), Metric(metric), date.fromisoformat(first), date.fromisoformat(beyond))
    except ValueError:
        raise BadInput(_("I do not know that figure. Ask for your card again with `/scorecard`.")) from None


def figure_of(person_id: int, metric: Metric, period: Period) -> FigureId:
    first, beyond = (edge.astimezone(period.zone).date() for edge in (period.start, period.end))
    return FigureId(person_id, metric, first, beyond)
