"""Questions about deliveries."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import aliased
from sqlmodel import Session, SQLModel, col, select

from storage.tables import InboxEvent, InboxState

SET_ASIDE = (InboxState.PARKED, InboxState.DEAD)


def insert_once(session: Session, row: SQLModel) -> bool:
    """Insert unless a row with one of its unique keys stands already; says whether it was inserted."""
    statement = _insert(type(row), session.get_bind().dialect.name)
    return session.connection().execute(statement, row.model_dump(exclude_none=True)).first() is not None


@cache
def _insert(model: type[SQLModel], dialect: str) -> sa.Executable:
    """Built once, for every delivery is stored with it."""
    table: Any = model.__table__  # type: ignore[attr-defined]
    insert = sqlite.insert if dialect == "sqlite" else postgresql.insert
    return insert(table).on_conflict_do_nothing().returning(table.c.id)


def claim_due(session: Session, *, now: datetime, limit: int = 1) -> Sequence[InboxEvent]:
    """The oldest waiting event that is due and first of its name, and those of its name that follow.

    All are held by this transaction, and others pass them over.
    An event that another transaction holds still reads as waiting, so those of its name behind it are not taken
    either. One that is put off for later does not hold up the rest.
    """
    earlier = aliased(InboxEvent)
    is_first = ~sa.exists().where(
        col(earlier.workspace_id) == InboxEvent.workspace_id,
        col(earlier.name) == InboxEvent.name,
        col(earlier.state) == InboxState.WAITING,
        col(earlier.next_at) <= now,
        col(earlier.id) < InboxEvent.id,
    )
    first = session.exec(
        select(InboxEvent)
        .where(InboxEvent.state == InboxState.WAITING, col(InboxEvent.next_at) <= now, is_first)
        .order_by(col(InboxEvent.id))
        .limit(1)
        .with_for_update(skip_locked=True, of=InboxEvent)
    ).first()
    return [first, *_following(session, first, now, limit - 1)] if first else []


def _following(session: Session, first: InboxEvent, now: datetime, limit: int) -> Sequence[InboxEvent]:
    """Whoever holds the first of a name has the others to itself."""
    return session.exec(
        select(InboxEvent)
        .where(
            InboxEvent.workspace_id == first.workspace_id,
            InboxEvent.name == first.name,
            InboxEvent.state == InboxState.WAITING,
            col(InboxEvent.next_at) <= now,
            col(InboxEvent.id) > first.id,
        )
        .order_by(col(InboxEvent.id))
        .limit(limit)
        .with_for_update()
    ).all()


def is_due(session: Session, *, now: datetime) -> bool:
    due = sa.exists().where(col(InboxEvent.state) == InboxState.WAITING, col(InboxEvent.next_at) <= now)
    return bool(session.scalar(sa.select(due)))


def wait_no_longer_than(session: Session, until: datetime) -> None:
    """Nothing is put off beyond `until`: a clock that was set back would make it wait for as long."""
    session.execute(
        sa.update(InboxEvent)
        .where(col(InboxEvent.state) == InboxState.WAITING, col(InboxEvent.next_at) > until)
        .values(next_at=until)
    )


def by_id(session: Session, workspace_id: int, event_id: int) -> InboxEvent | None:
    return session.exec(
        select(InboxEvent).where(InboxEvent.workspace_id == workspace_id, InboxEvent.id == event_id)
    ).first()


def counts(session: Session) -> dict[InboxState, int]:
    """How many deliveries stand in each state, over all workspaces."""
    rows = session.exec(select(InboxEvent.state, sa.func.count()).group_by(col(InboxEvent.state)))
    return {InboxState(state): count for state, count in rows}


def oldest_waiting(session: Session) -> datetime | None:
    """When the oldest delivery that waits to be worked came in."""
    return session.exec(
        select(sa.func.min(InboxEvent.received_at)).where(InboxEvent.state == InboxState.WAITING)
    ).one()


def set_aside(session: Session) -> Sequence[InboxEvent]:
    """Deliveries that a person has to look at, oldest first."""
    return session.exec(
        select(InboxEvent).where(col(InboxEvent.state).in_(SET_ASIDE)).order_by(col(InboxEvent.id))
    ).all()
