"""Deals of AEs with what their undated fields held at a moment, and expected closes that moved to a later day."""

from collections.abc import Collection, Sequence
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.sql.elements import ColumnElement
from sqlmodel import col, select

from bot.core.enums import DealStatus, SlipCause
from storage.books import Books
from storage.queries.scorecards import held_deals
from storage.queries.scorecards.asking import parameters
from storage.queries.scorecards.spans import Span, Spans
from storage.tables import Deal, DealChange, DealField, PastClosing, SlipReason


class Worked(NamedTuple):
    """A deal that was open in a span of `rep`'s, since when, and how it had ended by the span's end.

    `span` is its place among those asked about, `changes` whatever ever changed in the deal, oldest first.
    """

    span: int
    deal: Deal
    rep: int
    open_since: datetime
    status: DealStatus
    closed_at: datetime | None
    changes: list[DealChange]


def worked(books: Books, spans: Sequence[Span], *, as_of: datetime) -> list[Worked]:
    """Deals open at any moment of the spans, as they were known, the longest open first."""
    statement = _worked(books.session.get_bind().dialect.name)
    found: dict[tuple[Any, ...], Worked] = {}
    given = parameters(books.workspace_id, spans, as_of=as_of)
    for n, deal, rep, since, status, closed_at, change in books.session.execute(statement, given):
        told = Worked(n, deal, rep, since, status, closed_at, [])
        one = found.setdefault((n, deal.id, rep, status, closed_at), told)
        if change is not None:
            one.changes.append(change)
    return list(found.values())


@cache
def _worked(dialect: str) -> sa.Select[Any]:
    span = Spans(dialect)
    own, opened = held_deals.worked(span), held_deals.open_since()
    return (
        sa.select(own.c.n, Deal, own.c.rep, opened, own.c.status, own.c.closed_at, DealChange)
        .join(own, span.owns(Deal, col(Deal.id) == own.c.deal_id))
        .outerjoin(DealChange, span.owns(DealChange, col(DealChange.deal_id) == Deal.id))
        .order_by(opened, col(Deal.id), col(DealChange.changed_at), col(DealChange.id))
    )


def last_written(books: Books) -> tuple[int, ...]:
    """What tells that deals have come or changed: how many there are, and the last of them, of their changes and of
    closings taken back.
    """
    counts = (
        sa.select(read).where(col(table.workspace_id) == books.workspace_id).scalar_subquery()
        for table, read in (
            (Deal, sa.func.count()),
            (Deal, sa.func.max(col(Deal.id))),
            (DealChange, sa.func.max(col(DealChange.id))),
            (PastClosing, sa.func.max(col(PastClosing.id))),
        )
    )
    return tuple(found or 0 for found in books.session.execute(sa.select(*counts)).one())


def recorded(books: Books, *, as_of: datetime) -> dict[DealField, bool]:
    """Which undated fields any deal of the workspace had a value in at the moment; each has an owner."""
    fields = [field for field in DealField if field is not DealField.AE]
    row = books.session.execute(
        sa.select(*(sa.func.count().filter(_has_value(field, as_of)).label(field) for field in fields)).where(
            col(Deal.workspace_id) == books.workspace_id, held_deals.open_since() <= as_of
        )
    ).one()
    return {field: bool(count) for field, count in zip(fields, row, strict=True)}


def _has_value(field: DealField, as_of: datetime) -> ColumnElement[Any]:
    """By the first change after the moment, which tells what stood before it; else by what stands."""
    next_change = (
        sa.select(col(DealChange.old).is_not(None))
        .where(
            col(DealChange.workspace_id) == Deal.workspace_id,
            col(DealChange.deal_id) == Deal.id,
            col(DealChange.field) == field,
            col(DealChange.changed_at) > as_of,
        )
        .order_by(col(DealChange.changed_at), col(DealChange.id))
        .limit(1)
        .correlate(Deal)
        .scalar_subquery()
    )
    return sa.func.coalesce(next_change, getattr(Deal, field).is_not(None))


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
