"""A call ended: from a call source over HTTP, another Slack app, or a step of Workflow Builder; or its transcript
came.
"""

from dataclasses import asdict
from datetime import datetime
from enum import StrEnum

from slack_bolt import App

from bot.blocks.reader import reader
from bot.calls.domain.call import EndedCall, is_early
from bot.calls.domain.notices import Change, Notice
from bot.calls.services import arrivals, calls, conversations, notices
from bot.calls.services import workflow_steps as steps
from bot.calls.services.calls import Recorded
from bot.calls.services.notices import Wanted
from bot.calls.sources import SOURCES, Delivery, Pointer, Source, TranscriptReady
from bot.calls.sources.fetching import fetch
from bot.calls.sources.generic import ended_call
from bot.core.enums import OutboxKind
from bot.core.i18n import gettext as _
from bot.debriefs.services import last_time, prompts
from bot.debriefs.views import question as views
from bot.delivery import errands, outbox
from bot.delivery.errands import Errand, Errands
from bot.delivery.inbox import AfterCommit, Event, Inbox, NotYet
from bot.delivery.outbox import Message
from bot.people.services import members
from handlers.debriefs.transcripts import in_words
from storage.books import Books

CALL_COMPLETED = "call_completed"
ERRAND = "transcript"


def register(_app: App, inbox: Inbox) -> None:
    for name in SOURCES:
        inbox.on(f"calls/{name}", delivered)
    inbox.on("message_metadata_posted", posted)
    inbox.on("function_executed", executed)


def take_on(errands: Errands) -> None:
    errands.on(ERRAND, read_transcript, None)


def delivered(books: Books, event: Event) -> None:
    """What a call source sent; it was verified before it was stored."""
    source = SOURCES[event.source.removeprefix("calls/")]
    for told in source.parse(Delivery({}, str(event.body["text"]).encode(), _taken_at(event))):
        if isinstance(told, TranscriptReady):
            ready(books, source, told)
            continue
        change = _change(books, source, told)
        for ended in change.gone:
            arrivals.take_back(books, ended)
        for ended in change.told:
            record(books, event, ended)


def _taken_at(event: Event) -> datetime:
    """By the clock that it was accepted by: one set back since would refuse what its sender takes for told."""
    at = event.body.get("at")
    return datetime.fromisoformat(at) if at else event.received_at


def _change(books: Books, source: Source, told: EndedCall | Notice | Pointer) -> Change:
    """The calls that have ended, now that this was told, and those that turn out to be none."""
    if isinstance(told, EndedCall):
        return Change([told])
    if isinstance(told, Notice):
        return notices.add(books, told, source.ended)
    wanted = Wanted(told.account, told.call_key)
    notices.want(books, source.name, wanted)
    return Change(())


def posted(books: Books, event: Event) -> AfterCommit | None:
    """A message with metadata, posted by an app that is believed (others are not even stored)."""
    metadata = event.body["event"].get("metadata") or {}
    if metadata.get("event_type") == CALL_COMPLETED:
        record(books, event, ended_call(metadata.get("event_payload") or {}, source="slack"))
    return None


def record(books: Books, event: Event, ended: EndedCall) -> None:
    """Store it; a call that joins an earlier one's prompt shows up in that message.

    Raises NotYet for one that ends today by its own clock and later than now by ours: it was acknowledged.
    """
    if is_early(ended, now=books.now):
        raise NotYet(ended.ended_at)
    show_joined(books, event, arrivals.take(books, ended))


def show_joined(books: Books, event: Event, recorded: Recorded | None) -> None:
    if recorded is None or recorded.joined_to is None or not recorded.is_new:
        return
    message_id = prompts.message_about(books, recorded.joined_to)
    if message_id is None:
        return
    rep = members.member(books, recorded.person_id)
    reads = reader(rep.locale, rep.zone)
    call = calls.summary_of(books, rep.id, recorded.joined_to)
    last = last_time.last_time(books, rep.id, call.id)
    words = views.prompt(call, reads, rep.roles, last)
    message = Message(OutboxKind.UPDATE, words.text, words.blocks, person_id=rep.id, updates=message_id)
    outbox.put(books, message, request_id=event.request_id)


def ready(books: Books, source: Source, told: TranscriptReady) -> None:
    """Kept to be fetched; not where nobody has agreed to it, or where nobody here was asked about the call."""
    if not conversations.are_read(books):
        return
    for person_id, call_id, message_id in conversations.whose(
        books, source.name, told.account, told.call_key
    ):
        if message_id is not None:
            about = {"source": source.name, "call_id": call_id, "message_id": message_id}
            errands.put(books, ERRAND, person_id, about | {"told": asdict(told)})


def read_transcript(errand: Errand) -> None:
    """In the thread of the question. What cannot be read is nobody's fault here, so nothing is said of it."""
    with errand.db.reading(errand.workspace_id, errand.worked_at) as books:
        if not conversations.are_read(books):  # turned off meanwhile
            return
    body = fetch(TranscriptReady(**errand.body["told"]), SOURCES[errand.body["source"]].hosts)
    if body is None:
        return
    with errand.last_words() as books:
        rep, about = members.member(books, errand.person_id), errand.body
        read = conversations.take_in_of(books, rep, about["call_id"], about["message_id"], body)
        if not isinstance(read, str):
            text, thread = in_words(books, rep, read)
            outbox.put(books, Message(OutboxKind.NOTICE, text, person_id=rep.id, thread=thread))


class Step(StrEnum):
    """Functions of the manifest."""

    ASK_FOR_DEBRIEF = "ask_for_debrief"


def executed(books: Books, event: Event) -> None:
    inner = event.body["event"]
    execution, now = str(inner["function_execution_id"]), event.worked_at
    if inner["function"]["callback_id"] != Step.ASK_FOR_DEBRIEF:
        sentence = _("This version of Cornerman has no such step; an admin can update it.")
        steps.refuse(books.at(now), execution, sentence)
        return
    recorded = steps.ask_for_debrief(books.at(now), execution, inner.get("inputs") or {})
    show_joined(books, event, recorded)
