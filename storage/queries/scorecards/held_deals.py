"""Whose deals were whose, and how they had ended, as it was known at a moment.

A closed deal is its owner's at the closing, an open one its owner's at the span's end; later owners change neither. A
closing that was taken back or corrected stands until then.
"""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlalchemy.sql.elements import ColumnElement
from sqlmodel import col

from bot.core.enums import DealStatus
from storage.queries.scorecards.spans import Expression, Spans
from storage.tables import Deal, DealChange, DealField, PastClosing
from storage.types import UTCDateTime, one_of


def open_since() -> ColumnElement[datetime]:
    """When a deal was opened; where nobody knows, its first import, or its closing if that came before."""
    first_known = sa.case(
        (col(Deal.closed_at) < col(Deal.first_seen_at), col(Deal.closed_at)), else_=col(Deal.first_seen_at)
    )
    return sa.func.coalesce(col(Deal.opened_at), first_known)


def closings(span: Spans) -> sa.Subquery:
    """Deals closed in the span, by those who closed them: `n deal_id status closed_at opened_at handoff_id`.

    `known` holds where it was so at `as_of`; it was, or was no more, from `known_at` on.
    """
    stands = sa.or_(col(Deal.taken_back_at).is_(None), col(Deal.taken_back_at) <= span.as_of)
    now: dict[str, Expression] = {
        "status": col(Deal.status),
        "closed_at": col(Deal.closed_at),
        "known": stands,
        "known_at": col(Deal.taken_back_at),
        **_deal(span),
    }
    held = span.hold(col(Deal.closed_at))
    own = span.rows(Deal, col(Deal.ae_id), col(Deal.closed_by_id).is_(None), held, **now)
    given_on = span.rows(Deal, col(Deal.closed_by_id), held, **now)
    then = span.rows(
        PastClosing,
        col(PastClosing.ae_id),
        span.hold(col(PastClosing.closed_at)),
        status=col(PastClosing.status),
        closed_at=col(PastClosing.closed_at),
        known=_stood(span),
        known_at=col(PastClosing.taken_back_at),
        **_deal(span),
    ).join(Deal, span.owns(Deal, col(Deal.id) == PastClosing.deal_id))
    return sa.union_all(own, given_on, then).subquery("closing")


def worked(span: Spans) -> sa.Subquery:
    """Deals open at any moment of the span: `rep n deal_id status closed_at`; what closes after it is open in it."""
    closed = closings(span)
    told = sa.select(closed.c.rep, closed.c.n, closed.c.deal_id, closed.c.status, closed.c.closed_at)
    return sa.union_all(told.where(closed.c.known), _left_open(span), _handed_on(span)).subquery("worked")


def _deal(span: Spans) -> dict[str, Expression]:
    return {
        "n": span.n,
        "deal_id": col(Deal.id),
        "opened_at": col(Deal.opened_at),
        "handoff_id": col(Deal.handoff_id),
    }


def _left_open(span: Spans) -> sa.Select[Any]:
    """Open at the span's end, and its present owner's since before it."""
    had = sa.or_(col(Deal.owner_since).is_(None), col(Deal.owner_since) < span.until)
    return span.rows(Deal, col(Deal.ae_id), *_open_at_end(span), had, **_as_open(span))


def _handed_on(span: Spans) -> sa.Select[Any]:
    """Open at the span's end, and given on only after it."""
    sooner = aliased(DealChange)
    was_given_sooner = sa.exists().where(
        span.owns(
            sooner,
            col(sooner.deal_id) == DealChange.deal_id,
            col(sooner.field) == DealField.AE,
            col(sooner.changed_at) >= span.until,
            sa.tuple_(col(sooner.changed_at), col(sooner.id))
            < sa.tuple_(col(DealChange.changed_at), col(DealChange.id)),
        )
    )
    given = span.owns(
        DealChange,
        col(DealChange.field)
        == sa.literal_column("'ae_id'"),  # so that SQLite sees that its index is for these
        col(DealChange.old) == sa.cast(span.rep, sa.String),
        col(DealChange.changed_at) >= span.until,
        ~was_given_sooner,
    )
    told: list[Expression] = [column.label(name) for name, column in _as_open(span).items()]
    return (
        sa.select(span.rep, *told)
        .join_from(span.rep.table, DealChange, given)
        .join(Deal, span.owns(Deal, col(Deal.id) == DealChange.deal_id, *_open_at_end(span)))
    )


def _open_at_end(span: Spans) -> tuple[Expression, ...]:
    then = (
        sa.select(col(PastClosing.closed_at))
        .where(
            span.owns(
                PastClosing,
                col(PastClosing.deal_id) == Deal.id,
                col(PastClosing.taken_back_at) > span.as_of,
            )
        )
        .order_by(col(PastClosing.taken_back_at), col(PastClosing.id))
        .limit(1)
        .correlate(Deal)
        .scalar_subquery()
    )
    was_taken_back = col(Deal.taken_back_at) > span.as_of
    closed_at = sa.case((was_taken_back, then), else_=col(Deal.closed_at))
    return open_since() < span.until, sa.or_(closed_at.is_(None), closed_at >= span.until)


def _as_open(span: Spans) -> dict[str, Expression]:
    return {
        "n": span.n,
        "deal_id": col(Deal.id),
        "status": sa.literal(DealStatus.OPEN, one_of(DealStatus)),
        "closed_at": sa.cast(sa.null(), UTCDateTime),
    }


def _stood(span: Spans) -> Expression:
    """Whether a closing was not yet taken back, and is the one that stood then."""
    sooner = aliased(PastClosing)
    was_another = sa.exists().where(
        span.owns(
            sooner,
            col(sooner.deal_id) == PastClosing.deal_id,
            col(sooner.taken_back_at) > span.as_of,
            sa.tuple_(col(sooner.taken_back_at), col(sooner.id))
            < sa.tuple_(col(PastClosing.taken_back_at), col(PastClosing.id)),
        )
    )
    return sa.and_(col(PastClosing.taken_back_at) > span.as_of, ~was_another)
