"""What a CRM no longer has, or has under another key."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from bot.calendar.wallclock import local_date
from bot.people.services import workspace as workspaces
from storage.books import Books
from storage.queries import crm as queries
from storage.tables import AccountValue


def drop_deals(books: Books, keys: Collection[str]) -> int:
    """The deals with their history; calls about them stay, and are about no deal."""
    return queries.drop_deals(books, [deal.id for deal in queries.deals(books, keys)])


def merge_deals(books: Books, key: str, merged: Collection[str]) -> int:
    """One of those merged lives on under the new key, with its history and who closed it; the others go.

    A closed one before an open one, then the one known longest. Where the new key is known already, all others go.
    """
    known = queries.deals(books, merged)
    if not known:
        return 0
    heir = next(iter(queries.deals(books, [key])), None)
    if heir is None:
        heir = known.pop(0)
        heir.deal_key = key
        books.session.flush()
    going = [deal.id for deal in known]
    queries.hand_calls_on(books, going, heir.id)
    return queries.drop_deals(books, going)


def end_accounts(books: Books, days: Mapping[str, datetime]) -> int:
    """From the day of its deletion an account is no longer held."""
    zone = ZoneInfo(workspaces.settings(books).time_zone)
    ended = 0
    for last in queries.latest_values(books, days.keys()):
        day = local_date(days[last.account_key], zone)
        if last.value and last.as_of <= day:
            _end(books, last, day)
            ended += 1
    return ended


def _end(books: Books, last: AccountValue, day: date) -> None:
    if last.as_of == day:
        last.value = Decimal(0)
        return
    books.session.add(
        AccountValue(
            workspace_id=books.workspace_id,
            account_key=last.account_key,
            am_id=last.am_id,
            as_of=day,
            value=Decimal(0),
            currency=last.currency,
        )
    )
