"""The next meeting of a deal follows a next step that its AE moves."""

from datetime import date

from bot.calendar.wallclock import first_valid, local_date
from bot.core.enums import DealStatus
from bot.people.services import calendars
from bot.people.services.members import Member
from bot.pipeline.services import deals
from storage.books import Books
from storage.queries.pipeline import deals as queries


def follow(books: Books, ae: Member, deal_id: int, *, day: date, instead_of: date | None) -> None:
    """To the same hour of the day, or to when work begins; a meeting on any other day to come stands."""
    deal = queries.claim(books, deal_id)
    if deal is None or deal.ae_id != ae.id or deal.status is not DealStatus.OPEN:
        return
    stands, hour = deal.next_meeting_at, calendars.hours_of(books, ae).opens
    if stands is not None and stands.astimezone(ae.zone).date() == instead_of:
        hour = stands.astimezone(ae.zone).time()
    elif stands is not None and local_date(stands, ae.zone) >= local_date(books.now, ae.zone):
        return
    deals.record(books, deal, {"next_meeting_at": first_valid(day, hour, ae.zone)})
