"""The year of a workspace's deals, as it was known at a moment: what forecasts are made of."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.calendar.periods import Period
from bot.calendar.wallclock import INSTANT, local_date
from bot.core.enums import Role
from bot.core.session_cache import Shelf
from bot.people.services import people
from bot.people.services import workspace as workspaces
from bot.pipeline.domain.forecast import LOOKS, QUARTER, Followed, Look, OpenDeal, Past, look
from bot.pipeline.domain.money import Pile, worth_in
from bot.pipeline.domain.stuck import WorkedDeal, stuck_reasons
from bot.pipeline.domain.win_curves import Course, Curves, expected_within
from bot.pipeline.services import accounts
from bot.pipeline.services import stuck as pipelines
from storage.books import Books
from storage.queries.pipeline import stuck as queries

YEAR = timedelta(weeks=52)


@dataclass(frozen=True, slots=True)
class _Year:
    """Deals of everybody who was an AE in the year, `found` open at moments of it, with whether each was stuck."""

    deals: tuple[WorkedDeal, ...]
    first: date
    today: date
    zone: ZoneInfo
    found: tuple[tuple[date, WorkedDeal, bool], ...]


_years: Shelf[_Year] = Shelf()
_pasts: Shelf[Past] = Shelf()


def past(books: Books, days: int, currency: str, *, as_of: datetime) -> Past:
    """What the year up to `as_of` tells of deals in the next `days`; amounts are told in `currency`.

    Worked out once an hour, and again where deals have come or changed: the deals of a whole workspace take a second.
    """
    hour = books.now.replace(minute=0, second=0, microsecond=0)
    key = (books.workspace_id, as_of.date(), queries.last_written(books))
    year = _years.get(books.session, hour, key, lambda: _read(books, as_of))
    known = _pasts.get(books.session, hour, (*key, days), lambda: _told(year, days))
    return replace(known, amounts=tuple(_amounts(books, year, currency)))


def _told(year: _Year, days: int) -> Past:
    """Without amounts, which depend on the currency asked for."""
    courses = tuple(course for deal in year.deals if (course := _course(deal, year)))
    curve = expected_within(courses)
    stuck, moving = _followed(year, curve, days)
    return Past(courses, (), stuck, moving, tuple(_looks(year, curve, days)))


def open_deals(
    books: Books,
    deals: Iterable[WorkedDeal],
    amounts: Mapping[int, float | None],
    zone: ZoneInfo,
    *,
    as_of: datetime,
) -> list[OpenDeal]:
    """Deals open at `as_of`, with their amounts by id."""
    today, is_stuck = local_date(as_of, zone), _stuck_at(books, as_of, zone)
    return [
        OpenDeal(deal.deal_id, _age(deal, today, zone), amounts.get(deal.deal_id), is_stuck(deal))
        for deal in deals
    ]


def _read(books: Books, as_of: datetime) -> _Year:
    zone = ZoneInfo(workspaces.settings(books).time_zone)
    known = Period("52w", as_of - YEAR, as_of + INSTANT, zone)
    aes = sorted({stint.rep.id for stint in people.ever_in_role(books, Role.AE, known, as_of=as_of)})
    deals = tuple(pipelines.worked(books, aes, known, as_of=as_of))
    first, today = local_date(known.start, zone), local_date(as_of, zone)
    return _Year(deals, first, today, zone, tuple(_looked_at(books, aes, as_of, zone)))


def _looked_at(
    books: Books, aes: Sequence[int], as_of: datetime, zone: ZoneInfo
) -> Iterator[tuple[date, WorkedDeal, bool]]:
    """The latest first. Nothing where no column tells that a deal is stuck."""
    if not pipelines.recorded(books, as_of).reasons:
        return
    moment = as_of - timedelta(days=LOOKS)
    while moment > as_of - YEAR:
        is_stuck = _stuck_at(books, moment, zone)
        for deal in pipelines.worked(books, aes, Period("", moment, moment + INSTANT, zone), as_of=moment):
            if deal.is_open_at(moment):
                yield local_date(moment, zone), deal, is_stuck(deal)
        moment -= timedelta(days=LOOKS)


def _stuck_at(books: Books, moment: datetime, zone: ZoneInfo) -> Callable[[WorkedDeal], bool]:
    told, days = pipelines.recorded(books, moment), workspaces.settings(books).stale_days
    return lambda deal: bool(stuck_reasons(deal, moment, zone, told, days))


def _age(deal: WorkedDeal, day: date, zone: ZoneInfo) -> int | None:
    return max((day - local_date(deal.opened_at, zone)).days, 0) if deal.opened_at else None


def _course(deal: WorkedDeal, year: _Year) -> Course | None:
    entered = _age(deal, year.first, year.zone)
    if entered is None or deal.opened_at is None:
        return None
    opened = local_date(deal.opened_at, year.zone)
    ended = local_date(deal.closed_at, year.zone) if deal.closed_at else year.today
    watched_from = entered if opened < year.first else -1
    return Course(watched_from, (ended - opened).days, deal.won if deal.closed_at else None)


def _followed(year: _Year, curve: Curves, days: int) -> tuple[Followed, Followed]:
    """Open deals found stuck, and the others, at looks that lie `days` back or more: every look, for the last one at
    which a deal was open would be one just before it closed.
    """
    ends = {deal.deal_id: deal for deal in year.deals}
    looks: dict[bool, list[tuple[int, bool, float]]] = {True: [], False: []}
    for day, deal, is_stuck in year.found:
        age, until = _age(deal, day, year.zone), day + timedelta(days=days)
        if age is None or until > year.today:
            continue
        end = ends.get(deal.deal_id)
        closed_on = local_date(end.closed_at, year.zone) if end and end.closed_at else None
        won = bool(end and end.won and closed_on and day < closed_on <= until)
        looks[is_stuck].append((deal.deal_id, won, float(curve.within(age, days)[0])))
    return _together(looks[True]), _together(looks[False])


def _looks(year: _Year, curve: Curves, days: int) -> Iterator[Look]:
    """At all of the workspace's open deals, on days of the year that lie as far back as the forecast looks ahead.

    From the first closing on: before it nobody wrote down what was won.
    """
    closed = [local_date(deal.closed_at, year.zone) for deal in year.deals if deal.closed_at]
    first = max(year.first, min(closed, default=year.today))
    for apart in (LOOKS, QUARTER):
        for back in range(apart, (year.today - first).days, apart):
            day = year.today - timedelta(days=back)
            if back >= days:
                yield _look(year, curve, day, days, same_place=apart == QUARTER)


def _look(year: _Year, curve: Curves, day: date, days: int, *, same_place: bool) -> Look:
    ages: Counter[int] = Counter()
    won = 0
    for deal in year.deals:
        age = (day - local_date(deal.opened_at, year.zone)).days if deal.opened_at else -1
        closed_on = local_date(deal.closed_at, year.zone) if deal.closed_at else None
        if age < 0 or (closed_on and closed_on <= day):
            continue
        ages[age] += 1
        won += bool(deal.won and closed_on and closed_on <= day + timedelta(days=days))
    return look(curve, ages, won, days, same_place=same_place)


def _together(looks: Sequence[tuple[int, bool, float]]) -> Followed:
    if not looks:
        return Followed()
    deals = len({deal for deal, _, _ in looks})
    part = deals / len(looks)
    return Followed(
        deals, part * sum(won for _, won, _ in looks), part * sum(chance for _, _, chance in looks)
    )


def _amounts(books: Books, year: _Year, currency: str) -> Iterator[float]:
    base = workspaces.settings(books).currency
    rates = accounts.rates_on(books, base, year.today)
    for deal in year.deals:
        if deal.won and deal.closed_at and deal.amount is not None:
            worth = worth_in(currency, {deal.currency or base: Pile(deal.amount, 1)}, base=base, rates=rates)
            if worth is not None:
                yield float(worth)
