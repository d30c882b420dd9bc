"""One person's data, table by table: rows that are theirs alone go, what others need stays without them, and so do
words about them elsewhere.
"""

import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from bot.core.i18n import gettext as _
from bot.privacy.services.erasure import sums
from storage.audit import trail
from storage.books import Books
from storage.queries.privacy import erasure as queries
from storage.queries.privacy import message_words
from storage.tables import Erasure, OutboxMessage, OutboxState, Person

BATCH = 100
SHARED = {
    ("handoff", "sdr_id"): "ae_id",
    ("handoff", "ae_id"): "sdr_id",
    ("deal", "ae_id"): "closed_by_id",
    ("deal", "closed_by_id"): "ae_id",
    ("coaching_session", "coach_id"): "learner_id",
    ("coaching_session", "learner_id"): "coach_id",
}
"""Facts of two people, by the column of one, with that of the other: they stay while there is the other."""
OWN_WORDS: Mapping[tuple[str, str], Mapping[str, str]] = {
    ("handoff", "ae_id"): {"reason": "", "answer_back": ""},
    ("handoff", "sdr_id"): {"notes": ""},
    ("coaching_session", "learner_id"): {"commitment": _("(erased)")},
}
"""What of such a fact was said by the one who goes. A coach's credit hangs on there having been a commitment."""
MENTIONS = {
    ("pair_wish", "said_by_id"),
    ("help_request", "helper_id"),
    ("pay_month", "decided_by_id"),
}
"""Where somebody else's row only names the person."""
AT_LAST = {"membership", "outbox_message"}
"""The roles say to which sum a fact belongs, and the receipt has still to go out."""


def erase_some(books: Books, erasure: Erasure, person: Person) -> bool:
    """One batch; False when nothing is left but who they were, and their name."""
    trail.look_away(books.session)
    person.is_admin = person.willing = person.wants_coaching = person.named_publicly = False
    for table, column, _weak in queries.references("person"):
        if table.name not in AT_LAST and _erase_batch(books, erasure, person.id, table, column):
            return True
    return forget_some(books, erasure, person)


def empty(books: Books, erasure: Erasure, person: Person) -> None:
    """The rest: roles, messages, and all that the person's row tells; its number is never given again."""
    trail.look_away(books.session)
    for table, column, _weak in queries.references("person"):
        while _erase_batch(books, erasure, person.id, table, column):
            pass
    note(erasure, "person", 1)
    nobody = Person(workspace_id=person.workspace_id, name="")
    for field in set(Person.model_fields) - {"id", "workspace_id"}:
        setattr(person, field, getattr(nobody, field))
    person.name, person.is_former = _("Former colleague {number}").format(number=person.id), True
    person.willing = person.wants_coaching = person.named_publicly = False
    books.session.flush()


def note(erasure: Erasure, table: str, rows: int) -> None:
    erasure.counts = dict(Counter(erasure.counts) + Counter({table: rows}))


def _erase_batch(books: Books, erasure: Erasure, person_id: int, table: sa.Table, column: str) -> bool:
    found = queries.rows(books, table, BATCH, **{column: person_id})
    if not found:
        return False
    ids = [row["id"] for row in found]
    sums.keep(books, person_id, table.name, column, found)
    if (table.name, column) in MENTIONS:
        queries.update(books, table, ids, {column: None})
    elif (table.name, column) in SHARED:
        _leave_to_the_other(books, table, column, found)
    else:
        queries.delete(books, table, ids)
    note(erasure, table.name, len(ids))
    return True


def _leave_to_the_other(
    books: Books, table: sa.Table, column: str, found: Sequence[Mapping[str, Any]]
) -> None:
    """All who are erased stand as one in what others keep; a fact that nobody keeps goes."""
    everybody = _all_former(books)
    other = SHARED[table.name, column]
    kept = [row["id"] for row in found if row[other] not in (None, everybody)]
    gone = [row["id"] for row in found if row[other] in (None, everybody)]
    queries.delete(books, table, gone)
    queries.update(books, table, kept, {column: everybody})
    said = OWN_WORDS.get((table.name, column), {})
    wordy = [row["id"] for row in found if row["id"] in kept and any(row[name] for name in said)]
    if said:
        queries.update(books, table, wordy, said)


def _all_former(books: Books) -> int:
    """The nameless person who stands for all the erased together."""
    name = _("Former colleagues")
    for person in queries.called(books, name):
        return person.id
    person = Person(workspace_id=books.workspace_id, name=name, is_former=True, named_publicly=False)
    books.session.add(person)
    books.session.flush()
    return person.id


MESSAGES_AT_ONCE = 500


def forget_some(books: Books, erasure: Erasure, person: Person) -> bool:
    """One batch; False when nothing is left.

    What has been said or worked needs its words no more, so all of them go, not those alone that name the person.
    """
    said = message_words.wordy_messages(
        books, MESSAGES_AT_ONCE, settled_before=books.now, states=(OutboxState.SENT,), but_not_of=person.id
    )
    if said:
        message_words.silence(books, said)
        return True
    worked = message_words.worked_events(books, MESSAGES_AT_ONCE, done_before=books.now)
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
        if (ids := message_words.mentioning(books, table, _names(person), MESSAGES_AT_ONCE))
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
