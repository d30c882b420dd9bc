"""Insert a row unless it stands already: how anything is made to happen once."""

from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, SQLModel

from storage.audit.trail import note_new


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
