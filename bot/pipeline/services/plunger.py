"""The Plunger with names: an AE's own stuck deals, a team's for those who lead it, and what is done about one."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal

from bot.calendar import periods
from bot.calendar.wallclock import days_between, local_date
from bot.core.enums import DealStatus
from bot.core.errors import BadInput
from bot.core.i18n import gettext as _
from bot.people.services import members
from bot.people.services import workspace as workspaces
from bot.people.services.members import Member
from bot.people.services.teams import Floor
from bot.pipeline.domain.plunger import Clog, by_sum, next_monday
from bot.pipeline.domain.stuck import StuckDeal
from bot.pipeline.services import accounts, deals
from bot.pipeline.services import stuck as pipelines
from storage.books import Books
from storage.queries.pipeline import deals as queries


def own(books: Books, ae: Member) -> list[Clog]:
    """Those that the AE has not asked to leave until later, the largest first."""
    week = periods.parse("this week", now=books.now, zone=ae.zone)
    found = pipelines.of_rep(books, ae.id, week, as_of=books.now)
    today = local_date(books.now, ae.zone)
    clogs = _named(books, found.stuck_deals)
    return [one for one in clogs if one.left_until is None or one.left_until <= today]


def of_team(books: Books, floor: Floor) -> list[Clog]:
    """All of the team's AEs, or everybody's of the workspace; the largest first."""
    week = periods.parse("this week", now=books.now, zone=floor.zone)
    return _named(books, pipelines.of_team(books, floor.id, week, as_of=books.now).stuck_deals)


def lose(
    books: Books, ae: Member, deal_id: int, reason: str, *, competitor: str = "", stage: str = ""
) -> None:
    deal = deals.claim_open(books, ae, deal_id)
    opened_at = min(deal.opened_at, books.now) if deal.opened_at else None
    lost = {"status": DealStatus.LOST, "closed_at": books.now, "loss_reason": reason.strip()}
    lost |= {"competitor": competitor, "lost_stage": stage}
    deals.record(books, deal, lost | {"opened_at": opened_at})


def meet(books: Books, ae: Member, deal_id: int, at: datetime | None) -> None:
    if at is None or at <= books.now:
        raise BadInput(_("Please pick a time to come."), field="next_meeting")
    deals.record(books, deals.claim_open(books, ae, deal_id), {"next_meeting_at": at})


def expect(books: Books, ae: Member, deal_id: int, day: date | None) -> None:
    """A new day on which it is expected to close, from today on."""
    if day is None or day < local_date(books.now, ae.zone):
        raise BadInput(_("Please pick a day from today on."), field="expected_close")
    deals.record(books, deals.claim_open(books, ae, deal_id), {"expected_close": day})


def leave(books: Books, ae: Member, deal_id: int) -> date:
    """Until next Monday, which is given."""
    deals.draft_of(books, ae, deal_id)
    deal = queries.claim(books, deal_id)
    until = next_monday(local_date(books.now, ae.zone))
    if deal is not None:
        deal.left_until = until
    return until


def _named(books: Books, stuck: Iterable[StuckDeal]) -> list[Clog]:
    listed = list(stuck)
    if not listed:
        return []
    settings = workspaces.settings(books)
    rates = accounts.rates_on(books, settings.currency, books.now.date()) | {settings.currency: Decimal(1)}
    left = dict(queries.left_until(books, [one.deal.deal_id for one in listed]))
    owners = {ae_id: members.member(books, ae_id) for ae_id in {one.deal.ae_id for one in listed}}
    return by_sum(
        Clog(
            one.deal.deal_id,
            owners[one.deal.ae_id].name,
            one.deal.company,
            one.deal.amount,
            one.deal.currency or settings.currency,
            _worth(one, rates, settings.currency),
            days_between(one.deal.open_since, books.now, owners[one.deal.ae_id].zone),
            one.deal.expected_close,
            one.reasons,
            left.get(one.deal.deal_id),
        )
        for one in listed
    )


def _worth(one: StuckDeal, rates: dict[str, Decimal], base: str) -> Decimal | None:
    rate = rates.get(one.deal.currency or base)
    return None if one.deal.amount is None or rate is None else one.deal.amount * rate
