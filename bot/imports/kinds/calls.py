"""Calls that ended long ago: history, about which nobody is asked."""

from collections.abc import Sequence
from dataclasses import fields
from datetime import timedelta

from sqlmodel import Session

from bot.calls.domain.call import Agent, EndedCall, completed
from bot.calls.services import agent_names as agents
from bot.core.enums import Direction
from bot.core.errors import BadInput
from bot.imports.kinds.kind import Column, Entry, Kind, Party, Task
from bot.imports.kinds.order import earlier, require_past
from bot.tabular import cells
from storage.books import Books
from storage.queries import imports as queries
from storage.queries.imports import Values
from storage.tables import Call

_TOLD = tuple(one.name for one in fields(EndedCall) if one.name not in ("agent", "is_hint"))
_SECOND = timedelta(seconds=1)
_A_DAY = timedelta(days=1)
_LENGTH = ("ended_at", "duration_s")


def _complete(task: Task, entry: Entry) -> None:
    call = entry.merged
    if entry.stored is None:
        call["imported"] = True
    _require_length(entry)
    if "ended_at" in entry.given or "talk_seconds" in entry.given or entry.stored is None:
        _time(call, entry.given)
    else:
        call["ended_at"] += call["started_at"] - entry.stored["started_at"]
    if call["ended_at"] < call["started_at"]:
        zone = task.roster[call["person_id"]].zone_on(call["started_at"].date())
        call["started_at"] = earlier(call["started_at"], call["ended_at"], zone)
    if call["ended_at"] < call["started_at"]:
        raise BadInput("The call ended before it started.")
    if max(call["ended_at"] - call["started_at"], call["talk_seconds"] * _SECOND) >= _A_DAY:
        raise BadInput("The call took a day or more.")
    require_past(task, entry, call["started_at"], "The call began")
    call["completed"] = completed(call["disposition"])


def _require_length(entry: Entry) -> None:
    """A call whose only length cannot be read did not take no time: raises BadInput."""
    unread = [lapse for lapse in entry.lapses if lapse.startswith(_LENGTH)]
    if unread and not (entry.given.get("ended_at") or entry.given.get("talk_seconds") is not None):
        raise BadInput(unread[0])


def _time(call: Values, given: Values) -> None:
    """Of end and duration, the one that is missing follows from the other; without both the call took no time."""
    ended, talked = given.get("ended_at"), given.get("talk_seconds")
    call["ended_at"] = ended or call["started_at"] + (talked or 0) * _SECOND
    call["talk_seconds"] = (
        max(0, (call["ended_at"] - call["started_at"]) // _SECOND) if talked is None else talked
    )


def _after(session: Session, task: Task, entries: Sequence[Entry]) -> None:
    """Debriefs are counted by their call's start: it moves, and they with it."""
    moved = [
        entry.merged
        for entry in entries
        if entry.stored and entry.stored["started_at"] != entry.merged["started_at"]
    ]
    if moved:
        queries.move_debriefs(
            Books(session, task.workspace_id, task.now), {call["id"]: call["started_at"] for call in moved}
        )


def _set_aside(session: Session, task: Task, entries: Sequence[Entry]) -> None:
    """Calls of somebody whom only the source knows wait until a person has said who it is."""
    for entry in entries:
        call = {"ended_at": None, "talk_seconds": None, **entry.given}
        _time(call, entry.given)
        told = {name: call[name] for name in _TOLD if name in call}
        ended = EndedCall(**({"account": ""} | told), agent=Agent(key=entry.agent))
        if agents.is_ours(Books(session, task.workspace_id, task.now), ended):
            agents.keep_stray(Books(session, task.workspace_id, task.now), ended)


KIND = Kind(
    table=Call,
    key=("source", "account", "call_key", "person_id"),
    asked_by=("source", "account", "call_key"),
    parties=(Party("rep", "person_id", keys=("rep_extension", "rep_phone")),),
    columns=(
        Column("source", "source", cells.text, required=True),
        Column("account", "account", cells.text, blank=""),
        Column("call_id", "call_key", cells.key, required=True),
        Column("started_at", "started_at", cells.instant, required=True),
        Column("ended_at", "ended_at", cells.instant),
        Column("duration_s", "talk_seconds", cells.seconds),
        Column("direction", "direction", cells.word(Direction)),
        Column("contact", "contact", cells.text, blank=""),
        Column("company", "company", cells.text, blank=""),
        Column("disposition", "disposition", cells.text, blank=""),
    ),
    complete=_complete,
    after=_after,
    set_aside=_set_aside,
)
