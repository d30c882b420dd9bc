"""What a figure is made of: its name, the records behind it, and what a rep says is wrong with it."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bot.calendar.periods import Period
from bot.core.enums import DisputeStatus, Metric
from bot.core.errors import BadInput
from bot.core.i18n import gettext as _


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
    minutes, days or money (of `currency`), where the figure is not a count. `note` says what speaks for or against it,
    `reason` is what somebody wrote about it.
    """

    at: datetime | date | None
    name: str
    bearing: Bearing
    amount: float | None = None
    currency: str = ""
    note: str = ""
    reason: str = ""


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


@dataclass(frozen=True, slots=True)
class RecordId:
    """One record of a figure: which of those of its moment, counted from 0; the moment is blank where it has none."""

    figure: FigureId
    moment: str
    nth: int

    def __str__(self) -> str:
        return f"{self.figure} {self.moment}#{self.nth}"


def record_id(text: str) -> RecordId | None:
    """None for the name of a figure as a whole; raises BadInput for neither."""
    figure, mark, nth = text.rpartition("#")
    if not mark:
        return None
    figure, _space, moment = figure.rpartition(" ")
    return RecordId(figure_id(figure), moment, int(nth) if nth.isdecimal() else 0)


def identified(figure: FigureId, records: Iterable[Record]) -> Iterator[tuple[RecordId, Record]]:
    """Each record with its name, by which it is found again among the same figure's."""
    seen: Counter[str] = Counter()
    for record in records:
        moment = record.at.isoformat() if record.at else ""
        yield RecordId(figure, moment, seen[moment]), record
        seen[moment] += 1


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


@dataclass(frozen=True, slots=True)
class Disputed:
    """An objection to a figure of these days, first and last included; `answer` is blank while it is open."""

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
