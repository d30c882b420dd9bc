"""Words about a person in other people's messages and in what came from outside."""

import json
import re

from storage.books import Books
from storage.queries.privacy import erasure as queries
from storage.queries.privacy import message_words
from storage.tables import Erasure, OutboxMessage, OutboxState, Person

BATCH = 500


def forget_some(books: Books, erasure: Erasure, person: Person) -> bool:
    """One batch; False when nothing is left.

    What has been said or worked needs its words no more, so all of them go, not those alone that name the person.
    """
    said = message_words.wordy_messages(
        books, BATCH, settled_before=books.now, states=(OutboxState.SENT,), but_not_of=person.id
    )
    if said:
        message_words.silence(books, said)
        return True
    worked = message_words.worked_events(books, BATCH, done_before=books.now)
    if worked:
        message_words.empty_events(books, worked)
        return True
    return _set_aside(books, person) or _not_placed(books, person)


def _set_aside(books: Books, person: Person) -> bool:
    """What waits for an admin keeps its words, unless it names the person."""
    messages, events = message_words.set_aside(books)
    names = _names(person)
    about = [one.id for one in messages if _mentions(_said(one), names)]
    queries.delete(books, queries.table("outbox_message"), about)
    gone = [one.id for one in events if _mentions(_text(one.body), names)]
    queries.delete(books, queries.table("inbox_event"), gone)
    return bool(about or gone)


def _not_placed(books: Books, person: Person) -> bool:
    """What a source told of somebody it calls by this name."""
    found = [
        (table, ids)
        for table in map(queries.table, ("call_notice", "call_agent", "crm_refusal"))
        if (ids := message_words.mentioning(books, table, _names(person), BATCH))
    ]
    for table, ids in found:
        queries.delete(books, table, ids)
    return bool(found)


def _names(person: Person) -> list[str]:
    return [name for name in (person.name, person.email, person.slack_user_id) if name]


def _said(message: OutboxMessage) -> str:
    return f"{message.text} {_text(message.blocks)} {_text(message.chart)}"


def _text(body: object) -> str:
    return json.dumps(body, ensure_ascii=False)


def _mentions(text: str, names: list[str]) -> bool:
    return any(re.search(rf"\b{re.escape(name)}\b", text, re.IGNORECASE) for name in names)
