"""Questions about the reasons for which a workspace says that it loses."""

from collections.abc import Sequence

from sqlmodel import col, select

from storage.books import Books
from storage.tables import LossReason


def every(books: Books) -> Sequence[LossReason]:
    """Those taken off too, in their order."""
    return books.session.exec(
        select(LossReason)
        .where(LossReason.workspace_id == books.workspace_id)
        .order_by(col(LossReason.position), col(LossReason.id))
    ).all()
