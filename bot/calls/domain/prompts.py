"""Which calls are asked about, and when the question, its one reminder and its rest come."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.calendar.wallclock import local_date
from bot.calendar.working_hours import WorkHours, next_open, next_start
from bot.core.enums import PromptStatus

PER_DAY = 6
MIN_TALK_SECONDS = 60
JOIN_WINDOW = timedelta(minutes=10)
PATIENCE = timedelta(hours=4)
"""From the question to its reminder, and from the reminder to rest."""
TOO_LATE = timedelta(days=1)
"""A question this long overdue, because the program was down, is asked no more."""

_IGNORED_IN_A_ROW = 3
_HALVED_FOR = timedelta(days=7)


class Do(StrEnum):
    ASK = "ask"
    REMIND = "remind"
    WAIT = "wait"
    REST = "rest"


class Snooze(StrEnum):
    HOUR = "hour"
    TOMORROW = "tomorrow"


@dataclass(frozen=True, slots=True)
class CallSeen:
    """Who spoke with whom and when; `contact` is blank where nobody knows."""

    person_id: int
    contact: str
    started_at: datetime
    ended_at: datetime


@dataclass(frozen=True, slots=True)
class PromptState:
    """Where a question stands and when to look at it next; a new one waits, due at the end of its call."""

    status: PromptStatus
    due_at: datetime | None


@dataclass(frozen=True, slots=True)
class Step:
    """What to do about a question now, and how it stands once that is done.

    `is_over_budget`: it rests because the day has had its questions.
    """

    do: Do
    state: PromptState
    is_over_budget: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that was put to a rep, and what became of it."""

    asked_at: datetime
    status: PromptStatus


RESTING = PromptState(PromptStatus.RESTING, None)


def is_worth_asking(
    *, completed: bool, talk_seconds: int, imported: bool = False, min_talk_seconds: int = MIN_TALK_SECONDS
) -> bool:
    """Whether a rep talked long enough, just now, to have something to tell; history from a file asks nothing."""
    return completed and not imported and talk_seconds >= min_talk_seconds


def joins(later: CallSeen, earlier: CallSeen) -> bool:
    """Whether a call shares the earlier one's prompt: the same rep and contact, begun within ten minutes of its end."""
    same_people = later.person_id == earlier.person_id and _same_contact(later.contact, earlier.contact)
    return same_people and earlier.started_at <= later.started_at <= earlier.ended_at + JOIN_WINDOW


def budget(history: Iterable[Asked], *, now: datetime, per_day: int = PER_DAY) -> int:
    """How many questions a rep is asked today: half, but at least one, in the week after three ignored in a row.

    `history` is what the rep was asked in the last weeks; a question still open neither breaks a row nor makes one.
    """
    in_a_row = 0
    halved = False
    for one in sorted(history, key=lambda asked: asked.asked_at):
        if one.status in (PromptStatus.ANSWERED, PromptStatus.SKIPPED):
            in_a_row = 0
        elif one.status is PromptStatus.RESTING:
            in_a_row += 1
            halved = halved or (in_a_row >= _IGNORED_IN_A_ROW and now < one.asked_at + _HALVED_FOR)
    return min(per_day, max(1, per_day // 2)) if halved else per_day


def next_step(state: PromptState, *, hours: WorkHours, asked_today: int, budget: int, now: datetime) -> Step:
    """What to do about a question now.

    `asked_today` counts what the rep was asked on the rep's own date of `now`; a reminder and a question the rep
    snoozed are no new questions and need no budget.
    """
    if state.due_at is None:
        return Step(Do.REST, state)
    if now < state.due_at:
        return Step(Do.WAIT, state)
    if state.status is PromptStatus.REMINDED or now - state.due_at >= TOO_LATE:
        return Step(Do.REST, RESTING)
    free = next_open(hours, now)
    if free is None:
        return Step(Do.REST, RESTING)
    if free > now:
        return Step(Do.WAIT, PromptState(state.status, free))
    return _speak(state, now, may_ask=asked_today < budget)


def snooze(choice: Snooze, *, hours: WorkHours, now: datetime) -> PromptState:
    """A question that its rep wants to hear again in an hour, or when the next working day begins.

    An hour that ends after work is over ends when work begins again: what is told of it is when it comes.
    """
    if choice is Snooze.HOUR:
        due = next_open(hours, now + timedelta(hours=1))
    else:
        due = next_start(hours, local_date(now, hours.zone) + timedelta(days=1))
    return PromptState(PromptStatus.ASKED, due) if due else RESTING


def _speak(state: PromptState, now: datetime, *, may_ask: bool) -> Step:
    if state.status is PromptStatus.ASKED:
        return Step(Do.REMIND, PromptState(PromptStatus.REMINDED, now + PATIENCE))
    if not may_ask:
        return Step(Do.REST, RESTING, is_over_budget=True)
    return Step(Do.ASK, PromptState(PromptStatus.ASKED, now + PATIENCE))


def _same_contact(one: str, other: str) -> bool:
    name = _folded(one)
    return bool(name) and name == _folded(other)


def _folded(contact: str) -> str:
    return " ".join(contact.casefold().split())
