"""Deals as they stood at the end of the period, and why some were stuck."""

from collections.abc import Iterator

from bot.calendar.wallclock import days_between
from bot.core.enums import DealStatus
from bot.pipeline.domain.stuck import Recorded, StuckReason, WorkedDeal, has_slipped, stuck_reasons
from bot.pipeline.services import stuck as pipelines
from bot.workbook.domain.pipeline import DealRecord
from bot.workbook.services.reach import Reach, Shown
from storage.queries.workbook import deals as export_deals
from storage.queries.workbook.deals import DealRow


def deals(reach: Reach) -> Iterator[DealRecord]:
    """AE by AE, so that only one's deals are in memory."""
    told = pipelines.recorded(reach.books, reach.known.last)
    for ae in reach.with_deals:
        rows = export_deals.deals(reach.books, ae.span, as_of=reach.as_of)
        worked = pipelines.worked(reach.books, [ae.rep.id], ae.part, as_of=reach.as_of)
        for deal in worked:
            yield _deal(reach, ae, deal, rows[deal.deal_id], told)


def _deal(reach: Reach, ae: Shown, deal: WorkedDeal, row: DealRow, told: Recorded) -> DealRecord:
    """What closes after the period is open in it."""
    zone = ae.part.zone
    closed_at = deal.closed_at if deal.closed_at and deal.closed_at < ae.part.end else None
    status = row.status if closed_at else DealStatus.OPEN
    won_at = closed_at if status is DealStatus.WON else None
    return DealRecord(
        key=row.key,
        company=deal.company,
        ae=reach.labels[deal.ae_id],
        team=ae.rep.team,
        status=status,
        amount=deal.amount,
        currency=deal.currency or reach.settings.currency if deal.amount is not None else "",
        opened_at=row.opened_at and row.opened_at.astimezone(zone),
        open_since=deal.open_since.astimezone(zone),
        closed_at=closed_at and closed_at.astimezone(zone),
        days_to_win=days_between(row.opened_at, won_at, zone) if row.opened_at and won_at else None,
        expected_close=deal.expected_close,
        timeline_confirmed=deal.timeline_confirmed,
        authority_confirmed=deal.authority_confirmed,
        last_activity_at=deal.last_activity_at and deal.last_activity_at.astimezone(zone),
        next_meeting_at=deal.next_meeting_at and deal.next_meeting_at.astimezone(zone),
        stuck=_stuck(reach, ae, deal, told),
        has_slipped=has_slipped(deal, ae.part),
        loss_reason=row.loss_reason if status is DealStatus.LOST else "",
        from_accepted_lead=row.from_accepted_lead,
    )


def _stuck(reach: Reach, ae: Shown, deal: WorkedDeal, told: Recorded) -> tuple[StuckReason, ...]:
    last = ae.part.last
    if not deal.is_open_at(last):
        return ()
    return stuck_reasons(deal, last, ae.part.zone, told, reach.settings.stale_days)
