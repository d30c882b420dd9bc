"""One workspace's records as one transaction sees them at one moment: what every question and change is given; and how
anything is made to happen once.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, SQLModel

from storage.audit.trail import note_new


@dataclass(frozen=True, slots=True)
class Books:
    """`now` is aware; whatever is asked, noted or said through these books happens then."""

    session: Session
    workspace_id: int
    now: datetime

    def at(self, moment: datetime) -> "Books":
        """The same records at another moment."""
        return replace(self, now=moment)

    def of(self, workspace_id: int) -> "Books":
        """Another workspace's, in the same transaction."""
        return replace(self, workspace_id=workspace_id)


def insert_once(session: Session, row: SQLModel) -> bool:
    """Insert unless a row with one of its unique keys stands already; says whether it was inserted."""
    statement = _insert(type(row), session.get_bind().dialect.name)
    inserted = session.connection().execute(statement, row.model_dump(exclude_none=True)).first()
    if inserted is not None:
        note_new(session, row, inserted.id)
    return inserted is not None


@cache
def _insert(model: type[SQLModel], dialect: str) -> sa.Executable:
    """Built once, for every delivery is stored with it."""
    table: Any = model.__table__  # type: ignore[attr-defined]
    insert = sqlite.insert if dialect == "sqlite" else postgresql.insert
    return insert(table).on_conflict_do_nothing().returning(table.c.id)
