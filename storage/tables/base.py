"""What all tables share: names of constraints, and references that cannot leave their workspace."""

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Row(SQLModel):
    """A row of one workspace. `(workspace_id, id)` is what others refer to, so no reference crosses workspaces."""

    id: int = Field(default=None, primary_key=True)
    workspace_id: int = Field(foreign_key="workspace.id", ondelete="CASCADE")


def owned() -> sa.UniqueConstraint:
    """The key that `refers` needs on the table referred to."""
    return sa.UniqueConstraint("workspace_id", "id")


def refers(column: str, table: str, *, weak: bool = False) -> sa.ForeignKeyConstraint:
    """A reference to a row of the same workspace, held by the database; what it refers to takes this row along.

    A weak one does not: who deletes the other row blanks it first.
    """
    return sa.ForeignKeyConstraint(
        ["workspace_id", column],
        [f"{table}.workspace_id", f"{table}.id"],
        ondelete="NO ACTION" if weak else "CASCADE",
    )


def unique(*columns: str) -> sa.UniqueConstraint:
    return sa.UniqueConstraint("workspace_id", *columns)


def check(name: str, condition: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(condition, name=name)


def found_by(table: str, column: str, *, called: str = "") -> sa.Index:
    """For what is mostly blank and looked for where it is not: the index holds those rows alone.

    A reference is looked for by whoever deletes what it refers to. `called` names the index where not by the column.
    """
    said = sa.text(f"{column} IS NOT NULL")
    name = f"ix_{table}_{called or column}"
    return sa.Index(name, "workspace_id", column, sqlite_where=said, postgresql_where=said)
