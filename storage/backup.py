"""A copy of a SQLite database in use: whole, as of one moment, while others go on writing."""

import sqlite3
from contextlib import closing
from pathlib import Path

from bot.errors import BadInput
from storage.database import Database


def back_up(db: Database, target: Path) -> None:
    """Write the copy to `target`, which must not exist; raises BadInput where that is not the way to do it.

    All pages in one step: SQLite begins anew when somebody writes between two steps, and in WAL mode nobody has to
    wait for the one.
    """
    if not db.is_sqlite or db.url.database is None:
        raise BadInput(
            "PostgreSQL is backed up with pg_dump while the bot runs; docs/operations.md says how."
        )
    if target.exists():
        raise BadInput(f"{target} exists already; name a new file.")
    unfinished = target.with_name(target.name + ".unfinished")
    with closing(sqlite3.connect(db.url.database)) as source, closing(sqlite3.connect(unfinished)) as copy:
        source.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")  # one file, with nothing beside it to forget
    unfinished.rename(target)
