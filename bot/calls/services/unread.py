"""What sources sent that says nothing of a call: counted by kind, so that the doctor can tell what to subscribe to."""

from datetime import datetime, timedelta

from sqlmodel import Session

from storage.books import Books
from storage.insert_once import insert_once
from storage.queries.calls import sources as queries
from storage.tables import CallUnread

LATELY = timedelta(days=7)
LONGEST_KIND = 80
MOST_KINDS = 50
"""Of one source: kinds come from outside."""


def note(books: Books, source: str, kind: str, deliveries: int) -> None:
    """So many more; what was counted before goes once a week passed without any."""
    kind = kind[:LONGEST_KIND] or "unknown"
    known = {row.kind: row for row in queries.unread(books, source)}
    if kind not in known and len(known) >= MOST_KINDS:
        return
    if kind not in known:
        row = CallUnread(
            workspace_id=books.workspace_id,
            source=source,
            kind=kind,
            deliveries=deliveries,
            last_at=books.now,
        )
        insert_once(books.session, row)
        return
    row = known[kind]
    row.deliveries = deliveries + (row.deliveries if books.now - row.last_at <= LATELY else 0)
    row.last_at = books.now


def lately(session: Session, source: str, *, now: datetime) -> list[tuple[str, int]]:
    """Kinds and how many deliveries of each, over all workspaces, the most frequent first."""
    return queries.unread_lately(session, source, since=now - LATELY)
