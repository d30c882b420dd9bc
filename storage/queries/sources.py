"""Questions about a call source as such, over all workspaces."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col, select

from storage.tables import CallToFetch, InboxEvent


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
