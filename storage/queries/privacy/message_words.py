"""Words in messages and deliveries, and how to take them out."""

import json
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import AutoString, col, select

from storage.books import Books
from storage.tables import InboxEvent, InboxState, OutboxMessage, OutboxState


def wordy_messages(
    books: Books,
    limit: int,
    *,
    settled_before: datetime,
    states: Collection[OutboxState],
    but_not_of: int | None = None,
) -> Sequence[int]:
    """Messages settled before then that still hold their words, but for those to one person."""
    return books.session.exec(
        select(OutboxMessage.id)
        .where(
            OutboxMessage.workspace_id == books.workspace_id,
            col(OutboxMessage.state).in_(states),
            sa.func.coalesce(OutboxMessage.sent_at, OutboxMessage.created_at) < settled_before,
            OutboxMessage.text != "",
            col(OutboxMessage.person_id).is_distinct_from(but_not_of) if but_not_of else sa.true(),
        )
        .limit(limit)
    ).all()


def silence(books: Books, ids: Collection[int]) -> None:
    """Take the words out of messages; where and when they were said stays, so that they can be updated."""
    books.session.execute(
        sa.update(OutboxMessage)
        .where(col(OutboxMessage.workspace_id) == books.workspace_id, col(OutboxMessage.id).in_(ids))
        .values(text="", blocks=[], chart=sa.null(), file_body=None, error="")
    )


def worked_events(books: Books, limit: int, *, done_before: datetime) -> Sequence[int]:
    """Deliveries worked before then whose body is still there."""
    return books.session.exec(
        select(InboxEvent.id)
        .where(
            InboxEvent.workspace_id == books.workspace_id,
            InboxEvent.state == InboxState.DONE,
            col(InboxEvent.done_at) < done_before,
            sa.cast(InboxEvent.body, sa.String) != "{}",
        )
        .limit(limit)
    ).all()


def empty_events(books: Books, ids: Collection[int]) -> None:
    """Take the bodies out of deliveries; their keys stay, so that a second delivery is still known."""
    books.session.execute(
        sa.update(InboxEvent)
        .where(col(InboxEvent.workspace_id) == books.workspace_id, col(InboxEvent.id).in_(ids))
        .values(body={}, error="")
    )


def set_aside(books: Books) -> tuple[Sequence[OutboxMessage], Sequence[InboxEvent]]:
    """Messages and deliveries that wait for an admin."""
    messages = books.session.exec(
        select(OutboxMessage).where(
            OutboxMessage.workspace_id == books.workspace_id,
            col(OutboxMessage.state).in_((OutboxState.UNKNOWN, OutboxState.DEAD)),
        )
    ).all()
    events = books.session.exec(
        select(InboxEvent).where(
            InboxEvent.workspace_id == books.workspace_id,
            col(InboxEvent.state).in_((InboxState.PARKED, InboxState.DEAD)),
        )
    ).all()
    return messages, events


def mentioning(books: Books, table: sa.Table, names: Collection[str], limit: int) -> Sequence[int]:
    """Rows in one of whose texts one of the names stands, as a text or as JSON writes it."""
    spelt = {form.lower() for name in names for form in (name, json.dumps(name)[1:-1])}
    texts = [sa.func.lower(sa.cast(column, sa.String)) for column in table.columns if _holds_text(column)]
    found = sa.or_(*(text.contains(name, autoescape=True) for text in texts for name in spelt))
    return books.session.scalars(
        sa.select(table.c.id).where(table.c.workspace_id == books.workspace_id, found).limit(limit)
    ).all()


def _holds_text(column: sa.Column[Any]) -> bool:
    return isinstance(column.type, sa.String | AutoString | sa.JSON) and not isinstance(column.type, sa.Enum)
