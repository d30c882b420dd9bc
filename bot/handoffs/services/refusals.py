"""Once a month an SDR reads what their refused leads lacked, and what the AEs wrote."""

from datetime import timedelta

from bot.calendar.wallclock import local_date, start_of_day
from bot.calendar.working_hours import Quiet
from bot.calls.services import budget
from bot.core.enums import Unasked
from bot.handoffs.domain.refusals import LEAST, Month, Refused, by_lead, month_before
from bot.people.services import calendars, members, unasked
from bot.people.services.members import Member
from storage.books import Books
from storage.queries import handoffs as queries

LOOKED_FOR = 7
"""Days of the new month in which it comes; who is away longer has the leads in `/handoff list`."""
LAST_DAYS = 28
"""From which day of a month by UTC the next may have begun somewhere."""
LOOKED_BACK = timedelta(days=40)
"""The month before and the days of this one."""


def to_tell(books: Books) -> list[tuple[int, str | None]]:
    """SDRs who may have to be told now, and the Slack users they are."""
    if LOOKED_FOR + 1 < books.now.day < LAST_DAYS:
        return []
    refused = queries.sdrs_refused(books, books.now - LOOKED_BACK, books.now, least=LEAST)
    month = (books.now + timedelta(days=1)).date().replace(day=1)  # east of UTC it begins before
    found = unasked.to_hear(books, Unasked.REFUSALS, since=month, among=refused)
    return [(sdr.id, sdr.slack_user_id) for sdr in found if _is_due(books, members.member(books, sdr.id))]


def take(books: Books, sdr_id: int, *, quiet: tuple[Quiet, ...]) -> tuple[Member, Month] | None:
    """Claimed for the month: what comes back is to be said now; None for nothing."""
    sdr = members.member(books, sdr_id)
    if not _is_due(books, sdr, quiet) or not budget.has_room(books, sdr):
        return None
    month = month_of(books, sdr)
    if len(month.refused) < LEAST:
        return None
    today = local_date(books.now, sdr.zone)
    return (sdr, month) if unasked.claim(books, sdr.id, Unasked.REFUSALS, today) else None


def month_of(books: Books, sdr: Member) -> Month:
    """The month before, by the SDR's wall."""
    first, beyond = month_before(local_date(books.now, sdr.zone))
    since, until = start_of_day(first, sdr.zone), start_of_day(beyond, sdr.zone)
    refused = queries.refused(books, sdr.id, since, until)
    lacked = by_lead(queries.unmet(books, [lead.id for lead, _ae in refused]))
    return Month(
        first,
        queries.decided(books, sdr.id, since, until),
        tuple(
            Refused(
                lead.id,
                lead.company,
                ae.name,
                "" if lead.unhelpful_at else lead.reason,
                lacked.get(lead.id, ()),
                lead.teaches,
                lead.asked_back_at is not None,
            )
            for lead, ae in refused
        ),
    )


def _is_due(books: Books, sdr: Member, quiet: tuple[Quiet, ...] = ()) -> bool:
    """In the first days of a month, in the SDR's hours, where they were not told in it yet and are still here."""
    today = local_date(books.now, sdr.zone)
    last = unasked.last_sent(books, sdr.id, Unasked.REFUSALS)
    is_told = last is not None and last >= today.replace(day=1)
    if not sdr.roles or today.day > LOOKED_FOR or is_told:
        return False
    if not unasked.may_be_sent(books, sdr, Unasked.REFUSALS):
        return False
    return calendars.is_at_work(books, sdr, quiet=quiet)
