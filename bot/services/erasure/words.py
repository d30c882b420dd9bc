"""Words about a person in other people's messages and in what came from outside."""

import json
import re
from datetime import datetime

from sqlmodel import Session

from storage.queries import erasing as queries
from storage.queries import words as wording
from storage.tables import Erasure, OutboxMessage, OutboxState, Person

BATCH = 500


def forget_some(session: Session, erasure: Erasure, person: Person, *, now: datetime) -> bool:
    """One batch; False when nothing is left.

    What has been said or worked needs its words no more, so all of them go, not those alone that name the person.
    """
    workspace_id = erasure.workspace_id
    said = wording.wordy_messages(
        session, workspace_id, BATCH, settled_before=now, states=(OutboxState.SENT,), but_not_of=person.id
    )
    if said:
        wording.silence(session, workspace_id, said)
        return True
    worked = wording.worked_events(session, workspace_id, BATCH, done_before=now)
    if worked:
        wording.empty_events(session, workspace_id, worked)
        return True
    return _set_aside(session, workspace_id, person) or _not_placed(session, workspace_id, person)


def _set_aside(session: Session, workspace_id: int, person: Person) -> bool:
    """What waits for an admin keeps its words, unless it names the person."""
    messages, events = wording.set_aside(session, workspace_id)
    names = _names(person)
    about = [one.id for one in messages if _mentions(_said(one), names)]
    queries.delete(session, workspace_id, queries.table("outbox_message"), about)
    gone = [one.id for one in events if _mentions(_text(one.body), names)]
    queries.delete(session, workspace_id, queries.table("inbox_event"), gone)
    return bool(about or gone)


def _not_placed(session: Session, workspace_id: int, person: Person) -> bool:
    """What a source told of somebody it calls by this name."""
    found = [
        (table, ids)
        for table in map(queries.table, ("call_leg", "call_agent", "crm_refusal"))
        if (ids := wording.mentioning(session, workspace_id, table, _names(person), BATCH))
    ]
    for table, ids in found:
        queries.delete(session, workspace_id, table, ids)
    return bool(found)


def _names(person: Person) -> list[str]:
    return [name for name in (person.name, person.email, person.slack_user_id) if name]


def _said(message: OutboxMessage) -> str:
    return f"{message.text} {_text(message.blocks)} {_text(message.chart)}"


def _text(body: object) -> str:
    return json.dumps(body, ensure_ascii=False)


def _mentions(text: str, names: list[str]) -> bool:
    return any(re.search(rf"\b{re.escape(name)}\b", text, re.IGNORECASE) for name in names)
