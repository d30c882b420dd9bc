"""What a kind of file is made of: its columns, its key, and the few things that only this kind does."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum, auto
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, SQLModel

from bot.imports.services.roster import Roster
from bot.tabular.cells import Reader
from bot.tabular.line import Cell
from storage.books import Books
from storage.database import Database
from storage.queries import imports as queries
from storage.queries.imports import Key, Values


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the file, `name`, and the field of the table that it sets."""

    name: str
    field: str
    read: Reader
    required: bool = False
    decisive: bool = False
    """A cell that cannot be read refuses its row; of other optional columns it is left out and counted."""
    blank: object = None
    """What an empty cell says."""
    whose: str = ""
    """The field of the person on whose wall the times stand; blank: the kind's first party."""


@dataclass(frozen=True, slots=True)
class Party:
    """A person of the row, named by `rep_email` or, where that is missing or empty, by `rep_name`."""

    prefix: str
    field: str
    keys: tuple[str, ...] = ()
    """Columns that name the person as a call source does; who is not known by them yet can be named later."""

    @property
    def names(self) -> tuple[str, ...]:
        return f"{self.prefix}_email", f"{self.prefix}_name", *self.keys


@dataclass(frozen=True, slots=True)
class Task:
    """One import: what every kind needs to know about it."""

    workspace_id: int
    now: datetime
    roster: Roster
    accepts: bool = False
    """A person has seen the doubts and wants the rows in."""
    met: dict[Any, "Entry"] = field(default_factory=dict)
    """The file's rows so far, by whatever a kind knows them again."""


class Fate(Enum):
    ADDED = auto()
    UPDATED = auto()
    UNCHANGED = auto()
    REJECTED = auto()
    LEFT_OUT = auto()
    """It is no row of the table: a total, the header again, or one that the map ignores."""
    WAITING = auto()
    """A call, until somebody has said whose it is."""


@dataclass(slots=True)
class Entry:
    """One row of the file on its way into the table."""

    line: int
    cells: Sequence[Cell]
    given: Values = field(default_factory=dict)
    """The fields that the file sets; those without a column are not in it."""
    key: Key = ()
    stored: Values | None = None
    merged: Values = field(default_factory=dict)
    """The whole row as it will stand."""
    fate: Fate = Fate.UNCHANGED
    refusal: str = ""
    """Why the row is rejected, in a sentence."""
    lapses: Sequence[str] = ()
    """Cells that could not be read and were left out, each in a sentence."""
    told: list[str] = field(default_factory=list)
    """What was made of the row that its reader may not expect."""
    agent: str = ""
    """As whom a call source knows the person, where nobody has said who that is."""

    @property
    def stands(self) -> bool:
        return self.fate not in (Fate.REJECTED, Fate.LEFT_OUT, Fate.WAITING)

    def refuse(self, sentence: str) -> None:
        self.fate, self.refusal = Fate.REJECTED, sentence

    def leave_out(self, sentence: str) -> None:
        self.fate, self.lapses = Fate.LEFT_OUT, [sentence]


@dataclass(frozen=True, slots=True)
class Kind:
    table: type[SQLModel]
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    parties: tuple[Party, ...] = ()
    asked_by: tuple[str, ...] = ()
    """The first fields of the key, those that the database is asked by, where that is not all of them."""
    unique: tuple[str, ...] = ()
    """The table's own key, where it is another than the file's."""
    blank_says_nothing: bool = False
    """True where people change the same fields in Slack: an empty cell leaves them as they are."""
    find: Callable[[Session, Task, "Kind", Collection[Key]], dict[Key, Values]] | None = None
    """What is stored by the keys, where one table does not hold all of it."""
    connect: Callable[[Session, Task, Sequence[Entry]], None] | None = None
    """Looks up what the entries refer to; refuses those whose reference is unknown."""
    complete: Callable[[Task, Entry], None] | None = None
    """Derives fields of `merged` and checks it as a whole; raises BadInput."""
    after: Callable[[Session, Task, Sequence[Entry]], None] | None = None
    """Keeps in step what hangs on the written entries, in the transaction of their batch."""
    finish: Callable[[Database, Task], None] | None = None
    """The same for what hangs on all rows, in short transactions, once the file is through."""
    set_aside: Callable[[Session, Task, Sequence[Entry]], None] | None = None
    """Keeps the entries that wait for somebody to say whose they are."""

    @property
    def rows(self) -> sa.Table:
        return self.table.__table__  # type: ignore[attr-defined, no-any-return]

    @property
    def defaults(self) -> Values:
        """What a new row holds where the file has no column."""
        fields = self.table.model_fields.items()
        optional = {name: one for name, one in fields if not one.is_required() and name != "id"}
        return {name: one.get_default(call_default_factory=True) for name, one in optional.items()}

    @property
    def names(self) -> tuple[str, ...]:
        """The columns that a file of this kind may have."""
        people = (name for party in self.parties for name in party.names)
        return (*people, *(column.name for column in self.columns))

    def stored(self, session: Session, task: Task, keys: Collection[Key]) -> dict[Key, Values]:
        if self.find:
            return self.find(session, task, self, keys)
        asked_by = self.asked_by or self.key
        asked = {key[: len(asked_by)] for key in keys}
        return queries.stored(
            Books(session, task.workspace_id, task.now), self.rows, asked_by, asked, by=self.key
        )
