"""The leads and deals behind the figures, as a workbook lists them."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.sql.elements import ColumnElement
from sqlmodel import Session, col

from bot.words import DealStatus, Decision
from storage.queries.exports import counted
from storage.queries.results import open_since
from storage.queries.spans import Expression, Span, Spans, ask
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
    """Handoffs that an SDR passed or an AE decided in their span, each once."""
    own = {span.rep: span for span in spans}
    for span in spans:
        yield from map(HandoffRow._make, ask(session, _passed, workspace_id, [span], as_of=as_of))
        for row in map(HandoffRow._make, ask(session, _decided, workspace_id, [span], as_of=as_of)):
            sdr = own.get(row.sdr)
            if sdr is None or not sdr.since <= row.passed_at < sdr.until:
                yield row


def count_handoffs(session: Session, workspace_id: int, spans: Sequence[Span], *, as_of: datetime) -> int:
    """How many at most: one that was passed and decided by reps of the spans counts twice."""
    questions = (_passed_counted, _decided_counted)
    return sum(int(ask(session, one, workspace_id, spans, as_of=as_of)[0][0]) for one in questions)


def deals(session: Session, workspace_id: int, span: Span, *, as_of: datetime) -> dict[int, DealRow]:
    """An AE's deals that were open at any moment of the span, by id."""
    found = map(DealRow._make, ask(session, _deals, workspace_id, [span], as_of=as_of))
    return {deal.id: deal for deal in found}


def count_deals(session: Session, workspace_id: int, spans: Sequence[Span], *, as_of: datetime) -> int:
    return int(ask(session, _deals_counted, workspace_id, spans, as_of=as_of)[0][0])


def _deals(span: Spans) -> sa.Select[Any]:
    accepted = span.owns(
        Handoff,
        col(Handoff.id) == Deal.handoff_id,
        col(Handoff.ae_id) == Deal.ae_id,
        col(Handoff.decision) == Decision.ACCEPTED,
        col(Handoff.decided_at) <= span.as_of,
    )
    of_ae = span.owns(
        Deal,
        col(Deal.ae_id) == span.rep,
        open_since() < span.until,
        sa.or_(col(Deal.closed_at).is_(None), col(Deal.closed_at) >= span.since),
    )
    told: list[Expression] = [col(Deal.id), col(Deal.deal_key), col(Deal.status), col(Deal.opened_at)]
    return (
        sa.select(*told, col(Deal.loss_reason), col(Handoff.id).is_not(None))
        .join_from(span.rep.table, Deal, of_ae)
        .outerjoin(Handoff, accepted)
    )


def _deals_counted(span: Spans) -> sa.Select[Any]:
    return counted(_deals(span))


def _passed_counted(span: Spans) -> sa.Select[Any]:
    return counted(_passed(span))


def _decided_counted(span: Spans) -> sa.Select[Any]:
    return counted(_decided(span))


def _passed(span: Spans) -> sa.Select[Any]:
    return _handoffs(span, col(Handoff.sdr_id) == span.rep, span.hold(col(Handoff.passed_at)))


def _decided(span: Spans) -> sa.Select[Any]:
    return _handoffs(span, col(Handoff.ae_id) == span.rep, span.hold(col(Handoff.decided_at)))


def _handoffs(span: Spans, *theirs: Expression) -> sa.Select[Any]:
    """As they were known: a decision that came later is not told."""

    def known(column: Expression) -> ColumnElement[Any]:
        return sa.case((col(Handoff.decided_at) <= span.as_of, column))

    return (
        sa.select(
            *(col(Handoff.sdr_id), col(Handoff.ae_id), col(Handoff.company), col(Handoff.contact)),
            col(Handoff.passed_at),
            known(col(Handoff.decision)),
            known(col(Handoff.decided_at)),
            sa.func.coalesce(known(col(Handoff.reason)), ""),
            known(col(Handoff.criteria_met)),
            col(Handoff.teaches),
        )
        .join_from(span.rep.table, Handoff, span.owns(Handoff, *theirs))
        .order_by(col(Handoff.passed_at), col(Handoff.id))
    )
