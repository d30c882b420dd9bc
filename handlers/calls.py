"""A call ended: from a call source over HTTP, or from another Slack app of the company."""

import json
from collections.abc import Sequence
from functools import partial
from hashlib import sha256

from slack_bolt import App

from bot import outbox
from bot.calls import SOURCES, Delivery, Told
from bot.calls.generic import ended_call
from bot.calls.kept import read_back, written
from bot.domain.calls import EndedCall
from bot.domain.legs import Leg
from bot.inbox import AfterCommit, Event, Inbox
from bot.outbox import Message
from bot.services import arrivals, calls, fetches, legs, members, prompts
from bot.services.fetches import Wanted
from bot.views import debrief as views
from bot.views.reader import reader
from bot.words import OutboxKind
from storage.database import Session

CALL_COMPLETED = "call_completed"


def register(_app: App, inbox: Inbox) -> None:
    for name in SOURCES:
        inbox.on(f"calls/{name}", partial(delivered, inbox))
    inbox.on("message_metadata_posted", posted)


def delivered(inbox: Inbox, session: Session, event: Event) -> AfterCommit | None:
    """What a call source sent (it was verified before it was stored), or one call out of that."""
    if "call" in event.body:
        record(session, event, read_back(event.body["call"]))
        return None
    source = SOURCES[event.source.removeprefix("calls/")]
    told = source.parse(Delivery({}, str(event.body["text"]).encode(), event.received_at))
    if len(told) == 1 and isinstance(told[0], EndedCall):
        record(session, event, told[0])
        return None
    for call in [call for one in told for call in _known_by(session, event, one)]:
        keep(inbox, session, event, call)
    return None


def keep(inbox: Inbox, session: Session, event: Event, call: EndedCall) -> None:
    """An event of its own, so that an agent nobody knows holds up no other's call."""
    fields = written(call)
    key = sha256(json.dumps(fields, sort_keys=True).encode()).hexdigest()
    inbox.keep(session, event.workspace_id, f"calls/{call.source}", key, {"call": fields}, event.request_id)


def _known_by(session: Session, event: Event, told: Told) -> Sequence[EndedCall]:
    """The calls that have ended, now that this was told."""
    if isinstance(told, EndedCall):
        return [told]
    if isinstance(told, Leg):
        return legs.add(session, event.workspace_id, told, now=event.worked_at)
    source = event.source.removeprefix("calls/")
    wanted = Wanted(told.account, told.call_key)
    fetches.want(session, event.workspace_id, source, wanted, now=event.worked_at)
    return []


def posted(session: Session, event: Event) -> AfterCommit | None:
    """A message with metadata, posted by an app that is believed (others are not even stored)."""
    metadata = event.body["event"].get("metadata") or {}
    if metadata.get("event_type") == CALL_COMPLETED:
        record(session, event, ended_call(metadata.get("event_payload") or {}, source="slack"))
    return None


def record(session: Session, event: Event, ended: EndedCall) -> None:
    """Store it; a call that joins an earlier one's prompt shows up in that message."""
    recorded = arrivals.take(session, event.workspace_id, ended, now=event.worked_at)
    if recorded is None or recorded.joined_to is None or not recorded.is_new:
        return
    message_id = prompts.message_about(session, event.workspace_id, recorded.joined_to)
    if message_id is None:
        return
    rep = members.member(session, event.workspace_id, recorded.person_id, now=event.worked_at)
    reads = reader(rep.locale, rep.zone)
    call = calls.summary_of(session, event.workspace_id, rep.id, recorded.joined_to)
    text, blocks = views.prompt_text(call, reads), views.prompt(call, reads)
    message = Message(OutboxKind.UPDATE, text, blocks, person_id=rep.id, updates=message_id)
    outbox.put(session, event.workspace_id, message, now=event.worked_at, request_id=event.request_id)
