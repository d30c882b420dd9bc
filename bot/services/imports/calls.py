"""Calls that ended long ago: history, about which nobody is asked."""

from collections.abc import Sequence
from datetime import timedelta

from sqlmodel import Session

from bot.domain.calls import completed
from bot.errors import BadInput
from bot.services.imports import cells
from bot.services.imports.kinds import Column, Entry, Kind, Party, Task
from bot.services.imports.order import earlier
from bot.words import Direction
from storage.queries import imports as queries
from storage.queries.imports import Values
from storage.tables import Call

_SECOND = timedelta(seconds=1)
_LONGEST = 24 * 60 * 60


def _complete(task: Task, entry: Entry) -> None:
    call = entry.merged
    if entry.stored is None:
        call["imported"] = True
    if "ended_at" in entry.given or "talk_seconds" in entry.given or entry.stored is None:
        _time(call, entry.given)
    else:
        call["ended_at"] += call["started_at"] - entry.stored["started_at"]
    if call["ended_at"] < call["started_at"]:
        zone = task.roster[call["person_id"]].zone_on(call["started_at"].date())
        call["started_at"] = earlier(call["started_at"], call["ended_at"], zone)
    if call["ended_at"] < call["started_at"]:
        raise BadInput("The call ended before it started.")
    call["completed"] = completed(call["disposition"])


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
        queries.move_debriefs(session, task.workspace_id, {call["id"]: call["started_at"] for call in moved})


KIND = Kind(
    table=Call,
    key=("source", "account", "call_key", "person_id"),
    asked_by=("source", "account", "call_key"),
    parties=(Party("rep", "person_id"),),
    columns=(
        Column("source", "source", cells.text, required=True),
        Column("account", "account", cells.text, blank=""),
        Column("call_id", "call_key", cells.text, required=True),
        Column("started_at", "started_at", cells.instant, required=True),
        Column("ended_at", "ended_at", cells.instant),
        Column("duration_s", "talk_seconds", cells.whole(0, _LONGEST)),
        Column("direction", "direction", cells.word(Direction)),
        Column("contact", "contact", cells.text, blank=""),
        Column("company", "company", cells.text, blank=""),
        Column("disposition", "disposition", cells.text, blank=""),
    ),
    complete=_complete,
    after=_after,
)
