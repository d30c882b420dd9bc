"""What came of the calls in reps' spans, counted in the database: leads passed and decided, deals.

Most are questions for `spans.count`; `as_of` is the moment up to which things are known; no span reaches beyond it.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.sql.elements import ColumnElement
from sqlmodel import Session, col

from bot.words import DealStatus, Decision
from storage.queries.spans import Counts, Span, Spans, ask, count
from storage.tables import Deal, Handoff

_count = sa.func.count


class WonDeal(NamedTuple):
    rep: int
    opened_at: datetime
    closed_at: datetime


def worked(session: Session, workspace_id: int, spans: Sequence[Span]) -> Counts:
    """Deals `worked`: open at any moment of the span."""
    return count(session, (_worked,), workspace_id, spans)


def won_deals(session: Session, workspace_id: int, spans: Sequence[Span]) -> Sequence[WonDeal]:
    """Deals won in the span of which the opening is known."""
    return [WonDeal(*row) for row in ask(session, _won_deals, workspace_id, spans)]


def open_since() -> ColumnElement[datetime]:
    """When a deal was opened; where nobody knows, its first import, or its closing if that came before."""
    first_known = sa.case(
        (col(Deal.closed_at) < col(Deal.first_seen_at), col(Deal.closed_at)), else_=col(Deal.first_seen_at)
    )
    return sa.func.coalesce(col(Deal.opened_at), first_known)


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
        decisions=_count(),
        teaching_decisions=_count().filter(col(Handoff.teaches)),
    )


def _worked(span: Spans) -> sa.Select[Any]:
    return span.counts(
        Deal,
        col(Deal.ae_id),
        open_since() < span.until,
        sa.or_(col(Deal.closed_at).is_(None), col(Deal.closed_at) >= span.since),
        worked=_count(),
    )


def closed(span: Spans) -> sa.Select[Any]:
    """Deals `won` and `lost` in the span, and how many of both came of a lead that the AE accepted."""
    won, lost = (col(Deal.status) == status for status in (DealStatus.WON, DealStatus.LOST))
    from_accepted = col(Handoff.id).is_not(None)
    return span.counts(
        Deal,
        col(Deal.ae_id),
        span.hold(col(Deal.closed_at)),
        known_at=[col(Handoff.decided_at)],
        won=_count().filter(won),
        lost=_count().filter(lost),
        closed_from_accepted=_count().filter(from_accepted),
        won_from_accepted=_count().filter(won, from_accepted),
    ).outerjoin(
        Handoff,
        span.owns(
            Handoff,
            col(Handoff.id) == Deal.handoff_id,
            col(Handoff.ae_id) == Deal.ae_id,
            col(Handoff.decision) == Decision.ACCEPTED,
            col(Handoff.decided_at) <= span.as_of,
        ),
    )


def _won_deals(span: Spans) -> sa.Select[Any]:
    return span.rows(
        Deal,
        col(Deal.ae_id),
        col(Deal.status) == DealStatus.WON,
        col(Deal.opened_at).is_not(None),
        span.hold(col(Deal.closed_at)),
        opened_at=col(Deal.opened_at),
        closed_at=col(Deal.closed_at),
    )
