"""Deals and accounts that a CRM has no longer."""

from collections.abc import Collection, Sequence

import sqlalchemy as sa
from sqlmodel import col, select

from bot.core.enums import DealStatus
from storage.books import Books
from storage.tables import AccountValue, Call, Deal


def deals(books: Books, keys: Collection[str]) -> list[Deal]:
    """Closed ones first, then those known longest."""
    is_open = col(Deal.status) == DealStatus.OPEN
    return list(
        books.session.exec(
            select(Deal)
            .where(Deal.workspace_id == books.workspace_id, col(Deal.deal_key).in_(keys))
            .order_by(is_open, col(Deal.id))
        )
    )


def hand_calls_on(books: Books, deal_ids: Collection[int], to: int | None) -> None:
    books.session.execute(
        sa.update(Call)
        .where(col(Call.workspace_id) == books.workspace_id, col(Call.deal_id).in_(deal_ids))
        .values(deal_id=to)
    )


def drop_deals(books: Books, deal_ids: Collection[int]) -> int:
    """Their history goes with them."""
    hand_calls_on(books, deal_ids, None)
    books.session.execute(
        sa.delete(Deal).where(col(Deal.workspace_id) == books.workspace_id, col(Deal.id).in_(deal_ids))
    )
    return len(deal_ids)


def latest_values(books: Books, keys: Collection[str]) -> Sequence[AccountValue]:
    of_these = (AccountValue.workspace_id == books.workspace_id, col(AccountValue.account_key).in_(keys))
    last = (
        select(AccountValue.account_key, sa.func.max(AccountValue.as_of))
        .where(*of_these)
        .group_by(AccountValue.account_key)
    )
    both = sa.tuple_(col(AccountValue.account_key), col(AccountValue.as_of))
    return books.session.exec(select(AccountValue).where(*of_these, both.in_(last))).all()
