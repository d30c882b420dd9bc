"""The schema's version: what the database has, what this program needs, and the way from one to the other."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.core.errors import Misconfigured
from storage import triggers
from storage.database import Database

if TYPE_CHECKING:
    from alembic.config import Config

TURN = 0x636F726E65726D61
"""The number of our advisory lock, which no other program takes."""
MIGRATIONS = Path(__file__).parent / "migrations"


@dataclass(frozen=True, slots=True)
class SchemaStatus:
    current: str | None
    """None: an empty database."""
    needed: str
    is_known: bool
    """False: a newer program has migrated this database."""

    @property
    def is_current(self) -> bool:
        return self.current == self.needed


def status(db: Database) -> SchemaStatus:
    current, revisions = _current(db), _revisions()
    needed = set(revisions) - set(revisions.values())
    if len(needed) != 1:
        raise Misconfigured("The migrations of this program are missing; install it again.")
    return SchemaStatus(current, needed.pop(), current is None or current in revisions)


def _current(db: Database) -> str | None:
    with db.engine.connect() as connection:
        if not sa.inspect(connection).has_table("alembic_version"):
            return None
        current: str | None = connection.scalar(sa.text("SELECT version_num FROM alembic_version"))
        return current


def pending(db: Database) -> list[str]:
    """The numbers of the migrations that `upgrade` would run, oldest first."""
    before, found = _revisions(), status(db)
    numbers: list[str] = []
    at: str | None = found.needed
    while at is not None and at != found.current:
        numbers.insert(0, at)
        at = before[at]
    return numbers


def source(number: str) -> str:
    """A migration as it is written."""
    (file,) = (MIGRATIONS / "versions").glob(f"{number}_*.py")
    return file.read_text(encoding="utf-8")


@cache
def _revisions() -> dict[str, str | None]:
    """Each migration with the one before it, as their files say: Alembic, which runs them, takes .3 s to import."""
    found = {}
    for file in (MIGRATIONS / "versions").glob("[0-9]*.py"):
        said = dict(
            re.findall(r"^(revision|down_revision) = ['\"](\w+)['\"]", file.read_text(encoding="utf-8"), re.M)
        )
        found[said["revision"]] = said.get("down_revision")
    return found


def upgrade(db: Database) -> None:
    """Bring the database to this program's schema; a newer schema is refused. One that has it is left as it is."""
    found = status(db)
    require_known(found)
    if found.is_current and _has_triggers(db):
        return
    from alembic import command  # noqa: PLC0415  0.3 s, for who has something to migrate

    config = alembic_config()
    with migrating(db) as connection:
        _take_turns(connection)
        config.attributes["connection"] = connection
        triggers.remove(connection)
        command.upgrade(config, "head")
        triggers.install(connection)
    with db.begin():
        pass  # what a migration touched is counted anew


def _has_triggers(db: Database) -> bool:
    with db.engine.connect() as connection:
        return triggers.are_current(connection)


@contextmanager
def migrating(db: Database) -> Iterator[Connection]:
    """A transaction that may copy a table, drop the old one and rename the copy, as SQLite needs for many changes.

    There references are not followed meanwhile: dropping the old table would take along every row that refers to it.
    They are looked through before the commit instead. Raises RuntimeError where one leads nowhere.
    """
    with db.engine.execution_options(writes=True, migrates=True).begin() as connection:
        yield connection
        if db.is_sqlite and (lost := connection.exec_driver_sql("PRAGMA foreign_key_check").all()):
            raise RuntimeError(
                f"a migration left {len(lost)} references that lead nowhere, the first: {lost[0]}"
            )
    if db.is_sqlite:
        db.engine.dispose()  # its connections follow references again


def _take_turns(connection: Connection) -> None:
    """One process upgrades, the others wait for it and find it done. SQLite's one writer does so by itself."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("SET LOCAL lock_timeout = 0")
        connection.exec_driver_sql("SET LOCAL statement_timeout = 0")
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({TURN})")


def require_known(found: SchemaStatus) -> None:
    if not found.is_known:
        raise Misconfigured(
            f"The database has schema {found.current}, which is newer than this program knows ({found.needed}). "
            "Run the newer version of Cornerman, or restore the backup made before the upgrade."
        )


def require_current(found: SchemaStatus) -> None:
    require_known(found)
    if not found.is_current:
        raise Misconfigured(
            f"The database has schema {found.current or 'none'} and this program needs {found.needed}. "
            "Run `cornerman db upgrade`, or start with `cornerman run --upgrade`."
        )


def alembic_config() -> "Config":
    from alembic.config import Config  # noqa: PLC0415  as above

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return config
