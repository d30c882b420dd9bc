"""The records behind one rep's figure: what a hand count of it would go through.

The newest come first, and those that it is divided by last.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from bot.domain.behind import Bearing, Record
from bot.domain.periods import Period
from bot.domain.stints import days_over, in_zone, part
from bot.domain.tally import HeldAccount
from bot.domain.wallclock import days_between, local_date
from bot.services import pipelines, portfolios, stints
from bot.words import DealStatus, Decision, Metric, Outcome, Role
from storage.queries import export_coaching, export_deals, exports
from storage.queries.export_deals import HandoffRow
from storage.queries.spans import Span


@dataclass(frozen=True, slots=True)
class _Asked:
    """`part` is the period's part in the role, as far as it was known."""

    session: Session
    workspace_id: int
    person_id: int
    role: Role
    part: Period
    as_of: datetime

    @property
    def span(self) -> Span:
        return Span(self.person_id, self.part.start, self.part.end, *days_over(self.part))


@dataclass(frozen=True, slots=True)
class _Deal:
    company: str
    opened_at: datetime | None
    closed_at: datetime | None
    won: bool
    from_accepted_lead: bool


def of(
    session: Session, workspace_id: int, person_id: int, metric: Metric, period: Period, *, as_of: datetime
) -> list[Record]:
    stint = stints.of_person(session, workspace_id, person_id, period, as_of=as_of)
    own = part(in_zone(period, stint.zone), stint, as_of)
    if own is None:
        return []
    asked = _Asked(session, workspace_id, person_id, stint.rep.role, own, as_of)

    def place(record: Record) -> tuple[bool, date, str]:
        at, leads = record.at or date.min, record.bearing is not Bearing.DIVIDES
        return (
            (leads, local_date(at, own.zone), at.isoformat()) if isinstance(at, datetime) else (leads, at, "")
        )

    return sorted(_READERS[metric](asked), key=place, reverse=True)


def _counted(is_counted: bool) -> Bearing:
    return Bearing.COUNTS if is_counted else Bearing.AGAINST


def _passed(asked: _Asked) -> Iterator[HandoffRow]:
    rows = export_deals.handoffs(asked.session, asked.workspace_id, [asked.span], as_of=asked.as_of)
    return (row for row in rows if row.sdr == asked.person_id)


def _is_qualified(row: HandoffRow) -> bool:
    return row.decision is Decision.ACCEPTED and row.criteria_met is not False


def _leads(asked: _Asked) -> Iterator[Record]:
    return (Record(row.passed_at, row.company, Bearing.COUNTS) for row in _passed(asked))


def _judged_leads(asked: _Asked) -> Iterator[Record]:
    for row in _passed(asked):
        bearing = Bearing.WAITS if row.decision is None else _counted(_is_qualified(row))
        yield Record(row.passed_at, row.company, bearing)


def _qualified_leads(asked: _Asked) -> Iterator[Record]:
    return (record for record in _judged_leads(asked) if record.bearing is Bearing.COUNTS)


def _leads_and_calls(asked: _Asked) -> Iterator[Record]:
    yield from _qualified_leads(asked)
    for call in _calls(asked):
        yield Record(call.at, "", Bearing.DIVIDES)


def _decisions(asked: _Asked) -> Iterator[Record]:
    rows = export_deals.handoffs(asked.session, asked.workspace_id, [asked.span], as_of=asked.as_of)
    return (
        Record(row.decided_at, row.company, _counted(row.teaches))
        for row in rows
        if row.ae == asked.person_id
    )


def _deals(asked: _Asked) -> Iterator[_Deal]:
    """What closes after the period is open in it."""
    rows = export_deals.deals(asked.session, asked.workspace_id, asked.span, as_of=asked.as_of)
    for deal in pipelines.worked(asked.session, asked.workspace_id, [asked.person_id], asked.part):
        row = rows[deal.deal_id]
        closed_at = deal.closed_at if deal.closed_at and deal.closed_at < asked.part.end else None
        is_won = closed_at is not None and row.status is DealStatus.WON
        yield _Deal(deal.company, row.opened_at, closed_at, is_won, row.from_accepted_lead)


def _worked(asked: _Asked) -> Iterator[Record]:
    return (_told(deal) for deal in _deals(asked))


def _closed(asked: _Asked) -> Iterator[Record]:
    return (_told(deal) for deal in _deals(asked) if deal.closed_at)


def _closed_leads(asked: _Asked) -> Iterator[Record]:
    return (_told(deal) for deal in _deals(asked) if deal.closed_at and deal.from_accepted_lead)


def _won(asked: _Asked) -> Iterator[Record]:
    return (_told(deal) for deal in _deals(asked) if deal.won)


def _told(deal: _Deal) -> Record:
    return Record(deal.closed_at or deal.opened_at, deal.company, _counted(deal.won))


def _cycles(asked: _Asked) -> Iterator[Record]:
    for deal in _deals(asked):
        if deal.won and deal.opened_at and deal.closed_at:
            days = days_between(deal.opened_at, deal.closed_at, asked.part.zone)
            yield Record(deal.closed_at, deal.company, Bearing.COUNTS, days)


def _held(asked: _Asked) -> Iterable[HeldAccount]:
    portfolio = portfolios.of(asked.session, asked.workspace_id, [asked.span]).get(asked.person_id)
    return portfolio.accounts if portfolio else ()


def _upsold(asked: _Asked) -> Iterator[Record]:
    return (_grown(one, float(one.end - one.first)) for one in _held(asked) if one.end > 0)


def _retained(asked: _Asked) -> Iterator[Record]:
    return (_grown(one, float(one.end - one.start)) for one in _held(asked) if one.start)


def _grown(account: HeldAccount, gained: float) -> Record:
    return Record(None, account.key, Bearing.COUNTS, gained, account.currency)


def _grown_accounts(asked: _Asked) -> Iterator[Record]:
    return (record for record in _retained(asked) if record.amount and record.amount > 0)


def _calls(asked: _Asked) -> Iterator[Record]:
    rows = exports.calls(asked.session, asked.workspace_id, [asked.span], as_of=asked.as_of)
    return (
        Record(row.started_at, "", Bearing.COUNTS, row.talk_seconds / 60) for row in rows if row.completed
    )


def _prompted(asked: _Asked) -> Iterator[Record]:
    rows = exports.calls(asked.session, asked.workspace_id, [asked.span], as_of=asked.as_of)
    return (Record(row.started_at, "", _counted(row.debriefed)) for row in rows if row.prompted)


def _debriefed(answer: Callable[[exports.DebriefRow], bool | None]) -> "_Reader":
    """Debriefs by a yes or no of theirs; those without one are left out."""

    def read(asked: _Asked) -> Iterator[Record]:
        rows = exports.debriefs(asked.session, asked.workspace_id, [asked.span], as_of=asked.as_of)
        for row in rows:
            said = answer(row)
            if said is not None:
                yield Record(row.call_started_at, row.company, _counted(said))

    return read


def _coached(asked: _Asked) -> Iterator[Record]:
    first, last = days_over(asked.part)
    names = {id: name for id, name, _email in exports.names(asked.session, asked.workspace_id)}
    for one in export_coaching.sessions(asked.session, asked.workspace_id, [asked.person_id], first, last):
        if one.coach_id == asked.person_id and one.commitment and one.held_on >= first:
            yield Record(one.held_on, names[one.learner_id], Bearing.COUNTS, one.minutes)


def _commitments(asked: _Asked) -> Iterator[Record]:
    first, last = days_over(asked.part)
    for one in export_coaching.sessions(asked.session, asked.workspace_id, [asked.person_id], first, last):
        if one.learner_id == asked.person_id and one.commitment and first <= one.due_on <= last:
            bearing = Bearing.WAITS if one.kept is None else _counted(one.kept)
            yield Record(one.due_on, one.commitment, bearing)


def _results(asked: _Asked) -> Iterable[Record]:
    by_role = {Role.SDR: _qualified_leads, Role.AE: _won, Role.AM: _grown_accounts}
    return by_role[asked.role](asked)


_Reader = Callable[[_Asked], Iterable[Record]]

_READERS: Mapping[Metric, _Reader] = {
    Metric.LEADS_PER_MONTH: _leads,
    Metric.QUALIFIED_RATE: _judged_leads,
    Metric.QUALIFICATION_EFFICIENCY: _leads_and_calls,
    Metric.CLOSE_RATE: _worked,
    Metric.WIN_RATE: _closed,
    Metric.CYCLE_DAYS: _cycles,
    Metric.DISCERNMENT: _closed_leads,
    Metric.HANDOFF_FEEDBACK_RATE: _decisions,
    Metric.UPSELL_RATE: _upsold,
    Metric.NET_RETENTION: _retained,
    Metric.CALLS_PER_DAY: _calls,
    Metric.TALK_MINUTES: _calls,
    Metric.EFFECTIVE_RATE: _debriefed(lambda row: row.outcome is Outcome.ADVANCED),
    Metric.TIMELINE_RATE: _debriefed(lambda row: row.timeline_agreed),
    Metric.AUTHORITY_RATE: _debriefed(lambda row: row.authority_reached),
    Metric.DEBRIEF_RATE: _prompted,
    Metric.COACHING_MINUTES: _coached,
    Metric.COMMITMENTS_KEPT: _commitments,
    Metric.COST_PER_RESULT: _results,
}
