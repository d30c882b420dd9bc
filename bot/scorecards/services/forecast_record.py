"""What would have been forecast in the last quarters, month by month, beside what came."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime

from bot.calendar import periods
from bot.calendar.periods import Period
from bot.calendar.wallclock import INSTANT, local_date, start_of_day
from bot.people.services.teams import Floor
from bot.pipeline.domain.forecast import Unforeseen
from bot.pipeline.domain.stuck import WorkedDeal
from bot.scorecards.domain.money import QUARTERS, Record, Said, record
from bot.scorecards.services import outlook
from bot.scorecards.services.outlook import Asked
from storage.books import Books

_Found = tuple[str, Said | Unforeseen]
"""In which currency, and what was said or why nothing was."""


def of_team(books: Books, floor: Floor, *, as_of: datetime) -> Record:
    """Of a team's AEs together (without an id, the workspace's), as each month of the last finished quarters began.

    In the currency that most of it was told in: a picture has one.
    """
    told = [
        one for quarter in _finished(floor, as_of) for one in _of_quarter(books, floor, quarter, as_of=as_of)
    ]
    if not told:
        return record("", (), Unforeseen.FEW_CLOSED)
    [(currency, _)] = Counter(currency for currency, _ in told).most_common(1)
    mine = [one for own, one in told if own == currency]
    missing = Counter(one for one in mine if isinstance(one, Unforeseen)).most_common(1)
    why = missing[0][0] if missing else Unforeseen.FEW_CLOSED
    return record(currency, tuple(one for one in mine if isinstance(one, Said)), why)


def _finished(floor: Floor, as_of: datetime) -> list[Period]:
    """The last quarters that are over, the oldest first."""
    found: list[Period] = []
    end = as_of
    while len(found) <= QUARTERS:
        found.insert(0, periods.parse("quarter", now=end, zone=floor.zone, fiscal_start=floor.fiscal_start))
        end = found[0].start - INSTANT
    return found[:QUARTERS]


def _of_quarter(books: Books, floor: Floor, quarter: Period, *, as_of: datetime) -> Iterator[_Found]:
    asked = outlook.of_aes(books, floor, quarter, as_of=as_of)
    won = asked.won(asked.deals())
    for day in quarter.dates():
        if day.day == 1:
            then = outlook.of_aes(books, floor, quarter, as_of=start_of_day(day, quarter.zone))
            if then.held:
                yield _said(then, asked, won)


def _said(then: Asked, now: Asked, won: Sequence[WorkedDeal]) -> _Found:
    told = outlook.of_deals(then)
    found, currency = told.forecast, told.currency
    if found is None or found.expected is None or found.interval is None:
        return currency, (found and found.why) or Unforeseen.FEW_CLOSED
    spoken_of = {deal.deal_id for deal in then.deals()}
    theirs = [deal for deal in won if deal.deal_id in spoken_of]
    came, in_all = now.in_currency(currency, theirs), now.in_currency(currency, won)
    if any(deal.amount is None for deal in theirs):
        return currency, Unforeseen.AMOUNTS_UNKNOWN
    if came is None or in_all is None:
        return currency, Unforeseen.SEVERAL_CURRENCIES
    day = local_date(then.as_of, then.period.zone)
    low, high = found.interval
    return currency, Said(then.period.label, day, low, found.expected, high, float(came), float(in_all))
