"""The leads and deals behind the figures, as a workbook lists them."""

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.sql.elements import ColumnElement
from sqlmodel import Session, col

from bot.words import DealStatus, Decision
from storage.queries.exports import count, stream
from storage.queries.results import open_since
from storage.queries.spans import Expression, Span, Spans
from storage.tables import Deal, Handoff


class HandoffRow(NamedTuple):
    """`decision` is None where it was not taken yet at the moment asked for."""

    sdr: int
    ae: int
    company: str
    contact: str
    passed_at: datetime
    decision: Decision | None
    decided_at: datetime | None
    reason: str
    criteria_met: bool | None
    teaches: bool


class DealRow(NamedTuple):
    """What a deal does not change over time, and how it ended."""

    id: int
    key: str
    status: DealStatus
    opened_at: datetime | None
    loss_reason: str
    from_accepted_lead: bool


def handoffs(
    session: Session, workspace_id: int, spans: Sequence[Span], *, as_of: datetime
) -> Iterator[HandoffRow]:
    """Handoffs that an SDR passed or an AE decided in their span."""
    return stream(session, HandoffRow, _handoffs(session, workspace_id, spans, as_of))


def count_handoffs(session: Session, workspace_id: int, spans: Sequence[Span], *, as_of: datetime) -> int:
    return count(session, _handoffs(session, workspace_id, spans, as_of))


def deals(session: Session, workspace_id: int, span: Span, *, as_of: datetime) -> dict[int, DealRow]:
    """One AE's deals that were open at any moment of the span, by id."""
    accepted = sa.and_(
        col(Handoff.workspace_id) == Deal.workspace_id,
        col(Handoff.id) == Deal.handoff_id,
        col(Handoff.ae_id) == Deal.ae_id,
        col(Handoff.decision) == Decision.ACCEPTED,
        col(Handoff.decided_at) <= as_of,
    )
    statement = (
        sa.select(
            col(Deal.id),
            col(Deal.deal_key),
            col(Deal.status),
            col(Deal.opened_at),
            col(Deal.loss_reason),
            col(Handoff.id).is_not(None),
        )
        .outerjoin(Handoff, accepted)
        .where(_worked(workspace_id, [span.rep], span.since, span.until))
    )
    return {row.id: row for row in stream(session, DealRow, statement)}


def count_deals(
    session: Session, workspace_id: int, aes: Collection[int], since: datetime, until: datetime
) -> int:
    return count(session, sa.select(col(Deal.id)).where(_worked(workspace_id, aes, since, until)))


def _worked(workspace_id: int, aes: Collection[int], since: datetime, until: datetime) -> ColumnElement[bool]:
    return sa.and_(
        col(Deal.workspace_id) == workspace_id,
        col(Deal.ae_id).in_(aes),
        open_since() < until,
        sa.or_(col(Deal.closed_at).is_(None), col(Deal.closed_at) >= since),
    )


def _handoffs(session: Session, workspace_id: int, spans: Sequence[Span], as_of: datetime) -> sa.Select[Any]:
    span = Spans(session, workspace_id, spans)
    sdr, ae = (span.rep.table.alias(name) for name in ("sdr", "ae"))
    decided = col(Handoff.decided_at) <= as_of

    def known(column: Expression) -> ColumnElement[Any]:
        return sa.case((decided, column))

    passed_here = (
        (sdr.c.rep == Handoff.sdr_id)
        & (col(Handoff.passed_at) >= sdr.c.since)
        & (col(Handoff.passed_at) < sdr.c.until)
    )
    decided_here = (
        (ae.c.rep == Handoff.ae_id)
        & (col(Handoff.decided_at) >= ae.c.since)
        & (col(Handoff.decided_at) < ae.c.until)
    )
    return (
        sa.select(
            col(Handoff.sdr_id),
            col(Handoff.ae_id),
            col(Handoff.company),
            col(Handoff.contact),
            col(Handoff.passed_at),
            known(col(Handoff.decision)),
            known(col(Handoff.decided_at)),
            sa.func.coalesce(known(col(Handoff.reason)), ""),
            known(col(Handoff.criteria_met)),
            col(Handoff.teaches),
        )
        .outerjoin(sdr, passed_here)
        .outerjoin(ae, decided_here)
        .where(
            col(Handoff.workspace_id) == workspace_id,
            sa.or_(sdr.c.rep.is_not(None), ae.c.rep.is_not(None)),
        )
        .order_by(col(Handoff.sdr_id), col(Handoff.passed_at), col(Handoff.id))
    )
