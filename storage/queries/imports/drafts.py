"""Questions about files that wait for a person to say that they are read rightly."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import col, select

from storage.books import Books
from storage.tables import ImportDraft


def by_id(books: Books, draft_id: int) -> ImportDraft | None:
    return books.session.exec(
        select(ImportDraft).where(ImportDraft.workspace_id == books.workspace_id, ImportDraft.id == draft_id)
    ).first()


def drop_older(books: Books, *, sent_before: datetime) -> None:
    books.session.execute(
        sa.delete(ImportDraft).where(
            col(ImportDraft.workspace_id) == books.workspace_id, col(ImportDraft.sent_at) < sent_before
        )
    )
