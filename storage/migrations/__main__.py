"""`python -m storage.migrations "Say what changes"` writes the next migration from the tables, numbered in order."""

import sys
import tempfile
from pathlib import Path

from alembic import command

from storage import schema
from storage.database import Database


def main(message: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        db = Database(f"sqlite:///{Path(folder) / 'new.db'}")
        if any((schema.MIGRATIONS / "versions").glob("[0-9]*.py")):
            schema.upgrade(db)
        config = schema.alembic_config()
        number = len(list((schema.MIGRATIONS / "versions").glob("[0-9]*.py"))) + 1
        with db.engine.execution_options(writes=True).begin() as connection:
            config.attributes["connection"] = connection
            command.revision(config, message, autogenerate=True, rev_id=f"{number:04d}")


main(sys.argv[1])
