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
from bot.services import members, workspaces
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


def record(session: Session, workspace_id: int, ended: EndedCall) -> Recorded:
    """Store the call of the rep it names, and queue its prompt; raises NotFound for a rep nobody knows."""
    person_id = _rep(session, workspace_id, ended)
    known = queries.by_key(
        session,
        workspace_id,
        source=ended.source,
        account=ended.account,
        call_key=ended.call_key,
        person_id=person_id,
    )
    if known is not None:
        _fill_in(known, ended)
        return Recorded(known.id, person_id, is_new=False, joined_to=known.joins_id)
    call = _stored(session, workspace_id, person_id, ended)
    settings = workspaces.settings(session, workspace_id)
    if prompts.is_worth_asking(
        completed=call.completed,
        talk_seconds=call.talk_seconds,
        imported=call.imported,
        min_talk_seconds=settings.min_talk_seconds,
    ):
        _ask_or_join(session, call)
    return Recorded(call.id, person_id, is_new=True, joined_to=call.joins_id)


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


def _rep(session: Session, workspace_id: int, ended: EndedCall) -> int:
    email = ended.agent.email
    person_id = members.id_by_email(session, workspace_id, email) if email else None
    if person_id is None:
        raise NotFound(
            f"A call from {ended.source} is for {str(ended.agent)!r}, whom the roster does not know. "
            "Import them with `cornerman import --kind reps`, then replay the call."
        )
    return person_id


def _stored(session: Session, workspace_id: int, person_id: int, ended: EndedCall) -> Call:
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
    )
    session.add(call)
    session.flush()
    return call


def _fill_in(call: Call, ended: EndedCall) -> None:
    """A fuller record of a call that is known already adds what was missing, and asks nothing again."""
    call.contact = call.contact or ended.contact
    call.company = call.company or ended.company
    call.direction = call.direction or ended.direction
    if ended.talk_seconds is not None:
        call.talk_seconds = ended.talk_seconds
    if ended.disposition:
        call.disposition, call.completed = ended.disposition, ended.is_completed
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
