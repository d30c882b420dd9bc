"""Questions about what somebody asked for and waits for: kept among the deliveries, run by workers of its own."""

from datetime import datetime
from functools import cache

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from storage.books import Books
from storage.tables import InboxEvent, InboxState

ERRAND = "errand"
"""The source of what nobody delivered: somebody in Slack asked for it."""


def claim_due(session: Session, *, now: datetime) -> InboxEvent | None:
    """The oldest errand that is due and first of its name, held by this transaction."""
    return session.scalars(_first_due(), {"now": now}).first()


def is_due(session: Session, *, now: datetime) -> bool:
    return bool(session.scalar(_is_due(), {"now": now}))


def next_due(session: Session) -> datetime | None:
    """When the earliest that waits is, or was, due; None where nothing waits."""
    return session.scalar(_next_due())


def held(books: Books, errand_id: int) -> InboxEvent | None:
    """Held by this transaction, so that nobody else takes it up meanwhile."""
    return books.session.exec(
        select(InboxEvent)
        .where(InboxEvent.workspace_id == books.workspace_id, InboxEvent.id == errand_id)
        .with_for_update()
    ).first()


@cache
def _is_due() -> sa.Select[bool]:
    """Built once, as the next: workers ask all the time, and putting it together takes longer than its answer."""
    return sa.select(sa.exists().where(*_may_be_run()))


@cache
def _next_due() -> sa.Select[datetime]:
    return sa.select(sa.func.min(InboxEvent.next_at)).where(*_waiting())


@cache
def _first_due() -> sa.Select[InboxEvent]:
    return (
        sa.select(InboxEvent)
        .where(*_may_be_run())
        .order_by(col(InboxEvent.id))
        .limit(1)
        .with_for_update(skip_locked=True, of=InboxEvent)
    )


def _may_be_run() -> tuple[sa.ColumnElement[bool], ...]:
    """What one person asked for is done in that order, even where the first is under way or put off."""
    earlier = aliased(InboxEvent)
    is_first = ~sa.exists().where(
        col(earlier.workspace_id) == InboxEvent.workspace_id,
        col(earlier.name) == InboxEvent.name,
        col(earlier.state) == InboxState.WAITING,
        col(earlier.id) < InboxEvent.id,
    )
    return (*_waiting(), col(InboxEvent.next_at) <= sa.bindparam("now"), is_first)


def _waiting() -> tuple[sa.ColumnElement[bool], ...]:
    return col(InboxEvent.state) == InboxState.WAITING, col(InboxEvent.source) == ERRAND
