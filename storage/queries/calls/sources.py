"""Questions about a call source as such, over all workspaces."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col, select

from storage.books import Books
from storage.tables import CallToFetch, CallUnread, InboxEvent


def last_delivery(session: Session, source: str) -> datetime | None:
    """When it was last heard; None if never, or longer ago than deliveries are kept."""
    return session.exec(
        select(sa.func.max(InboxEvent.received_at)).where(InboxEvent.source == f"calls/{source}")
    ).one()


def trouble_fetching(session: Session, source: str) -> str:
    """Why calls of this source could not be fetched lately, blank where none waits."""
    found = session.exec(
        select(CallToFetch.error)
        .where(CallToFetch.source == source, CallToFetch.error != "")
        .order_by(col(CallToFetch.next_at).desc())
        .limit(1)
    ).first()
    return found or ""


def unread(books: Books, source: str) -> Sequence[CallUnread]:
    return books.session.exec(
        select(CallUnread).where(CallUnread.workspace_id == books.workspace_id, CallUnread.source == source)
    ).all()


def unread_lately(session: Session, source: str, *, since: datetime) -> list[tuple[str, int]]:
    """By kind, over all workspaces, the most frequent first."""
    total = sa.func.sum(CallUnread.deliveries)
    rows = session.exec(
        select(CallUnread.kind, total)
        .where(CallUnread.source == source, col(CallUnread.last_at) >= since)
        .group_by(col(CallUnread.kind))
        .order_by(total.desc(), col(CallUnread.kind))
    )
    return [(kind, int(deliveries)) for kind, deliveries in rows]
