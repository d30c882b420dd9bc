"""Questions about calls that are known in part only."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import col, select

from storage.books import Books
from storage.tables import CallNotice, CallToFetch


def of_session(books: Books, source: str, session_key: str) -> Sequence[CallNotice]:
    return books.session.exec(
        select(CallNotice)
        .where(
            CallNotice.workspace_id == books.workspace_id,
            CallNotice.source == source,
            CallNotice.session_key == session_key,
        )
        .order_by(col(CallNotice.notice_key))
    ).all()


def forget_before(books: Books, before: datetime) -> None:
    books.session.execute(
        sa.delete(CallNotice).where(
            col(CallNotice.workspace_id) == books.workspace_id, col(CallNotice.told_at) < before
        )
    )


def to_fetch(books: Books, source: str, account: str, call_key: str) -> CallToFetch | None:
    return books.session.exec(
        select(CallToFetch).where(
            CallToFetch.workspace_id == books.workspace_id,
            CallToFetch.source == source,
            CallToFetch.account == account,
            CallToFetch.call_key == call_key,
        )
    ).first()


def due_to_fetch(books: Books, source: str, *, limit: int) -> Sequence[CallToFetch]:
    """The longest due first."""
    return books.session.exec(
        select(CallToFetch)
        .where(
            CallToFetch.workspace_id == books.workspace_id,
            CallToFetch.source == source,
            col(CallToFetch.next_at) <= books.now,
        )
        .order_by(col(CallToFetch.next_at), col(CallToFetch.id))
        .limit(limit)
    ).all()
