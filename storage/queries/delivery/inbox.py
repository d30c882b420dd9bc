"""Questions about deliveries."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from storage.books import Books
from storage.queries.delivery.errands import ERRAND
from storage.tables import InboxEvent, InboxState

SET_ASIDE = (InboxState.PARKED, InboxState.DEAD)


def claim_due(session: Session, *, now: datetime, limit: int = 1) -> Sequence[InboxEvent]:
    """The oldest waiting event that is due and first of its name, and those of its name that follow.

    All are held by this transaction, and others pass them over.
    An event that another transaction holds still reads as waiting, so those of its name behind it are not taken
    either. One that is put off for later does not hold up the rest.
    """
    given = {"now": now}
    first = session.scalars(_first_due(), given).first()
    return [first, *session.scalars(_following(), {**given, **_beside(first, limit - 1)})] if first else []


def _beside(first: InboxEvent, limit: int) -> dict[str, Any]:
    """Whoever holds the first of a name has the others to itself."""
    return {"workspace_id": first.workspace_id, "name": first.name, "first_id": first.id, "most": limit}


def is_due(session: Session, *, now: datetime) -> bool:
    return bool(session.scalar(_is_due(), {"now": now}))


def next_due(session: Session) -> datetime | None:
    """When the earliest that waits is, or was, due; None where nothing waits."""
    return session.scalar(_next_due())


@cache
def _first_due() -> sa.Select[InboxEvent]:
    """Built once, as the next: workers ask all the time, and putting it together takes longer than its answer."""
    earlier = aliased(InboxEvent)
    is_first = ~sa.exists().where(
        col(earlier.workspace_id) == InboxEvent.workspace_id,
        col(earlier.name) == InboxEvent.name,
        col(earlier.state) == InboxState.WAITING,
        col(earlier.next_at) <= sa.bindparam("now"),
        col(earlier.id) < InboxEvent.id,
    )
    return (
        sa.select(InboxEvent)
        .where(*_waiting(), is_first)
        .order_by(col(InboxEvent.id))
        .limit(1)
        .with_for_update(skip_locked=True, of=InboxEvent)
    )


@cache
def _following() -> sa.Select[InboxEvent]:
    return (
        sa.select(InboxEvent)
        .where(
            col(InboxEvent.workspace_id) == sa.bindparam("workspace_id"),
            col(InboxEvent.name) == sa.bindparam("name"),
            col(InboxEvent.id) > sa.bindparam("first_id"),
            *_waiting(),
        )
        .order_by(col(InboxEvent.id))
        .limit(sa.bindparam("most", type_=sa.Integer))
        .with_for_update()
    )


@cache
def _is_due() -> sa.Select[bool]:
    return sa.select(sa.exists().where(*_waiting()))


@cache
def _next_due() -> sa.Select[datetime]:
    waits = col(InboxEvent.state) == InboxState.WAITING, col(InboxEvent.source) != ERRAND
    return sa.select(sa.func.min(InboxEvent.next_at)).where(*waits)


def _waiting() -> tuple[sa.ColumnElement[bool], ...]:
    """But for errands, which have workers of their own."""
    return (
        col(InboxEvent.state) == InboxState.WAITING,
        col(InboxEvent.source) != ERRAND,
        col(InboxEvent.next_at) <= sa.bindparam("now"),
    )


def bring_forward(session: Session, by: timedelta) -> None:
    """Everything that waits is due so much earlier; more often than once is sooner, and no harm."""
    waiting = session.exec(select(InboxEvent).where(InboxEvent.state == InboxState.WAITING).with_for_update())
    for event in waiting:
        event.next_at -= by


def wait_no_longer_than(session: Session, until: datetime) -> None:
    """Nothing is put off beyond `until`: a clock that was set back would make it wait for as long."""
    session.execute(
        sa.update(InboxEvent)
        .where(col(InboxEvent.state) == InboxState.WAITING, col(InboxEvent.next_at) > until)
        .values(next_at=until)
    )


def by_id(books: Books, event_id: int) -> InboxEvent | None:
    return books.session.exec(
        select(InboxEvent).where(InboxEvent.workspace_id == books.workspace_id, InboxEvent.id == event_id)
    ).first()


def counts(session: Session) -> dict[InboxState, int]:
    """How many deliveries stand in each state, over all workspaces."""
    rows = session.exec(select(InboxEvent.state, sa.func.count()).group_by(col(InboxEvent.state)))
    return {InboxState(state): count for state, count in rows}


def waiting(session: Session) -> Sequence[InboxEvent]:
    """Over all workspaces, oldest first."""
    return session.exec(
        select(InboxEvent).where(InboxEvent.state == InboxState.WAITING).order_by(col(InboxEvent.id))
    ).all()


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
