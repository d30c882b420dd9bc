"""The question after each call: when it is asked, put off, and let rest."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.calendar.wallclock import local_date
from bot.calendar.working_hours import Quiet
from bot.calls.domain import prompts as rules
from bot.calls.domain.call import CallSummary
from bot.calls.domain.prompts import Do, PromptState, Snooze
from bot.calls.services import budget, calls
from bot.core.enums import PromptStatus
from bot.core.errors import BadInput, NotFound
from bot.core.i18n import gettext as _
from bot.debriefs.domain.last_time import LastTime
from bot.debriefs.services import last_time
from bot.people.services import calendars, members
from bot.people.services.members import Member
from storage.books import Books
from storage.queries.calls import calls as queries
from storage.tables import Call, Prompt

LOOK_AGAIN = timedelta(minutes=10)
"""How soon to look again for a rep whom Slack does not know yet."""


@dataclass(frozen=True, slots=True)
class Due:
    prompt_id: int
    slack_user_id: str | None


@dataclass(frozen=True, slots=True)
class Speak:
    """What to say now: ask, or ask again, after which `message_id` no longer asks.

    To rest is said of the whole day: its `asked` questions were enough.
    """

    prompt_id: int
    do: Do
    rep: Member
    call: CallSummary
    message_id: int | None
    asked: int = 0
    last: LastTime | None = None


@dataclass(frozen=True, slots=True)
class Snoozed:
    """`until` is None where no working day is in sight: then the call rests in Home."""

    call: CallSummary
    until: datetime | None
    message_id: int | None


@dataclass(frozen=True, slots=True)
class Skipped:
    call: CallSummary
    message_id: int | None


def prompts_due(books: Books, *, limit: int = 100) -> list[Due]:
    """Prompts to look at now, longest due first."""
    return [Due(prompt_id, user) for prompt_id, user in queries.due_prompts(books, limit=limit)]


def step_prompt(books: Books, prompt_id: int, *, quiet: tuple[Quiet, ...]) -> Speak | None:
    """Claim the prompt and move it one step; what is to be said comes back, None for nothing."""
    prompt = queries.claim_prompt(books, prompt_id)
    if prompt is None or prompt.next_at is None:
        return None
    rep = members.member(books, prompt.person_id)
    call = calls.own(books, prompt.person_id, prompt.call_id)
    if rep.slack_user_id is None:
        _wait_for_slack(prompt, call, books.now)
        return None
    asked = budget.asked_today(books, rep)
    taken = rules.next_step(
        PromptState(prompt.status, prompt.next_at),
        hours=calendars.hours_of(books, rep, quiet=quiet),
        asked_today=asked + budget.gathered_today(books, rep),
        budget=budget.per_day(books, rep),
        now=books.now,
    )
    prompt.status, prompt.next_at = taken.state.status, taken.state.due_at
    if taken.do is Do.ASK:
        prompt.asked_at = books.now
    is_to_say = taken.do in (Do.ASK, Do.REMIND) or (
        taken.is_over_budget and _may_say_enough(books, rep, asked)
    )
    if not is_to_say:
        return None
    last = last_time.last_time(books, rep.id, call.id)
    return Speak(prompt.id, taken.do, rep, calls.summary(books, call), prompt.message_id, asked, last)


def said(books: Books, prompt_id: int, message_id: int) -> None:
    """The prompt went to the outbox as this message, which later turns into its answer."""
    prompt = queries.prompt_by_id(books, prompt_id)
    if prompt is not None:
        prompt.message_id = message_id


def message_about(books: Books, call_id: int) -> int | None:
    """The message that asks about the call, while it still asks."""
    prompt = queries.prompt_of(books, call_id)
    is_open = prompt is not None and prompt.status in (PromptStatus.ASKED, PromptStatus.REMINDED)
    return prompt.message_id if prompt is not None and is_open else None


def message_of(books: Books, call_id: int) -> int | None:
    """The message that asked about the call, or shows its answer."""
    prompt = queries.prompt_of(books, call_id)
    return prompt.message_id if prompt else None


def snooze(books: Books, person_id: int, call_id: int, choice: Snooze) -> Snoozed:
    """Put the question off, also one that has come to rest; one that is answered stays so."""
    prompt = _own(books, person_id, call_id)
    if prompt.status is PromptStatus.ANSWERED:
        raise BadInput(_("You have debriefed this call already, so there is nothing left to ask."))
    rep = members.member(books, person_id)
    later = rules.snooze(choice, hours=calendars.hours_of(books, rep), now=books.now)
    prompt.status, prompt.next_at = later.status, later.due_at
    return Snoozed(calls.summary_of(books, person_id, call_id), later.due_at, prompt.message_id)


def skip(books: Books, person_id: int, call_id: int) -> Skipped:
    prompt = _own(books, person_id, call_id)
    if prompt.status is not PromptStatus.ANSWERED:
        prompt.status, prompt.next_at = PromptStatus.SKIPPED, None
    return Skipped(calls.summary_of(books, person_id, call_id), prompt.message_id)


def unskip(books: Books, person_id: int, call_id: int) -> Skipped:
    """The question stands again, and is reminded of as if it were asked now; one that is answered stays so."""
    prompt = _own(books, person_id, call_id)
    if prompt.status is PromptStatus.ANSWERED:
        raise BadInput(_("You have debriefed this call already, so there is nothing left to ask."))
    prompt.status, prompt.next_at = PromptStatus.ASKED, books.now + rules.PATIENCE
    return Skipped(calls.summary_of(books, person_id, call_id), prompt.message_id)


def _own(books: Books, person_id: int, call_id: int) -> Prompt:
    calls.own(books, person_id, call_id)
    prompt = queries.prompt_of(books, call_id)
    if prompt is None:
        raise NotFound(_("Nobody asked about that call."))
    return prompt


def _wait_for_slack(prompt: Prompt, call: Call, now: datetime) -> None:
    if now - call.ended_at >= rules.TOO_LATE:
        prompt.status, prompt.next_at = PromptStatus.RESTING, None
    else:
        prompt.next_at = now + LOOK_AGAIN


def _may_say_enough(books: Books, rep: Member, asked: int) -> bool:
    """Whether to say, once a day, that the rest of the day's calls wait; nothing was asked where nothing may be."""
    return asked > 0 and queries.claim_enough_said(books, rep.id, local_date(books.now, rep.zone))
