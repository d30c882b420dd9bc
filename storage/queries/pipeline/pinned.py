"""Questions about who confirmed what of a deal."""

from collections.abc import Sequence

from sqlmodel import col, select

from storage.books import Books
from storage.tables import DealPinned


def of_deal(books: Books, deal_id: int) -> Sequence[DealPinned]:
    return books.session.exec(
        select(DealPinned)
        .where(DealPinned.workspace_id == books.workspace_id, DealPinned.deal_id == deal_id)
        .order_by(col(DealPinned.what).desc())
    ).all()
