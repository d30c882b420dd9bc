"""Entries into a table: looked up, merged with what is stored, checked and written, a batch at a time."""

from collections.abc import Sequence

from sqlmodel import Session

from bot.core.errors import BadInput
from bot.imports.kinds.kind import Entry, Fate, Kind, Task
from storage.database import Database
from storage.queries import imports as queries
from storage.queries.imports import Key, Values


class Upserts:
    """The way of one file's entries into their table; a dry run goes all of it but the writing."""

    def __init__(self, task: Task, kind: Kind, *, dry_run: bool) -> None:
        self.task = task
        self.kind = kind
        self.dry_run = dry_run
        self.unique = kind.unique or kind.key
        self.defaults = kind.defaults | {"workspace_id": task.workspace_id}
        self._has_written = False
        self._planned: dict[Key, Values] = {}
        """What a dry run would have written so far."""

    def work(self, session: Session, batch: Sequence[Entry]) -> None:
        """Decides the fate of each entry, no two of which have one key, and writes those that are new or changed."""
        if self.kind.connect:
            self.kind.connect(session, self.task, _standing(batch))
        self._meet_stored(session, _standing(batch))
        for entry in _standing(batch):
            self._merge(entry)
        standing = _standing(batch)
        waiting = [entry for entry in batch if entry.agent]
        if waiting and self.kind.set_aside and not self.dry_run:
            self.kind.set_aside(session, self.task, waiting)
        if self.dry_run:
            self._planned |= {entry.key: entry.merged for entry in standing}
        elif standing:
            self._write(session, standing)

    def _meet_stored(self, session: Session, entries: Sequence[Entry]) -> None:
        keys = {entry.key: entry for entry in entries}
        stored = self.kind.stored(session, self.task, keys) if keys else {}
        for known in (stored, self._planned):
            for key in keys.keys() & known.keys():
                keys[key].stored = known[key]

    def _merge(self, entry: Entry) -> None:
        entry.merged = (entry.stored or self.defaults) | entry.given
        try:
            if self.kind.complete:
                self.kind.complete(self.task, entry)
        except BadInput as error:
            entry.refuse(str(error))
            return
        if entry.stored is None:
            entry.fate = Fate.ADDED
        elif entry.merged != entry.stored:
            entry.fate = Fate.UPDATED

    def _write(self, session: Session, standing: Sequence[Entry]) -> None:
        self._settle(session, standing)
        added = [entry.merged for entry in standing if entry.fate is Fate.ADDED]
        updated = [entry.merged for entry in standing if entry.fate is Fate.UPDATED]
        if added:
            queries.insert(session, self.kind.rows, added, unique=self.unique)
        if updated:
            queries.update(session, self.kind.rows, updated)
        if self.kind.after:
            self.kind.after(session, self.task, standing)
        self._has_written = True

    def finish(self, db: Database) -> None:
        if self.kind.finish and self._has_written:
            self.kind.finish(db, self.task)

    def _settle(self, session: Session, standing: Sequence[Entry]) -> None:
        """Gives newcomers their rows, and their ids to the entries that speak of them."""
        fields = [party.field for party in self.kind.parties]
        newcomers = {id for entry in standing for field in fields if (id := entry.merged[field]) < 0}
        if not newcomers:
            return
        ids = self.task.roster.settle(session, newcomers)
        for entry in standing:
            for field in fields:
                entry.merged[field] = ids.get(entry.merged[field], entry.merged[field])


def _standing(batch: Sequence[Entry]) -> list[Entry]:
    return [entry for entry in batch if entry.stands]
