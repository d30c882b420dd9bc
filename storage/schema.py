"""The schema's version: what the database has, what this program needs, and the way from one to the other."""

from dataclasses import dataclass
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from bot.errors import Misconfigured
from storage import triggers
from storage.database import Database

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
    scripts = ScriptDirectory.from_config(alembic_config())
    with db.engine.connect() as connection:
        current = MigrationContext.configure(connection).get_current_revision()
    needed = scripts.get_current_head()
    if needed is None:
        raise Misconfigured("The migrations of this program are missing; install it again.")
    known = {script.revision for script in scripts.walk_revisions()}
    return SchemaStatus(current, needed, current is None or current in known)


def upgrade(db: Database) -> None:
    """Bring the database to this program's schema; a newer schema is refused."""
    require_known(status(db))
    config = alembic_config()
    with db.engine.execution_options(writes=True).begin() as connection:
        config.attributes["connection"] = connection
        triggers.remove(connection)
        command.upgrade(config, "head")
        triggers.install(connection)
    with db.begin():
        pass  # what a migration touched is counted anew


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


def alembic_config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return config
