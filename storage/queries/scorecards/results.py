"""What came of the calls in reps' spans, counted in the database: leads passed and decided, deals, the first fact.

Most are questions for `spans.count`; `as_of` is the moment up to which things are known; no span reaches beyond it.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.sql.elements import ColumnElement
from sqlmodel import col

from bot.core.enums import DealStatus, Decision
from storage.books import Books
from storage.queries.scorecards import held_deals
from storage.queries.scorecards.asking import ask
from storage.queries.scorecards.spans import Span, Spans
from storage.tables import Call, Deal, Handoff

_count = sa.func.count


class WonDeal(NamedTuple):
    """`span` is its place among those asked about."""

    span: int
    opened_at: datetime
    closed_at: datetime


def won_deals(books: Books, spans: Sequence[Span], *, as_of: datetime) -> Sequence[WonDeal]:
    """Deals won in the span of which the opening is known."""
    return [WonDeal(*row) for row in ask(books.session, _won_deals, books.workspace_id, spans, as_of=as_of)]


def leads(span: Spans) -> sa.Select[Any]:
    """Handoffs `passed` by the SDR in the span, how many of them were `decided`, and how many are `qualified`."""
    decided = col(Handoff.decided_at) <= span.as_of
    return span.counts(
        Handoff,
        col(Handoff.sdr_id),
        span.hold(col(Handoff.passed_at)),
        known_at=[col(Handoff.decided_at)],
        passed=_count(),
        decided=_count().filter(decided),
        qualified=_count().filter(
            decided,
            col(Handoff.decision) == Decision.ACCEPTED,
            col(Handoff.criteria_met).is_not(False),
        ),
    )


def decisions(span: Spans) -> sa.Select[Any]:
    """`decisions` the AE took in the span, and how many have a reason that teaches."""
    return span.counts(
        Handoff,
        col(Handoff.ae_id),
        span.hold(col(Handoff.decided_at)),
        known_at=[col(Handoff.unhelpful_at)],
        decisions=_count(),
        teaching_decisions=_count().filter(taught(span)),
    )


def taught(span: Spans) -> ColumnElement[bool]:
    """Whether a decision's reason teaches, as far as its SDR had said by `as_of`."""
    helped = sa.or_(col(Handoff.unhelpful_at).is_(None), col(Handoff.unhelpful_at) > span.as_of)
    return sa.and_(col(Handoff.teaches), helped)


def closed(span: Spans) -> sa.Select[Any]:
    """Deals `won` and `lost` in the span, and how many of both came of a lead that the AE accepted."""
    deal = held_deals.closings(span)
    known = deal.c.known
    won, lost = (sa.and_(known, deal.c.status == status) for status in (DealStatus.WON, DealStatus.LOST))
    from_accepted = col(Handoff.id).is_not(None)
    return span.totals(
        deal,
        known_at=[deal.c.known_at, col(Handoff.decided_at)],
        won=_count().filter(won),
        lost=_count().filter(lost),
        closed_from_accepted=_count().filter(known, from_accepted),
        won_from_accepted=_count().filter(won, from_accepted),
    ).outerjoin(
        Handoff,
        span.owns(
            Handoff,
            col(Handoff.id) == deal.c.handoff_id,
            col(Handoff.ae_id) == deal.c.rep,
            col(Handoff.decision) == Decision.ACCEPTED,
            col(Handoff.decided_at) <= span.as_of,
        ),
    )


def worked(span: Spans) -> sa.Select[Any]:
    """Deals `worked`: open at any moment of the span."""
    return span.totals(held_deals.worked(span), worked=_count())


def _won_deals(span: Spans) -> sa.Select[Any]:
    deal = held_deals.closings(span)
    return sa.select(deal.c.n, deal.c.opened_at, deal.c.closed_at).where(
        deal.c.known, deal.c.status == DealStatus.WON, deal.c.opened_at.is_not(None)
    )


def has_calls(books: Books) -> bool:
    """Whether the workspace ever told of a call."""
    known = sa.exists().where(col(Call.workspace_id) == books.workspace_id)
    return bool(books.session.scalar(sa.select(known)))


def first_fact(books: Books) -> datetime | None:
    """When the workspace's records begin: the earliest call, handoff or opened deal; None where there is none."""
    firsts = (
        sa.select(sa.func.min(instant)).where(owner == books.workspace_id).scalar_subquery()
        for owner, instant in (
            (col(Call.workspace_id), col(Call.started_at)),
            (col(Handoff.workspace_id), col(Handoff.passed_at)),
            (col(Deal.workspace_id), col(Deal.opened_at)),
        )
    )
    found = books.session.execute(sa.select(*firsts)).one()
    return min((first for first in found if first is not None), default=None)
