"""The leads and deals behind the figures, as a workbook lists them."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.sql.elements import ColumnElement
from sqlmodel import col

from bot.core.enums import DealStatus, Decision
from storage.books import Books
from storage.queries.scorecards import held_deals
from storage.queries.scorecards.asking import ask
from storage.queries.scorecards.results import taught
from storage.queries.scorecards.spans import Expression, Span, Spans
from storage.queries.workbook.records import counted
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
    """What a deal does not change over time, and how it had ended by the span's end."""

    id: int
    key: str
    status: DealStatus
    opened_at: datetime | None
    loss_reason: str
    from_accepted_lead: bool


def handoffs(books: Books, spans: Sequence[Span], *, as_of: datetime) -> Iterator[HandoffRow]:
    """Handoffs that an SDR passed or an AE decided in their span, each once."""
    own = {span.rep: span for span in spans}
    for span in spans:
        yield from map(HandoffRow._make, ask(books.session, _passed, books.workspace_id, [span], as_of=as_of))
        for row in map(
            HandoffRow._make, ask(books.session, _decided, books.workspace_id, [span], as_of=as_of)
        ):
            sdr = own.get(row.sdr)
            if sdr is None or not sdr.since <= row.passed_at < sdr.until:
                yield row


def count_handoffs(books: Books, spans: Sequence[Span], *, as_of: datetime) -> int:
    """How many at most: one that was passed and decided by reps of the spans counts twice."""
    questions = (_passed_counted, _decided_counted)
    return sum(
        int(ask(books.session, one, books.workspace_id, spans, as_of=as_of)[0][0]) for one in questions
    )


def deals(books: Books, span: Span, *, as_of: datetime) -> dict[int, DealRow]:
    """An AE's deals that were open at any moment of the span, by id."""
    found = map(DealRow._make, ask(books.session, _deals, books.workspace_id, [span], as_of=as_of))
    return {deal.id: deal for deal in found}


def count_deals(books: Books, spans: Sequence[Span], *, as_of: datetime) -> int:
    return int(ask(books.session, _deals_counted, books.workspace_id, spans, as_of=as_of)[0][0])


def _deals(span: Spans) -> sa.Select[Any]:
    own = held_deals.worked(span)
    accepted = span.owns(
        Handoff,
        col(Handoff.id) == Deal.handoff_id,
        col(Handoff.ae_id) == own.c.rep,
        col(Handoff.decision) == Decision.ACCEPTED,
        col(Handoff.decided_at) <= span.as_of,
    )
    told: list[Expression] = [col(Deal.id), col(Deal.deal_key), own.c.status, col(Deal.opened_at)]
    return (
        sa.select(*told, col(Deal.loss_reason), col(Handoff.id).is_not(None))
        .join_from(own, Deal, span.owns(Deal, col(Deal.id) == own.c.deal_id))
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
            taught(span),
        )
        .join_from(span.rep.table, Handoff, span.owns(Handoff, *theirs))
        .order_by(col(Handoff.passed_at), col(Handoff.id))
    )
