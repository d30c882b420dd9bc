"""Deals as they stood at the end of the period, and why some were stuck."""

from collections.abc import Iterator

from bot.domain.pipeline import Recorded, StuckReason, WorkedDeal, has_slipped, stuck_reasons
from bot.domain.wallclock import days_between
from bot.domain.workbook.pipeline import DealRecord
from bot.services import pipelines
from bot.services.exports.reach import Reach, Shown
from bot.words import DealStatus, Role
from storage.queries import export_deals
from storage.queries.export_deals import DealRow


def deals(reach: Reach) -> Iterator[DealRecord]:
    """AE by AE, so that only one's deals are in memory."""
    told = pipelines.recorded(reach.session, reach.workspace_id, reach.known.last)
    for ae in reach.in_role(Role.AE):
        rows = export_deals.deals(reach.session, reach.workspace_id, ae.span, as_of=reach.as_of)
        for deal in pipelines.worked(reach.session, reach.workspace_id, [ae.rep.id], ae.part):
            yield _deal(reach, ae, deal, rows[deal.deal_id], told)


def _deal(reach: Reach, ae: Shown, deal: WorkedDeal, row: DealRow, told: Recorded) -> DealRecord:
    """What closes after the period is open in it."""
    zone = ae.part.zone
    closed_at = deal.closed_at if deal.closed_at and deal.closed_at < ae.part.end else None
    status = row.status if closed_at else DealStatus.OPEN
    is_won = status is DealStatus.WON and closed_at and row.opened_at
    return DealRecord(
        row.key,
        deal.company,
        reach.labels[deal.ae_id],
        ae.rep.team,
        status,
        deal.amount,
        deal.currency,
        row.opened_at and row.opened_at.astimezone(zone),
        deal.open_since.astimezone(zone),
        closed_at and closed_at.astimezone(zone),
        days_between(row.opened_at, closed_at, zone) if is_won and row.opened_at and closed_at else None,
        deal.expected_close,
        deal.timeline_confirmed,
        deal.authority_confirmed,
        deal.last_activity_at and deal.last_activity_at.astimezone(zone),
        deal.next_meeting_at and deal.next_meeting_at.astimezone(zone),
        _stuck(reach, ae, deal, told),
        has_slipped(deal, ae.part),
        row.loss_reason if status is DealStatus.LOST else "",
        row.from_accepted_lead,
    )


def _stuck(reach: Reach, ae: Shown, deal: WorkedDeal, told: Recorded) -> tuple[StuckReason, ...]:
    last = ae.part.last
    if not deal.is_open_at(last):
        return ()
    return stuck_reasons(deal, last, ae.part.zone, told, reach.settings.stale_days)
