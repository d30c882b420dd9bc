"""The question after each call: when it is asked, put off, and let rest."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from bot.domain import prompts as rules
from bot.domain.calls import CallSummary
from bot.domain.hours import Quiet
from bot.domain.prompts import Asked, Do, PromptState, Snooze
from bot.domain.wallclock import end_of_day, local_date, start_of_day
from bot.errors import NotFound
from bot.language import gettext as _
from bot.services import calendars, calls, members, workspaces
from bot.services.members import Member
from bot.words import PromptStatus
from storage.queries import calls as queries
from storage.tables import Call, Prompt

LOOK_AGAIN = timedelta(minutes=10)
"""How soon to look again for a rep whom Slack does not know yet."""
REMEMBERED = 50
"""Prompts looked back at for the row of ignored ones."""


@dataclass(frozen=True, slots=True)
class Due:
    prompt_id: int
    slack_user_id: str | None


@dataclass(frozen=True, slots=True)
class Speak:
    """What to say now: ask, or remind in the thread of `message_id`."""

    prompt_id: int
    do: Do
    rep: Member
    call: CallSummary
    message_id: int | None


@dataclass(frozen=True, slots=True)
class Skipped:
    call: CallSummary
    message_id: int | None


def due(session: Session, workspace_id: int, *, now: datetime, limit: int = 100) -> list[Due]:
    """Prompts to look at now, longest due first."""
    return [
        Due(prompt_id, user)
        for prompt_id, user in queries.due_prompts(session, workspace_id, now=now, limit=limit)
    ]


def step(
    session: Session, workspace_id: int, prompt_id: int, *, quiet: tuple[Quiet, ...], now: datetime
) -> Speak | None:
    """Claim the prompt and move it one step; what is to be said comes back, None for nothing."""
    prompt = queries.claim_prompt(session, workspace_id, prompt_id, now=now)
    if prompt is None or prompt.next_at is None:
        return None
    rep = members.member(session, workspace_id, prompt.person_id, now=now)
    call = calls.own(session, workspace_id, prompt.person_id, prompt.call_id)
    if rep.slack_user_id is None:
        _wait_for_slack(prompt, call, now)
        return None
    settings = workspaces.settings(session, workspace_id)
    taken = rules.next_step(
        PromptState(prompt.status, prompt.next_at),
        hours=calendars.hours_of(session, workspace_id, rep, now=now, quiet=quiet),
        asked_today=_asked_today(session, rep, workspace_id, now),
        budget=rules.budget(
            _history(session, workspace_id, rep.id), now=now, per_day=settings.prompts_per_day
        ),
        now=now,
    )
    prompt.status, prompt.next_at = taken.state.status, taken.state.due_at
    if taken.do is Do.ASK:
        prompt.asked_at = now
    if taken.do not in (Do.ASK, Do.REMIND):
        return None
    return Speak(prompt.id, taken.do, rep, calls.summary(session, call), prompt.message_id)


def said(session: Session, workspace_id: int, prompt_id: int, message_id: int) -> None:
    """The prompt went to the outbox as this message, which later turns into its answer."""
    prompt = queries.prompt_by_id(session, workspace_id, prompt_id)
    if prompt is not None:
        prompt.message_id = message_id


def message_about(session: Session, workspace_id: int, call_id: int) -> int | None:
    """The message that asks about the call, while it still asks."""
    prompt = queries.prompt_of(session, workspace_id, call_id)
    is_open = prompt is not None and prompt.status in (PromptStatus.ASKED, PromptStatus.REMINDED)
    return prompt.message_id if prompt is not None and is_open else None


def snooze(
    session: Session, workspace_id: int, person_id: int, call_id: int, choice: Snooze, *, now: datetime
) -> None:
    """Put the question off; one that is answered or skipped already stays so."""
    prompt = _own(session, workspace_id, person_id, call_id)
    if prompt.status not in (PromptStatus.ASKED, PromptStatus.REMINDED):
        return
    rep = members.member(session, workspace_id, person_id, now=now)
    hours = calendars.hours_of(session, workspace_id, rep, now=now)
    later = rules.snooze(choice, hours=hours, now=now)
    prompt.status, prompt.next_at, prompt.snoozed = later.status, later.due_at, True


def skip(session: Session, workspace_id: int, person_id: int, call_id: int) -> Skipped:
    prompt = _own(session, workspace_id, person_id, call_id)
    if prompt.status is not PromptStatus.ANSWERED:
        prompt.status, prompt.next_at = PromptStatus.SKIPPED, None
    return Skipped(calls.summary_of(session, workspace_id, person_id, call_id), prompt.message_id)


def _own(session: Session, workspace_id: int, person_id: int, call_id: int) -> Prompt:
    calls.own(session, workspace_id, person_id, call_id)
    prompt = queries.prompt_of(session, workspace_id, call_id)
    if prompt is None:
        raise NotFound(_("Nobody asked about that call."))
    return prompt


def _wait_for_slack(prompt: Prompt, call: Call, now: datetime) -> None:
    if now - call.ended_at >= rules.TOO_LATE:
        prompt.status, prompt.next_at = PromptStatus.RESTING, None
    else:
        prompt.next_at = now + LOOK_AGAIN


def _asked_today(session: Session, rep: Member, workspace_id: int, now: datetime) -> int:
    today = local_date(now, rep.zone)
    return queries.asked_between(
        session, workspace_id, rep.id, start=start_of_day(today, rep.zone), end=end_of_day(today, rep.zone)
    )


def _history(session: Session, workspace_id: int, person_id: int) -> list[Asked]:
    return [
        Asked(prompt.asked_at, prompt.status)
        for prompt in queries.recently_asked(session, workspace_id, person_id, limit=REMEMBERED)
        if prompt.asked_at is not None
    ]
