"""A copy of a SQLite database in use: whole, as of one moment, while others go on writing; and whether it is sound."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from bot.core.errors import BadInput
from storage.database import Database
from storage.engines import PRIVATE


def back_up(db: Database, target: Path) -> None:
    """Write the copy to `target`, which must not exist; raises BadInput where that is not the way to do it.

    All pages in one step: SQLite begins anew when somebody writes between two steps, and in WAL mode nobody has to
    wait for the one. A damaged database is not copied, and the copy is looked through before it has its name. Only
    whoever made it may read it.
    """
    if not db.is_sqlite or db.url.database is None:
        raise BadInput(
            "PostgreSQL is backed up with pg_dump while the bot runs; docs/operations.md says how."
        )
    if target.exists():
        raise BadInput(f"{target} exists already; name a new file.")
    if not target.parent.is_dir():
        raise BadInput(f"There is no folder {target.parent}; make it first, or name another.")
    if not Path(db.url.database).exists():
        raise BadInput(f"There is no database {db.url.database} yet; the bot makes it when it starts.")
    unfinished = target.with_name(target.name + ".unfinished")
    with _sentences(target):
        _require_sound(Path(db.url.database), "The database")
        unfinished.unlink(missing_ok=True)
        os.close(os.open(unfinished, os.O_CREAT | os.O_EXCL | os.O_WRONLY, PRIVATE))
        with (
            closing(sqlite3.connect(db.url.database)) as source,
            closing(sqlite3.connect(unfinished)) as copy,
        ):
            source.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")  # one file, with nothing beside it to forget
        _require_sound(unfinished, "The copy")
        unfinished.rename(target)


def damage(path: Path) -> str:
    """What SQLite finds wrong with the file, in its words; blank where nothing is."""
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
            found = [str(row[0]) for row in connection.execute("PRAGMA quick_check(3)")]
    except sqlite3.DatabaseError as error:
        return str(error)
    return "" if found == ["ok"] else "; ".join(found)


def _require_sound(path: Path, what: str) -> None:
    if wrong := damage(path):
        raise BadInput(
            f"{what} is damaged ({wrong.splitlines()[0]}), so nothing was copied. Keep the file, and restore your "
            "last good backup; docs/operations.md says how."
        )


@contextmanager
def _sentences(target: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise BadInput(f"{target} cannot be written: {error.strerror or error}.") from error
    except sqlite3.Error as error:
        raise BadInput(f"The database cannot be copied to {target}: {error}.") from error
