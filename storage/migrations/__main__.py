"""`python -m storage.migrations "Say what changes"` writes the next migration from the tables, numbered in order.

A column that rows which are there already must have gets the default of its table's model; where weeks are to count
something new, everybody's are counted anew.
"""

import sys
import tempfile
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic import command
from alembic.operations.ops import AddColumnOp, ExecuteSQLOp, MigrationScript, ModifyTableOps

from storage import schema
from storage.database import Database
from storage.tables import RepWeek

COUNT_ANEW = (
    "INSERT INTO rep_touched (workspace_id, person_id, day) "
    "SELECT workspace_id, person_id, DATE('1970-01-01') FROM rep_zone",
    "DELETE FROM rep_week",
    "DELETE FROM rep_zone",  # whose weeks were never counted has all of them counted at the first touch
)


def write(message: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        db = Database(f"sqlite:///{Path(folder) / 'new.db'}")
        if any((schema.MIGRATIONS / "versions").glob("[0-9]*.py")):
            schema.upgrade(db)
        config = schema.alembic_config()
        number = len(list((schema.MIGRATIONS / "versions").glob("[0-9]*.py"))) + 1
        with db.engine.execution_options(writes=True).begin() as connection:
            config.attributes["connection"] = connection
            command.revision(
                config,
                message,
                autogenerate=True,
                rev_id=f"{number:04d}",
                process_revision_directives=_for_rows_that_are_there,
            )


def _for_rows_that_are_there(_context: Any, _revision: Any, directives: list[MigrationScript]) -> None:
    for changes in directives[0].upgrade_ops_list:
        for table in [change for change in changes.ops if isinstance(change, ModifyTableOps)]:
            added = [change for change in table.ops if isinstance(change, AddColumnOp)]
            for one in added:
                one.column = _with_default(one.column)
            if added and table.table_name == RepWeek.__tablename__:
                changes.ops += map(ExecuteSQLOp, COUNT_ANEW)


def _with_default(column: sa.Column[Any]) -> sa.Column[Any]:
    default = column.default
    if column.nullable or column.server_default is not None or default is None or not default.is_scalar:
        return column
    value = default.arg  # type: ignore[attr-defined]  # a scalar default has one
    told = str(value).lower() if isinstance(value, bool) else str(value)
    return sa.Column(column.name, column.type, nullable=False, server_default=told)


if __name__ == "__main__":
    write(sys.argv[1])
