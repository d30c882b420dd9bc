"""The records behind one rep's figure: what a hand count of it would go through.

The newest come first, and those that it is divided by last.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from bot.calendar.periods import Period
from bot.calendar.wallclock import days_between, local_date
from bot.core.enums import DealStatus, Metric, Role
from bot.people.domain.stints import days_over, in_zone, part
from bot.people.services import people as roster
from bot.pipeline.domain.portfolio import HeldAccount
from bot.pipeline.domain.stuck import WorkedDeal
from bot.pipeline.services import accounts
from bot.pipeline.services import stuck as pipelines
from bot.scorecards.domain.definitions import DEFINITIONS
from bot.scorecards.domain.definitions.behind import CommitmentDue, DealBehind, SessionGiven
from bot.scorecards.domain.drilldown import Bearing, Record
from bot.scorecards.services import tallies
from storage.books import Books
from storage.queries.scorecards.spans import Span
from storage.queries.workbook import deals as export_deals
from storage.queries.workbook import records as exports
from storage.queries.workbook.deals import DealRow, HandoffRow


def rows_behind(
    books: Books, person_id: int, metric: Metric, period: Period, *, as_of: datetime
) -> list[Record]:
    stint = roster.stints_of(books, person_id, period, as_of=as_of)
    own = part(in_zone(period, stint.zone), stint, as_of)
    if own is None:
        return []
    behind = _Stored(books.session, books.workspace_id, person_id, stint.rep.role, own, as_of)

    def place(record: Record) -> tuple[bool, date, str]:
        at, leads = record.at or date.min, record.bearing is not Bearing.DIVIDES
        return (
            (leads, local_date(at, own.zone), at.isoformat()) if isinstance(at, datetime) else (leads, at, "")
        )

    return sorted(DEFINITIONS[metric].records(behind), key=place, reverse=True)


@dataclass(slots=True)
class _Stored:
    """A rep's records as the database has them; `part` is the period's part in the role, as far as it was known."""

    session: Session
    workspace_id: int
    person_id: int
    role: Role
    part: Period
    as_of: datetime

    @property
    def books(self) -> Books:
        return Books(self.session, self.workspace_id, self.as_of)

    @property
    def span(self) -> Span:
        return Span(self.person_id, self.part.start, self.part.end, *days_over(self.part))

    def leads_passed(self) -> Iterator[HandoffRow]:
        return (row for row in self._handoffs() if row.sdr == self.person_id)

    def leads_decided(self) -> Iterator[HandoffRow]:
        return (row for row in self._handoffs() if row.ae == self.person_id)

    def _handoffs(self) -> Iterator[HandoffRow]:
        return export_deals.handoffs(self.books, [self.span], as_of=self.as_of)

    def deals(self) -> Iterator[DealBehind]:
        """What closes after the period is open in it."""
        rows = export_deals.deals(self.books, self.span, as_of=self.as_of)
        for deal in pipelines.worked(self.books, [self.person_id], self.part, as_of=self.as_of):
            closed_at = deal.closed_at if deal.closed_at and deal.closed_at < self.part.end else None
            yield self._deal(deal, rows[deal.deal_id], closed_at)

    def _deal(self, deal: WorkedDeal, row: DealRow, closed_at: datetime | None) -> DealBehind:
        won_at = closed_at if row.status is DealStatus.WON else None
        return DealBehind(
            company=deal.company,
            opened_at=row.opened_at,
            closed_at=closed_at,
            won=won_at is not None,
            from_accepted_lead=row.from_accepted_lead,
            days_to_win=days_between(row.opened_at, won_at, self.part.zone)
            if row.opened_at and won_at
            else None,
            loss_reason=row.loss_reason,
            amount=deal.amount,
            currency=deal.currency,
        )

    def accounts(self) -> Iterable[HeldAccount]:
        portfolio = accounts.portfolios_of(self.books, [self.span]).get(0)
        return portfolio.accounts if portfolio else ()

    def calls(self) -> Iterator[exports.CallRow]:
        return exports.calls(self.books, [self.span], as_of=self.as_of)

    def debriefs(self) -> Iterator[exports.DebriefRow]:
        return exports.debriefs(self.books, [self.span], as_of=self.as_of)

    def sessions_given(self) -> Iterator[SessionGiven]:
        first, last = days_over(self.part)
        names = {id: name for id, name, _email in exports.names(self.books)}
        people = [self.person_id]
        [minutes] = tallies.coached(self.books, [self.span])
        for one in exports.sessions(self.books, people, first, last):
            if one.coach_id == self.person_id and one.commitment and one.held_on >= first:
                yield SessionGiven(one.held_on, names[one.learner_id], minutes[one.id])

    def commitments(self) -> Iterator[CommitmentDue]:
        first, last = days_over(self.part)
        people = [self.person_id]
        for one in exports.sessions(self.books, people, first, last):
            if one.learner_id == self.person_id and one.commitment and first <= one.due_on <= last:
                yield CommitmentDue(one.due_on, one.commitment, one.kept)
