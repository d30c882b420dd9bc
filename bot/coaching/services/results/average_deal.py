"""What a won deal is worth on average: the year's, of all AEs."""

from datetime import datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from bot.calendar.periods import Period
from bot.calendar.wallclock import local_date, start_of_day
from bot.coaching.domain.results.worth import AverageDeal, Unpriced, average
from bot.core.enums import Role
from bot.people.services import people
from bot.people.services import workspace as workspaces
from bot.pipeline.services import exchange
from bot.pipeline.services import stuck as pipelines
from storage.books import Books

YEAR = timedelta(weeks=52)


def average_deal(books: Books, *, as_of: datetime) -> AverageDeal | Unpriced:
    """In the currency that all of them share, else in the workspace's, by its rates of that day."""
    settings = workspaces.settings(books)
    zone = ZoneInfo(settings.time_zone)
    today = local_date(as_of, zone)
    begins, ends = start_of_day(today - YEAR, zone), start_of_day(today + timedelta(days=1), zone)
    year = Period("52w", begins, ends, zone)
    aes = [stint.rep.id for stint in people.ever_in_role(books, Role.AE, year, as_of=as_of)]
    won = [
        deal
        for deal in pipelines.worked(books, aes, year.until(as_of), as_of=as_of)
        if deal.won and deal.closed_at and deal.amount is not None
    ]
    priced = [(float(deal.amount or 0), deal.currency or settings.currency) for deal in won]
    currencies = {currency for _amount, currency in priced}
    if len(currencies) == 1:
        (currency,) = currencies
        return average([amount for amount, _currency in priced], currency) or Unpriced.DEALS
    rates = {**exchange.rates_on(books, settings.currency, today), settings.currency: Decimal(1)}
    if not currencies <= rates.keys():
        return Unpriced.CURRENCIES
    amounts = [amount * float(rates[currency]) for amount, currency in priced]
    return average(amounts, settings.currency) or Unpriced.DEALS
