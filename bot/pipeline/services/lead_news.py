"""What became of a lead: its SDR hears when it is a deal, is won or is lost, once each, in their hours."""

from datetime import timedelta

from bot.calendar.working_hours import next_open
from bot.core.enums import Unasked
from bot.people.services import calendars, members, unasked
from bot.people.services.members import Member
from bot.pipeline.domain.deal import LeadNews
from storage.books import Books
from storage.queries.pipeline import deals as queries
from storage.tables import Deal

NEWS = timedelta(days=7)
"""What is older, as from a file, is history and told to nobody."""


def is_any(books: Books) -> bool:
    """Whether anything may be to tell: looking takes no write lock."""
    return bool(queries.of_leads_untold(books, limit=1))


def take(books: Books, *, limit: int = 200) -> list[tuple[Member, list[LeadNews]]]:
    """Claimed: what comes back is to be said now, each SDR's together. Who is not at work hears of it when they are."""
    told: dict[int, tuple[Member, list[LeadNews]]] = {}
    for lead, deal in queries.of_leads_untold(books, limit=limit):
        sdr = members.member(books, lead.sdr_id)
        if not _is_news(books, deal) or not unasked.may_be_sent(books, sdr, Unasked.LEAD_NEWS):
            lead.told_of = deal.status
            continue
        opens = next_open(calendars.hours_of(books, sdr), books.now)
        if opens is not None and opens > books.now:
            continue
        lead.told_of = deal.status
        ae = members.member(books, deal.ae_id).name
        news = LeadNews(
            ae, lead.contact, lead.company, deal.status, deal.amount, deal.currency, deal.loss_reason
        )
        told.setdefault(sdr.id, (sdr, []))[1].append(news)
    return list(told.values())


def _is_news(books: Books, deal: Deal) -> bool:
    since = deal.closed_at or deal.opened_at or deal.first_seen_at
    return since >= books.now - NEWS
