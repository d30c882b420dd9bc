"""Questions about call sources: how much they tell, when they were last heard, and when nobody listened."""

from collections.abc import Collection, Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col, select

from storage.books import Books
from storage.tables import Call, CallGap, CallToFetch, CallUnread, InboxEvent, Pulse


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


def pulse(books: Books) -> Pulse | None:
    return books.session.exec(
        select(Pulse).where(Pulse.workspace_id == books.workspace_id).with_for_update()
    ).first()


def last_ends(books: Books, sources: Collection[str], *, since: datetime) -> dict[str, datetime]:
    """By source, the end of its latest call that ended since then."""
    rows = books.session.exec(
        select(Call.source, sa.func.max(Call.ended_at))
        .where(
            Call.workspace_id == books.workspace_id,
            col(Call.source).in_(sources),
            col(Call.ended_at) >= since,
        )
        .group_by(col(Call.source))
    )
    return dict(rows.all())


def counts(books: Books, source: str, spans: Sequence[tuple[datetime, datetime]]) -> list[int]:
    """Calls of the source that ended in each span, [since, until); the table is looked through once."""
    ended = col(Call.ended_at)
    inside = [sa.and_(ended >= since, ended < until) for since, until in spans]
    row = books.session.execute(
        sa.select(*(sa.func.count(sa.case((one, 1))) for one in inside)).where(
            col(Call.workspace_id) == books.workspace_id,
            col(Call.source) == source,
            ended >= min(since for since, _ in spans),
        )
    ).one()
    return list(row)


def gaps(books: Books) -> Sequence[CallGap]:
    """The latest first."""
    return books.session.exec(
        select(CallGap)
        .where(CallGap.workspace_id == books.workspace_id)
        .order_by(col(CallGap.since).desc(), col(CallGap.source))
    ).all()


def all_gaps(session: Session) -> Sequence[CallGap]:
    """Of all workspaces, the latest first."""
    return session.exec(select(CallGap).order_by(col(CallGap.since).desc(), col(CallGap.source))).all()
