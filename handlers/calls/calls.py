"""A call ended: from a call source over HTTP, or from another Slack app of the company."""

from functools import partial

from slack_bolt import App

from bot.blocks.reader import reader
from bot.calls.domain.call import EndedCall
from bot.calls.domain.notices import Change, Notice
from bot.calls.services import arrivals, calls, fetches, sessions
from bot.calls.services.calls import Recorded
from bot.calls.services.fetches import Wanted
from bot.calls.sources import SOURCES, Delivery, Pointer, Source, TranscriptReady
from bot.calls.sources.generic import ended_call
from bot.core.enums import OutboxKind
from bot.debriefs.services import last_time, prompts
from bot.debriefs.views import question as views
from bot.delivery import outbox
from bot.delivery.inbox import AfterCommit, Event, Inbox
from bot.delivery.outbox import Message
from bot.people.services import members
from handlers.calls import transcripts
from storage.books import Books

CALL_COMPLETED = "call_completed"


def register(_app: App, inbox: Inbox) -> None:
    for name in SOURCES:
        inbox.on(f"calls/{name}", delivered)
    inbox.on("message_metadata_posted", posted)


def delivered(books: Books, event: Event) -> AfterCommit | None:
    """What a call source sent; it was verified before it was stored."""
    source = SOURCES[event.source.removeprefix("calls/")]
    later: list[AfterCommit] = []
    for told in source.parse(Delivery({}, str(event.body["text"]).encode(), event.received_at)):
        if isinstance(told, TranscriptReady):
            later += filter(None, [transcripts.ready(books, event, source, told)])
            continue
        change = _change(books, source, told)
        for ended in change.gone:
            arrivals.take_back(books, ended)
        for ended in change.told:
            record(books, event, ended)
    return partial(_each, later) if later else None


def _each(later: list[AfterCommit]) -> None:
    for work in later:
        work()


def _change(books: Books, source: Source, told: EndedCall | Notice | Pointer) -> Change:
    """The calls that have ended, now that this was told, and those that turn out to be none."""
    if isinstance(told, EndedCall):
        return Change([told])
    if isinstance(told, Notice):
        return sessions.add(books, told, source.ended)
    wanted = Wanted(told.account, told.call_key)
    fetches.want(books, source.name, wanted)
    return Change(())


def posted(books: Books, event: Event) -> AfterCommit | None:
    """A message with metadata, posted by an app that is believed (others are not even stored)."""
    metadata = event.body["event"].get("metadata") or {}
    if metadata.get("event_type") == CALL_COMPLETED:
        record(books, event, ended_call(metadata.get("event_payload") or {}, source="slack"))
    return None


def record(books: Books, event: Event, ended: EndedCall) -> None:
    """Store it; a call that joins an earlier one's prompt shows up in that message."""
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
