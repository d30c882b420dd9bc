"""A transcript that a source says is ready: fetched, counted, told to its rep alone, and forgotten."""

from functools import partial

from bot.calls.services import conversations
from bot.calls.sources import Source, TranscriptReady
from bot.calls.sources.fetching import fetch
from bot.core.enums import OutboxKind
from bot.delivery import outbox
from bot.delivery.inbox import AfterCommit, Event
from bot.delivery.outbox import Message
from bot.people.services import members
from handlers.debriefs.transcripts import in_words
from storage.books import Books


def ready(books: Books, event: Event, source: Source, told: TranscriptReady) -> AfterCommit | None:
    """Not even fetched where nobody has agreed to it, or where nobody here had the call."""
    if not conversations.are_read(books):
        return None
    asked = [one for one in conversations.whose(books, source.name, told.account, told.call_key) if one[2]]
    return partial(_count, event, source, told, asked) if asked else None


def _count(
    event: Event, source: Source, told: TranscriptReady, asked: list[tuple[int, int, int | None]]
) -> None:
    """In the thread of the question. What cannot be read is nobody's fault here, so nothing is said of it."""
    body = fetch(told, source.hosts)
    if body is None:
        return
    with event.db.writing(event.workspace_id, event.worked_at) as books:
        for person_id, call_id, message_id in asked:
            rep = members.member(books, person_id)
            read = conversations.take_in_of(books, rep, call_id, message_id, body)
            if isinstance(read, str):
                continue
            text, thread = in_words(books, rep, read)
            outbox.put(books, Message(OutboxKind.NOTICE, text, person_id=rep.id, thread=thread))
