"""Whatever is changed of what is watched is written to the audit log with it: by whom, from what to what.

The session itself notices, so that nobody who changes a setting has to think of it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, SQLModel, col, select

from bot.core.enums import AuditAct
from storage.audit.watched import WATCHED, Watched
from storage.tables import AuditEntry, Person

_NOTES = "changes to be written down"
_OF_TABLE: Mapping[type[Any], list[Watched]] = {
    table: [one for one in WATCHED if one.table is table] for table in {one.table for one in WATCHED}
}
Values = Mapping[str, Any]
_Rows = dict[tuple[type[Any], int], tuple[Values | None, Values | None]]
_Words = dict[str, tuple[list[str], list[str]]]
"""By word, how it stood and how it stands: each row's in turn."""


@dataclass(slots=True)
class _Notes:
    """`before` and `after` of each row, by table and id; None where there is no row."""

    now: datetime
    workspace_id: int
    by: str
    rows: _Rows = field(default_factory=dict)


def watch(session: Session, workspace_id: int, now: datetime, *, by: str = "") -> None:
    """From now on. `by` is the Slack user who changes things; blank: the program, or whoever runs it."""
    session.info[_NOTES] = _Notes(now, workspace_id, by)


def look_away(session: Session) -> None:
    """Nothing more is noted: what is erased must not be told from what to what."""
    session.info.pop(_NOTES, None)


def write(session: Session) -> None:
    """What has changed since it is watched; the lines are committed with it."""
    notes: _Notes | None = session.info.get(_NOTES)
    if notes is None:
        return
    session.flush()
    if not notes.rows:
        return
    who = _who(session, notes)
    entries = [
        AuditEntry(
            workspace_id=notes.workspace_id,
            at=notes.now,
            who_id=who,
            act=AuditAct.SET,
            whom_id=whom_id,
            team_id=team_id,
            what=what,
        )
        for whom_id, team_id, what in _told(notes.rows)
    ]
    notes.rows = {}
    session.add_all(entries)
    session.flush()


def note_new(session: Session, row: SQLModel, id: int) -> None:
    """A row that was inserted past the session."""
    notes = session.info.get(_NOTES)
    if notes is not None and type(row) in _OF_TABLE:
        _note(notes, row, id, None, row.model_dump())


def _changed(session: Session, _context: object) -> None:
    notes = session.info.get(_NOTES)
    if notes is None:
        return
    for row in session.new:
        if type(row) in _OF_TABLE:
            _note(notes, row, row.id, None, row.model_dump())
    for row in session.dirty:
        if type(row) in _OF_TABLE:
            _note(notes, row, row.id, row.model_dump() | _replaced(row), row.model_dump())
    for row in session.deleted:
        if type(row) in _OF_TABLE:
            _note(notes, row, row.id, row.model_dump() | _replaced(row), None)


sa.event.listen(Session, "after_flush", _changed)


def _note(notes: _Notes, row: Any, id: int, before: Values | None, after: Values | None) -> None:
    """The first of what stood before stays, the last of what stands after."""
    key = (type(row), id)
    first = notes.rows[key][0] if key in notes.rows else before
    notes.rows[key] = (first, after)


def _replaced(row: Any) -> dict[str, Any]:
    """What stood before, where it was another value."""
    histories = {name: state.history for name, state in sa.inspect(row).attrs.items()}
    return {name: history.deleted[0] for name, history in histories.items() if history.deleted}


def _told(rows: _Rows) -> Iterator[tuple[int | None, int | None, str]]:
    """The person and the team that each line is about, and what it says.

    What several rows of one kind say of one person is one line.
    """
    for watched in WATCHED:
        lines: dict[tuple[int | None, int | None], _Words] = {}
        for (table, id), (before, after) in rows.items():
            if table is watched.table and (before or after) and (before or watched.is_new_told):
                about = _about(watched, dict(after or before or {}) | {"id": id})
                _add(lines.setdefault(about, {}), watched, before, after)
        for (whom_id, team_id), words in lines.items():
            if what := _sentence(words):
                yield whom_id, team_id, f"{watched.called}: {what}"


def _add(words: _Words, watched: Watched, before: Values | None, after: Values | None) -> None:
    old = watched.told(before) if before else watched.unwritten or {}
    new = watched.told(after) if after else {}
    for word in dict.fromkeys((*old, *new)):
        if old.get(word, "") != new.get(word, ""):
            was, is_now = words.setdefault(word, ([], []))
            was.append(old.get(word, ""))
            is_now.append(new.get(word, ""))


def _sentence(words: _Words) -> str:
    return ", ".join(
        f"{word} {_all_of(was)} → {_all_of(is_now)}".lstrip() for word, (was, is_now) in words.items()
    )


def _all_of(told: list[str]) -> str:
    return "; ".join(one for one in told if one) or "–"


def _about(watched: Watched, values: Values) -> tuple[int | None, int | None]:
    return (
        values[watched.whom] if watched.whom else None,
        values[watched.team] if watched.team else None,
    )


def _who(session: Session, notes: _Notes) -> int | None:
    if not notes.by:
        return None
    them = (col(Person.workspace_id) == notes.workspace_id, col(Person.slack_user_id) == notes.by)
    return session.exec(select(Person.id).where(*them)).first()
