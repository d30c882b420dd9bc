"""A call ended: from a call source over HTTP, or from another Slack app of the company."""

from collections.abc import Sequence

from slack_bolt import App

from bot import outbox
from bot.calls import SOURCES, Delivery, Told
from bot.calls.generic import ended_call
from bot.domain.calls import EndedCall
from bot.domain.legs import Leg
from bot.inbox import AfterCommit, Event, Inbox
from bot.outbox import Message
from bot.services import arrivals, calls, fetches, legs, members, prompts
from bot.services.calls import Recorded
from bot.services.fetches import Wanted
from bot.views import debrief as views
from bot.views.reader import reader
from bot.words import OutboxKind
from storage.database import Session

CALL_COMPLETED = "call_completed"


def register(_app: App, inbox: Inbox) -> None:
    for name in SOURCES:
        inbox.on(f"calls/{name}", delivered)
    inbox.on("message_metadata_posted", posted)


def delivered(session: Session, event: Event) -> AfterCommit | None:
    """What a call source sent; it was verified before it was stored."""
    source = SOURCES[event.source.removeprefix("calls/")]
    for told in source.parse(Delivery({}, str(event.body["text"]).encode(), event.received_at)):
        for ended in _known_by(session, event, told):
            record(session, event, ended)
    return None


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
    show_joined(session, event, arrivals.take(session, event.workspace_id, ended, now=event.worked_at))


def show_joined(session: Session, event: Event, recorded: Recorded | None) -> None:
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
