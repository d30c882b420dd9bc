"""Questions about who did what."""

from collections.abc import Collection, Sequence

import sqlalchemy as sa
from sqlmodel import col, select

from bot.core.enums import AuditAct
from storage.books import Books
from storage.tables import AuditEntry


def newest(books: Books, limit: int) -> Sequence[AuditEntry]:
    """Newest first."""
    return books.session.exec(
        select(AuditEntry)
        .where(AuditEntry.workspace_id == books.workspace_id)
        .order_by(col(AuditEntry.id).desc())
        .limit(limit)
    ).all()


def changes(
    books: Books, settings: Collection[str], team_id: int | None, *, after: int = 0
) -> Sequence[AuditEntry]:
    """Of any of the settings, after the entry of that number, oldest first."""
    named = [col(AuditEntry.what).startswith(f"{setting}: ", autoescape=True) for setting in settings]
    return books.session.exec(
        select(AuditEntry)
        .where(
            AuditEntry.workspace_id == books.workspace_id,
            AuditEntry.act == AuditAct.SET,
            sa.or_(*named, col(AuditEntry.what).in_(settings)),
            AuditEntry.team_id == team_id,
            col(AuditEntry.id) > after,
        )
        .order_by(col(AuditEntry.id))
    ).all()
