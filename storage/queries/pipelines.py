"""Deals of AEs with what their undated fields held at a moment."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.sql.elements import ColumnElement
from sqlmodel import Session, col, select

from storage.queries.results import open_since
from storage.tables import Deal, DealChange, DealField


def worked(
    session: Session, workspace_id: int, aes: Collection[int], since: datetime, until: datetime
) -> Sequence[tuple[Deal, datetime]]:
    """Deals open at any moment of [since, until), each with the moment since which it is open, oldest first."""
    opened = open_since()
    return session.exec(
        select(Deal, opened)
        .where(
            Deal.workspace_id == workspace_id,
            col(Deal.ae_id).in_(aes),
            opened < until,
            sa.or_(col(Deal.closed_at).is_(None), col(Deal.closed_at) >= since),
        )
        .order_by(opened, col(Deal.id))
    ).all()


def changes(
    session: Session, workspace_id: int, aes: Collection[int], since: datetime
) -> Sequence[DealChange]:
    """What changed in the deals of these AEs that were not over before `since`, oldest first."""
    return session.exec(
        select(DealChange)
        .join(
            Deal, (col(Deal.workspace_id) == DealChange.workspace_id) & (col(Deal.id) == DealChange.deal_id)
        )
        .where(
            DealChange.workspace_id == workspace_id,
            col(Deal.ae_id).in_(aes),
            sa.or_(col(Deal.closed_at).is_(None), col(Deal.closed_at) >= since),
        )
        .order_by(col(DealChange.changed_at), col(DealChange.id))
    ).all()


def recorded(session: Session, workspace_id: int, *, as_of: datetime) -> dict[DealField, bool]:
    """Which undated fields any deal of the workspace had a value in at the moment."""
    row = session.execute(
        sa.select(
            *(sa.func.count().filter(_has_value(field, as_of)).label(field) for field in DealField)
        ).where(col(Deal.workspace_id) == workspace_id, open_since() <= as_of)
    ).one()
    return {field: bool(count) for field, count in zip(DealField, row, strict=True)}


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
