"""Jobs that a test need not run a second time: nothing that they read has changed since they found nothing to do.

An office runs all jobs after each click, which was half of what a conversation cost. A job whose clock stands still,
whose tables hold what they held, and which asked neither Slack nor the settings would find the same again.
"""

import re
import threading
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import lru_cache
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.pool import Pool
from sqlmodel import SQLModel

from bot.slack.tools import Job, Tools

_WORDS = re.compile(r"\w+")
_MAY_SAY_NONE = re.compile(r"\b(?:INSERT|RETURNING)\b")
"""SQLite tells how many rows were written once they were all asked for."""
_WRITTEN = "tables written"


@dataclass(slots=True)
class Noticed:
    """What one run of a job did."""

    tables: set[str] = field(default_factory=set)
    only_looked: bool = True
    """Whether what it found depends on its tables and the clock alone, and changed nothing."""


class _Running(threading.local):
    run: Noticed | None = None


_now = _Running()
_changes: Counter[str] = Counter()
"""How often each table was written to, in any database of this process."""
_lock = threading.Lock()


class Idle:
    """Runs jobs, and leaves out those that would find the same as last time: nothing."""

    def __init__(self) -> None:
        self._seen: dict[tuple[Job, int], tuple[datetime, dict[str, int]]] = {}

    def run(self, job: Job, tools: Tools) -> None:
        key, now = (job, tools.workspace_id), tools.clock()
        seen = self._seen.pop(key, None)
        if seen is not None and seen == (now, _counted(seen[1])):
            self._seen[key] = seen
            return
        with _lock:
            before = _changes.copy()
        with _noticing() as noticed:
            watched = [_Asked(asked, noticed) for asked in (tools.slack, tools.settings)]
            job.run(replace(tools, slack=cast(Any, watched[0]), settings=cast(Any, watched[1])))
        counts = {table: before[table] for table in noticed.tables}
        if noticed.only_looked and counts:
            self._seen[key] = now, counts


def _counted(tables: dict[str, int]) -> dict[str, int]:
    return {table: _changes[table] for table in tables}


class _Asked:
    """Somebody outside the database, whose answer may be another each time."""

    def __init__(self, somebody: object, noticed: Noticed) -> None:
        self._somebody, self._noticed = somebody, noticed

    def __getattr__(self, name: str) -> Any:
        self._noticed.only_looked = False
        return getattr(self._somebody, name)


@contextmanager
def _noticing() -> Iterator[Noticed]:
    _now.run = Noticed()
    try:
        yield _now.run
    finally:
        _now.run = None


@lru_cache(100_000)
def _read(statement: str) -> tuple[bool, frozenset[str]]:
    """Whether it writes, and the tables in it; a deletion may reach every table."""
    words = set(_WORDS.findall(statement))
    tables = SQLModel.metadata.tables.keys()
    return not words.isdisjoint({"INSERT", "UPDATE", "DELETE"}), frozenset(
        tables if "DELETE" in words else words & tables
    )


@sa.event.listens_for(Engine, "after_cursor_execute")
def _note(connection: Connection, cursor: Any, statement: str, *_given: Any) -> None:
    writes, tables = _read(statement)
    wrote = writes and (cursor.rowcount != 0 or _MAY_SAY_NONE.search(statement) is not None)
    if wrote:
        _count(tables)
        connection.info.setdefault(_WRITTEN, set()).update(tables)
    if _now.run is not None:
        _now.run.tables |= tables
        _now.run.only_looked &= not wrote


@sa.event.listens_for(Pool, "checkin")
def _ended(_connection: Any, record: Any) -> None:
    """What was written is seen by others from now on at the latest; who read before saw the old."""
    _count(record.info.pop(_WRITTEN, ()))


def _count(tables: Iterable[str]) -> None:
    with _lock:
        _changes.update(tables)
