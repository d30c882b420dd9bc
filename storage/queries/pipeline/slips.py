"""Questions about expected closes that moved to a later day, and what their AEs say has changed."""

from collections.abc import Collection, Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import col, select

from bot.core.enums import DealStatus, SlipCause
from storage.books import Books
from storage.tables import Deal, DealChange, DealField, SlipReason

_LATER = sa.and_(col(DealChange.field) == DealField.EXPECTED_CLOSE, col(DealChange.new) > col(DealChange.old))
"""Days are written as texts whose order is theirs; a first day and one taken away are no move."""


def moves(books: Books, deal_ids: Collection[int]) -> Sequence[DealChange]:
    """Of these deals, oldest first."""
    return books.session.exec(
        select(DealChange)
        .where(DealChange.workspace_id == books.workspace_id, col(DealChange.deal_id).in_(deal_ids), _LATER)
        .order_by(col(DealChange.changed_at), col(DealChange.id))
    ).all()


def moved_since(books: Books, ae_id: int, since: datetime) -> Sequence[Deal]:
    """The AE's open deals that moved since then."""
    has_moved = sa.exists().where(
        col(DealChange.workspace_id) == Deal.workspace_id,
        col(DealChange.deal_id) == Deal.id,
        col(DealChange.changed_at) >= since,
        _LATER,
    )
    return books.session.exec(
        select(Deal)
        .where(
            Deal.workspace_id == books.workspace_id,
            Deal.ae_id == ae_id,
            Deal.status == DealStatus.OPEN,
            has_moved,
        )
        .order_by(col(Deal.id))
    ).all()


def explained(books: Books, deal_ids: Collection[int]) -> Sequence[tuple[int, datetime]]:
    """The moves of these deals of which it was said why: the deal, and when the move was written down."""
    return books.session.exec(
        select(SlipReason.deal_id, SlipReason.moved_at).where(
            SlipReason.workspace_id == books.workspace_id, col(SlipReason.deal_id).in_(deal_ids)
        )
    ).all()


def causes(books: Books, *, as_of: datetime) -> Sequence[tuple[int, SlipCause]]:
    """What was said by the moment, with the deal it was said of."""
    rows = books.session.exec(
        select(SlipReason).where(
            SlipReason.workspace_id == books.workspace_id, col(SlipReason.said_at) <= as_of
        )
    )
    return [(row.deal_id, row.cause) for row in rows]
