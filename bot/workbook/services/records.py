"""Calls, debriefs, leads and accounts, with names instead of ids, each dated by the clock of the rep's team."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby

from bot.core.enums import Role
from bot.people.domain.access import Right, Subject, may
from bot.pipeline.services import portfolio as portfolios
from bot.workbook.domain.calls import ActivityRecord, DebriefRecord, DebriefWords
from bot.workbook.domain.pipeline import AccountRecord, HandoffRecord
from bot.workbook.services.reach import Reach, Shown
from storage.queries.workbook import deals as export_deals
from storage.queries.workbook import records as exports
from storage.queries.workbook.deals import HandoffRow
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
    spans = [one.span for one in reach.in_role(Role.AM)]
    held = portfolios.portfolios_of(reach.books, spans) if spans else {}
    for rep in sorted(held):
        for one in sorted(held[rep].accounts, key=lambda account: account.key):
            yield AccountRecord(reach.labels[rep], one.key, one.currency, one.first, one.start, one.end)


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
