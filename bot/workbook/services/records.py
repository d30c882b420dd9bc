"""Calls, debriefs, leads, accounts and deals, with names instead of ids, each dated by the clock of the rep's team."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby

from bot.calendar.wallclock import days_between
from bot.core.enums import DealStatus, Role
from bot.people.domain.access import Right, Subject, may
from bot.pipeline.domain.stuck import Recorded, StuckReason, WorkedDeal, has_slipped, stuck_reasons
from bot.pipeline.services import accounts as accountss
from bot.pipeline.services import stuck as pipelines
from bot.workbook.domain.calls import ActivityRecord, DebriefRecord, DebriefWords
from bot.workbook.domain.pipeline import AccountRecord, DealRecord, HandoffRecord
from bot.workbook.services.reach import Reach, Shown
from storage.queries.workbook import deals as export_deals
from storage.queries.workbook import records as exports
from storage.queries.workbook.deals import DealRow, HandoffRow
from storage.queries.workbook.records import CallRow, DebriefRow


def counts(reach: Reach) -> dict[str, int]:
    """How many rows each table of records will have, where that may be many."""
    aes = [one.span for one in reach.with_deals]
    return {
        "Debriefs": exports.count_debriefs(reach.books, reach.spans, as_of=reach.as_of),
        "Handoffs": export_deals.count_handoffs(reach.books, reach.spans, as_of=reach.as_of),
        "Deals": export_deals.count_deals(reach.books, aes, as_of=reach.as_of),
        "Activity": len(reach.shown) * reach.known.days,
    }


def debriefs(reach: Reach) -> Iterator[DebriefRecord]:
    readable = {id for id, one in reach.shown.items() if _may_read(reach, one)}
    for row in exports.debriefs(reach.books, reach.spans, as_of=reach.as_of):
        yield _debrief(reach, row, may_read=row.rep in readable)


def _may_read(reach: Reach, one: Shown) -> bool:
    subject = Subject(person_id=one.rep.id, team_ids=frozenset((one.rep.team_id,)))
    return may(reach.viewer, Right.SEE_DEBRIEF, subject)


def _debrief(reach: Reach, row: DebriefRow, *, may_read: bool) -> DebriefRecord:
    one = reach.shown[row.rep]
    return DebriefRecord(
        reach.labels[row.rep],
        one.rep.team,
        row.call_started_at.astimezone(one.part.zone),
        row.company,
        row.contact,
        row.talk_seconds,
        row.outcome,
        row.timeline_agreed,
        row.authority_reached,
        _words(row) if may_read else None,
    )


def _words(row: DebriefRow) -> DebriefWords:
    return DebriefWords(
        reason=row.reason,
        went_well=row.went_well,
        tags=tuple(sorted(row.tags.split(","))) if row.tags else (),
        improve=row.improve,
        measure=row.measure,
        next_step=row.next_step,
        next_step_on=row.next_step_on,
    )


def handoffs(reach: Reach) -> Iterator[HandoffRecord]:
    """Passed by the clock of the SDR's team, decided by that of the AE's."""
    for row in export_deals.handoffs(reach.books, reach.spans, as_of=reach.as_of):
        yield _handoff(reach, row)


def _handoff(reach: Reach, row: HandoffRow) -> HandoffRecord:
    return HandoffRecord(
        reach.labels[row.sdr],
        reach.labels[row.ae],
        row.company,
        row.contact,
        row.passed_at.astimezone(reach.zone_of(row.sdr)),
        row.decision,
        row.decided_at and row.decided_at.astimezone(reach.zone_of(row.ae)),
        reason=row.reason,
        criteria_met=row.criteria_met,
        teaches=row.teaches,
    )


def accounts(reach: Reach) -> Iterator[AccountRecord]:
    spans = sorted((one.span for one in reach.in_role(Role.AM)), key=lambda span: span.rep)
    held = accountss.portfolios_of(reach.books, spans) if spans else {}
    for n in sorted(held):
        for one in sorted(held[n].accounts, key=lambda account: account.key):
            yield AccountRecord(
                reach.labels[spans[n].rep], one.key, one.currency, one.first, one.start, one.end
            )


def activity(reach: Reach) -> Iterator[ActivityRecord]:
    """Calls of each rep and day, added up as they are read."""

    def rep_and_day(call: CallRow) -> tuple[int, date]:
        return call.rep, call.started_at.astimezone(reach.zone_of(call.rep)).date()

    calls = exports.calls(reach.books, reach.spans, as_of=reach.as_of)
    for (rep, day), rows in groupby(calls, rep_and_day):
        yield _day(reach.labels[rep], day, list(rows))


def _day(rep: str, day: date, calls: Iterable[CallRow]) -> ActivityRecord:
    return ActivityRecord(
        rep,
        day,
        sum(call.completed for call in calls),
        sum(call.talk_seconds for call in calls if call.completed),
        sum(call.prompted for call in calls),
        sum(call.prompted and call.debriefed for call in calls),
    )


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
