"""Calls that ended, by whatever road they came: stored once, and asked about once."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session

from bot.domain import prompts
from bot.domain.calls import CallSummary, EndedCall
from bot.domain.prompts import CallSeen
from bot.errors import NotFound
from bot.language import gettext as _
from bot.services import workspaces
from bot.words import PromptStatus
from storage.queries import calls as queries
from storage.queries.inbox import insert_once
from storage.tables import Call, Prompt


@dataclass(frozen=True, slots=True)
class Recorded:
    """`is_new`: the first delivery that told of the call. `joined_to`: the earlier call whose prompt it shares."""

    call_id: int
    person_id: int
    is_new: bool
    joined_to: int | None


def record(
    session: Session, workspace_id: int, person_id: int, ended: EndedCall, *, is_history: bool = False
) -> Recorded:
    """Store the rep's call, and queue its prompt unless it is history.

    Told again, as a hint or as the record, in whatever order, it is filled in and asked about at most once.
    """
    known = queries.by_key(
        session,
        workspace_id,
        source=ended.source,
        account=ended.account,
        call_key=ended.call_key,
        person_id=person_id,
    )
    call = known or _stored(session, workspace_id, person_id, ended, is_history=is_history)
    if known is not None:
        _fill_in(known, ended)
    if not is_history:
        _ask_if_worth_it(session, call)
    return Recorded(call.id, person_id, is_new=known is None, joined_to=call.joins_id)


def _ask_if_worth_it(session: Session, call: Call) -> None:
    """Once: a hint of a talk too short to ask about may turn out to be a long one, or the other way round."""
    settings = workspaces.settings(session, call.workspace_id)
    asked = queries.prompt_of(session, call.workspace_id, call.id)
    is_worth_it = prompts.is_worth_asking(
        completed=call.completed,
        talk_seconds=call.talk_seconds,
        imported=call.imported,
        min_talk_seconds=settings.min_talk_seconds,
    )
    if is_worth_it and asked is None and call.joins_id is None:
        _ask_or_join(session, call)
    elif asked is not None and not is_worth_it and _may_be_dropped(session, asked):
        session.delete(asked)


def _may_be_dropped(session: Session, prompt: Prompt) -> bool:
    """Not yet put to anybody, and no later call counts on it."""
    return prompt.status is PromptStatus.WAITING and not queries.joined_to(
        session, prompt.workspace_id, prompt.call_id
    )


def by_hand(
    session: Session,
    workspace_id: int,
    person_id: int,
    *,
    key: str,
    contact: str,
    company: str,
    minutes: int,
    now: datetime,
) -> CallSummary:
    """A call the rep logs: it ended now, and nobody needs to ask about it."""
    fields: dict[str, Any] = {"source": "manual", "account": "", "call_key": key, "person_id": person_id}
    known = queries.by_key(session, workspace_id, **fields)
    call = known or Call(
        workspace_id=workspace_id,
        **fields,
        started_at=now - timedelta(minutes=minutes),
        ended_at=now,
        talk_seconds=minutes * 60,
        contact=contact,
        company=company,
    )
    session.add(call)
    session.flush()
    return summary(session, call)


def summary_of(session: Session, workspace_id: int, person_id: int, call_id: int) -> CallSummary:
    """The person's own call; raises NotFound."""
    return summary(session, own(session, workspace_id, person_id, call_id))


def summary(session: Session, call: Call) -> CallSummary:
    joined = queries.joined_to(session, call.workspace_id, call.id)
    return CallSummary(
        id=call.id,
        started_at=call.started_at,
        talk_seconds=call.talk_seconds + sum(other.talk_seconds for other in joined),
        contact=call.contact,
        company=call.company,
        joined=len(joined),
    )


def set_contact(session: Session, workspace_id: int, person_id: int, call_id: int, contact: str) -> None:
    """The rep knows better than the source whom they spoke to; blank changes nothing."""
    call = own(session, workspace_id, person_id, call_id)
    call.contact = contact or call.contact


def own(session: Session, workspace_id: int, person_id: int, call_id: int) -> Call:
    call = queries.of_person(session, workspace_id, person_id, call_id)
    if call is None:
        raise NotFound(_("That call is gone, or it is not one of yours."))
    return call


def open_calls(session: Session, workspace_id: int, person_id: int, *, limit: int = 10) -> list[CallSummary]:
    """Calls still waiting for a debrief, latest first."""
    return [
        summary(session, call) for call in queries.open_calls(session, workspace_id, person_id, limit=limit)
    ]


def _stored(
    session: Session, workspace_id: int, person_id: int, ended: EndedCall, *, is_history: bool
) -> Call:
    call = Call(
        workspace_id=workspace_id,
        person_id=person_id,
        source=ended.source,
        account=ended.account,
        call_key=ended.call_key,
        started_at=ended.started_at,
        ended_at=ended.ended_at,
        talk_seconds=ended.talked,
        direction=ended.direction,
        contact=ended.contact,
        company=ended.company,
        disposition=ended.disposition,
        completed=ended.is_completed,
        imported=is_history,
        hinted=ended.is_hint,
    )
    session.add(call)
    session.flush()
    return call


def _fill_in(call: Call, ended: EndedCall) -> None:
    """What is told of a call that is known already adds to it; the start never moves, debriefs count by it.

    A record outdoes a hint. Two of a kind are legs of one talk, or the same told again: the longer one stands.
    """
    outdone = call.hinted and not ended.is_hint
    if outdone or call.hinted == ended.is_hint:
        _tell_more(call, ended, outdone=outdone)
    if outdone:
        call.contact, call.company = ended.contact or call.contact, ended.company or call.company
        call.hinted = False
    call.contact = call.contact or ended.contact
    call.company = call.company or ended.company
    call.direction = call.direction or ended.direction


def _tell_more(call: Call, ended: EndedCall, *, outdone: bool) -> None:
    if outdone or ended.is_completed or not call.completed:  # else it rang on a second phone, unanswered
        call.disposition = ended.disposition or call.disposition
        call.completed = ended.is_completed
    if ended.talk_seconds is not None:
        call.talk_seconds = ended.talked if outdone else max(call.talk_seconds, ended.talked)
    call.ended_at = max(call.ended_at, ended.ended_at)


def _ask_or_join(session: Session, call: Call) -> None:
    earlier = _joinable(session, call)
    if earlier is not None:
        call.joins_id = earlier.id
        session.flush()
        return
    insert_once(
        session,
        Prompt(
            workspace_id=call.workspace_id,
            call_id=call.id,
            person_id=call.person_id,
            status=PromptStatus.WAITING,
            next_at=call.ended_at,
        ),
    )


def _joinable(session: Session, call: Call) -> Call | None:
    lately = queries.asked_about_lately(
        session,
        call.workspace_id,
        call.person_id,
        since=call.started_at - prompts.JOIN_WINDOW,
        before=call.started_at,
    )
    return next((earlier for earlier in lately if prompts.joins(_seen(call), _seen(earlier))), None)


def _seen(call: Call) -> CallSeen:
    return CallSeen(call.person_id, call.contact, call.started_at, call.ended_at)
