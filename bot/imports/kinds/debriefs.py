"""Debriefs of calls that are there already; an edit keeps the version before it."""

import re
from collections.abc import Collection, Sequence

from sqlmodel import Session

from bot.calendar.wallclock import local_date
from bot.core.enums import Outcome
from bot.core.errors import BadInput
from bot.debriefs.domain.debrief import MAX_TEXT, normalised_tags
from bot.imports.kinds import calls
from bot.imports.kinds.kind import Column, Entry, Fate, Kind, Party, Task
from bot.tabular import cells
from bot.tabular.cells import Reading
from bot.tabular.files import Cell
from storage.books import Books
from storage.queries import imports as queries
from storage.queries.imports import Key, Values
from storage.tables import Debrief

_CALL = ("source", "account", "call_key", "person_id")


def _told(cell: Cell, _: Reading) -> str:
    said = cells.text(cell)
    if len(said) > MAX_TEXT:
        raise BadInput(f"it has {len(said):,} characters, and {MAX_TEXT:,} fit")
    return said


def _tags(cell: Cell, _: Reading) -> str:
    """In one spelling, each once, between commas: as a version keeps them."""
    return ",".join(sorted(normalised_tags(re.split(r"[,;|]", cells.text(cell)))))


def _find(session: Session, task: Task, kind: Kind, keys: Collection[Key]) -> dict[Key, Values]:
    of_id = {call["id"]: call for call in _calls(session, task, keys).values()}
    found = queries.debriefs_of(Books(session, task.workspace_id, task.now), of_id)
    tags = queries.tags_of(Books(session, task.workspace_id, task.now), [row["id"] for row in found])
    wholes = [
        row | {field: of_id[row["call_id"]][field] for field in _CALL} | {"tags": tags.get(row["id"], "")}
        for row in found
    ]
    return {tuple(whole[field] for field in kind.key): whole for whole in wholes}


def _calls(session: Session, task: Task, keys: Collection[Key]) -> dict[Key, Values]:
    return queries.stored(
        Books(session, task.workspace_id, task.now),
        calls.KIND.rows,
        _CALL[:3],
        {key[:3] for key in keys},
        by=_CALL,
    )


def _connect(session: Session, task: Task, entries: Sequence[Entry]) -> None:
    keyed = {tuple(entry.given[field] for field in _CALL): entry for entry in entries}
    found = _calls(session, task, keyed) if keyed else {}
    for key, entry in keyed.items():
        if call := found.get(key):
            entry.given |= {"call_id": call["id"], "call_started_at": call["started_at"]}
            entry.given["submitted_at"] = call["ended_at"]
        else:
            entry.refuse(f"This rep has no call “{entry.given['call_key']}”; import the calls first.")


def _complete(task: Task, entry: Entry) -> None:
    debrief, stored = entry.merged, entry.stored
    debrief.setdefault("tags", "")
    zone = task.roster[debrief["person_id"]].zone_on(debrief["call_started_at"].date())
    if debrief["next_step_on"] and debrief["next_step_on"] < local_date(debrief["call_started_at"], zone):
        raise BadInput("The next step comes before the call.")
    if stored:
        debrief["submitted_at"] = stored["submitted_at"]
    if stored and debrief != stored:
        debrief |= {"version": stored["version"] + 1, "edited_at": task.now}


def _after(session: Session, task: Task, entries: Sequence[Entry]) -> None:
    edited = [
        (entry.stored, entry.merged) for entry in entries if entry.stored and entry.fate is Fate.UPDATED
    ]
    queries.keep_versions(session, [before for before, _ in edited])
    written = [entry.merged for entry in entries if entry.fate is not Fate.UNCHANGED]
    tags = {debrief["call_id"]: debrief["tags"].split(",") for debrief in written}
    queries.replace_tags(Books(session, task.workspace_id, task.now), tags)
    queries.answer_prompts(Books(session, task.workspace_id, task.now), tags)


KIND = Kind(
    table=Debrief,
    key=_CALL,
    unique=("call_id",),
    parties=(Party("rep", "person_id"),),
    columns=(
        Column("source", "source", cells.text, required=True),
        Column("account", "account", cells.text, blank=""),
        Column("call_id", "call_key", cells.key, required=True),
        Column("outcome", "outcome", cells.word(Outcome), required=True),
        Column("went_well", "went_well", _told, blank="", decisive=True),
        Column("tags", "tags", _tags, blank=""),
        Column("improve", "improve", _told, blank="", decisive=True),
        Column("measure", "measure", _told, blank="", decisive=True),
        Column("timeline", "timeline_agreed", cells.yes_no),
        Column("authority", "authority_reached", cells.yes_no),
        Column("reason", "reason", _told, blank="", decisive=True),
        Column("next_step", "next_step", _told, blank="", decisive=True),
        Column("next_step_on", "next_step_on", cells.day),
    ),
    find=_find,
    connect=_connect,
    complete=_complete,
    after=_after,
)
