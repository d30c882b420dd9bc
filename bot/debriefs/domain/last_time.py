"""What a rep and the people on the other end left off with."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.calendar.wallclock import local_date
from bot.core.enums import Resolved
from bot.debriefs.domain.debrief import Answer


@dataclass(frozen=True, slots=True)
class LastTime:
    """`measure` is what the rep wanted to show at the next call, `resolved` what they say became of it."""

    started_at: datetime
    next_step: str = ""
    next_step_on: date | None = None
    measure: str = ""
    resolved: Resolved | None = None
    timeline_agreed: bool | None = None
    authority_reached: bool | None = None
    pinned_by: str = ""

    @property
    def is_open(self) -> bool:
        """Whether the rep is to be asked: did you?"""
        return bool(self.measure.strip()) and self.resolved is None


@dataclass(frozen=True, slots=True)
class Resolutions:
    """Of `of` things that a rep had set out to show and said yes or no to, so many were `kept`."""

    kept: int
    of: int


@dataclass(frozen=True, slots=True)
class NextStep:
    """What a rep promised somebody, for which day, and when they said so last."""

    debrief_id: int
    contact: str
    company: str
    words: str
    due_on: date
    said_at: datetime


def falls_due_anew(steps: Iterable[NextStep], *, last_told: date | None, zone: ZoneInfo) -> bool:
    """Whether any was not told of on that day yet."""
    return any(is_news(step.due_on, local_date(step.said_at, zone), last_told) for step in steps)


def is_news(due_on: date, said_on: date, last_told: date | None) -> bool:
    """Each is told of once, and once more when it was moved."""
    return last_told is None or due_on > last_told or said_on >= last_told


@dataclass(frozen=True, slots=True)
class LeftOff:
    """How a rep and some people left off: the whole answer, and what became of what the rep had wanted to show."""

    contact: str
    company: str
    started_at: datetime
    answer: Answer
    resolved: Resolved | None = None


@dataclass(frozen=True, slots=True)
class Agenda:
    """What a rep has before them: steps that are due, those of the days to come, and what they want to show."""

    due: tuple[NextStep, ...]
    coming: tuple[NextStep, ...]
    to_show: tuple[LeftOff, ...]


def is_meant(words: str, contact: str, company: str) -> bool:
    """Whether each of the words begins one of the contact's or the company's."""
    names = _folded(f"{contact} {company}").split()
    asked = _folded(words).split()
    return bool(asked) and all(any(name.startswith(word) for name in names) for word in asked)


def same_people(contact: str, company: str, other_contact: str, other_company: str) -> bool:
    """Of one company, or, where that is unknown on either side, of one contact's name."""
    if company.strip() and other_company.strip():
        return _folded(company) == _folded(other_company)
    return bool(contact.strip()) and _folded(contact) == _folded(other_contact)


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())
