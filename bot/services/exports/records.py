"""Calls, debriefs, leads and accounts, with names instead of ids, each dated by the clock of the rep's team."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby

from bot.domain.access import Action, Subject, may
from bot.domain.workbook.calls import ActivityRecord, DebriefRecord, DebriefWords
from bot.domain.workbook.pipeline import AccountRecord, HandoffRecord
from bot.services import portfolios
from bot.services.exports.reach import Reach, Shown
from bot.words import Role
from storage.queries import export_deals, exports
from storage.queries.export_deals import HandoffRow
from storage.queries.exports import CallRow, DebriefRow


def counts(reach: Reach) -> dict[str, int]:
    """How many rows each table of records will have, where that may be many."""
    given = reach.session, reach.workspace_id
    aes = [one.span for one in reach.in_role(Role.AE)]
    return {
        "Debriefs": exports.count_debriefs(*given, reach.spans, as_of=reach.as_of),
        "Handoffs": export_deals.count_handoffs(*given, reach.spans, as_of=reach.as_of),
        "Deals": export_deals.count_deals(*given, aes, as_of=reach.as_of),
        "Activity": len(reach.shown) * reach.known.days,
    }


def debriefs(reach: Reach) -> Iterator[DebriefRecord]:
    readable = {id for id, one in reach.shown.items() if _may_read(reach, one)}
    for row in exports.debriefs(reach.session, reach.workspace_id, reach.spans, as_of=reach.as_of):
        yield _debrief(reach, row, may_read=row.rep in readable)


def _may_read(reach: Reach, one: Shown) -> bool:
    subject = Subject(person_id=one.rep.id, team_ids=frozenset((one.rep.team_id,)))
    return may(reach.viewer, Action.SEE_DEBRIEF, subject)


def _debrief(reach: Reach, row: DebriefRow, *, may_read: bool) -> DebriefRecord:
    tags = tuple(sorted(row.tags.split(","))) if row.tags else ()
    one = reach.shown[row.rep]
    return DebriefRecord(
        reach.labels[row.rep],
        one.rep.team,
        row.call_started_at.astimezone(one.part.zone),
        *row[2:8],
        DebriefWords(row.reason, row.went_well, tags, *row[11:]) if may_read else None,
    )


def handoffs(reach: Reach) -> Iterator[HandoffRecord]:
    """Passed by the clock of the SDR's team, decided by that of the AE's."""
    for row in export_deals.handoffs(reach.session, reach.workspace_id, reach.spans, as_of=reach.as_of):
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
        *row[7:],
    )


def accounts(reach: Reach) -> Iterator[AccountRecord]:
    spans = [one.span for one in reach.in_role(Role.AM)]
    held = portfolios.of(reach.session, reach.workspace_id, spans) if spans else {}
    for rep in sorted(held):
        for one in sorted(held[rep].accounts, key=lambda account: account.key):
            yield AccountRecord(reach.labels[rep], one.key, one.currency, one.first, one.start, one.end)


def activity(reach: Reach) -> Iterator[ActivityRecord]:
    """Calls of each rep and day, added up as they are read."""

    def rep_and_day(call: CallRow) -> tuple[int, date]:
        return call.rep, call.started_at.astimezone(reach.zone_of(call.rep)).date()

    calls = exports.calls(reach.session, reach.workspace_id, reach.spans, as_of=reach.as_of)
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
