"""Money of single reps: what came in, read for a card and never for a whole role, and their goals as they stand."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal

from bot.calendar.periods import Period
from bot.calendar.wallclock import local_date, start_of_day
from bot.calendar.working_hours import is_workday
from bot.core.enums import Role
from bot.core.session_cache import read_once
from bot.people.domain.stints import Rep, Stint, in_zone, part
from bot.people.services import teams
from bot.people.services import workspace as workspaces
from bot.people.services.calendars import public_holidays
from bot.pipeline.domain.money import Money, Pile, added, piled, worth_in
from bot.pipeline.domain.portfolio import Amount, Currencies
from bot.pipeline.domain.stuck import WorkedDeal
from bot.pipeline.services import accounts
from bot.pipeline.services import stuck as pipelines
from bot.scorecards.domain import money
from bot.scorecards.domain.evidence import RepTally
from bot.scorecards.domain.money import IsWorked, Owner, Progress, Quota
from bot.scorecards.domain.tally import Takings, Tally
from bot.scorecards.services import targets
from storage.books import Books
from storage.queries.scorecards import targets as queries
from storage.tables import Quota as Row


def of_reps(books: Books, held: Sequence[Stint], period: Period, *, as_of: datetime) -> dict[int, Amount]:
    """By rep, of one role, over a period; without those who have no goal for it. Less for time spent on coaching.

    Of one who leaves in it, what the working days up to the last take of it.
    """
    if not held or held[0].rep.role not in money.WITH_GOALS:
        return {}
    base = workspaces.settings(books).currency
    given = _given(books, held[0].rep.role, tuple(stint.rep.id for stint in held), base)
    if not given:
        return {}
    fiscal = {floor.id: floor.fiscal_start for floor in teams.every(books)}
    spent = targets.minutes(books, [stint.rep.id for stint in held], period, as_of=as_of)
    found = {}
    for stint in held:
        is_worked, days = working_days(stint.country, period), _until_left(in_zone(period, stint.zone), stint)
        goal = money.goal_over(
            [one for one in given if _holds_for(one.owner, stint.rep)],
            days,
            fiscal_start=fiscal.get(stint.rep.team_id, 1),
            is_worked=is_worked,
        )
        if goal:
            less = money.share(spent[stint.rep.id], sum(map(is_worked, days.dates())))
            found[stint.rep.id] = goal._replace(value=money.relieved_money(goal.value, less))
    return found


def _until_left(period: Period, stint: Stint) -> Period:
    if stint.ended_on is None:
        return period
    end = min(period.end, start_of_day(stint.ended_on + timedelta(days=1), stint.zone))
    return replace(period, end=max(period.start, end))


@read_once
def _given(books: Books, role: Role, reps: tuple[int, ...], base: str) -> list[Quota]:
    return [_quota(row, base) for row in queries.of(books, role, reps)]


def progress(
    period: Period, goal: Amount, reached: Decimal | None, country: str | None, *, as_of: datetime
) -> Progress:
    gone = money.share_gone(period, period.until(as_of), working_days(country, period))
    return Progress(period, goal, reached, gone)


def working_days(country: str | None, period: Period) -> IsWorked:
    """By the calendar of the team's country, in the years around the period."""
    year = period.start.year
    holidays = public_holidays(country, year - 1, period.end.year + 1)
    return lambda day: is_workday(day, holidays=holidays)


def given(books: Books, owner: Owner) -> list[Quota]:
    return [_quota(row, "") for row in queries.of_whose(books, [str(owner)])]


def put(books: Books, owner: Owner, period: str, goal: Amount) -> bool:
    """Sets the goal; tells whether it changed."""
    return queries.put(
        books,
        str(owner),
        period,
        person_id=owner.person_id,
        role=owner.role,
        team_id=owner.team_id,
        amount=goal.value,
        currency=goal.currency,
    )


def _quota(row: Row, base: str) -> Quota:
    return Quota(
        Owner(row.person_id, row.role, row.team_id), row.period, Amount(row.amount, row.currency or base)
    )


def _holds_for(owner: Owner, rep: Rep) -> bool:
    return owner.person_id in (None, rep.id) and owner.team_id in (None, rep.team_id)


@dataclass(frozen=True, slots=True)
class _Worth:
    """In what amounts are added, and what one unit of the other currencies is worth in it."""

    base: str
    rates: Mapping[str, Decimal]

    def unrated(self, money: Money) -> set[str]:
        return set(money.piles) - self.rates.keys() - {self.base}

    def added(self, deals: Iterable[WorkedDeal]) -> Money:
        listed = list(deals)
        unknown = sum(deal.amount is None for deal in listed)
        return added(self.piled(listed), unknown, base=self.base, rates=self.rates)

    def piled(self, deals: Iterable[WorkedDeal]) -> dict[str, Pile]:
        known = ((deal.amount, deal.currency) for deal in deals if deal.amount is not None)
        return piled(known, base=self.base)

    def reached(self, piles: Mapping[str, Pile], goal: Amount | None) -> Decimal | None:
        """What the amounts come to in the goal's currency."""
        return worth_in(goal.currency, piles, base=self.base, rates=self.rates) if goal else None


def with_takings(
    books: Books, rows: Sequence[RepTally], held: Sequence[Stint], period: Period, *, as_of: datetime
) -> list[RepTally]:
    """The rows of stints, in their order, with what came in; as they were for those the period does not touch."""
    parts = {stint.rep.id: own for stint in held if (own := part(period, stint, as_of))}
    if not parts or held[0].rep.role not in (Role.AE, Role.AM):
        return list(rows)
    role = held[0].rep.role
    base = workspaces.settings(books).currency
    last_day = max(local_date(own.last, own.zone) for own in parts.values())
    worth = _Worth(base, accounts.rates_on(books, base, last_day))
    deals = _deals(books, parts, as_of) if role is Role.AE else {}
    goals_of = of_reps(books, held, period, as_of=as_of)

    def told(row: RepTally) -> RepTally:
        goal = goals_of.get(row.rep)
        if role is Role.AM:
            return replace(row, tally=_of_am(row.tally, worth, goal))
        return replace(row, tally=_of_ae(row.tally, deals.get(row.rep, ()), worth, goal))

    return [told(row) if row.rep in parts else row for row in rows]


def _of_ae(tally: Tally, deals: Sequence[WorkedDeal], worth: _Worth, goal: Amount | None) -> Tally:
    won_deals = [deal for deal in deals if deal.closed_at and deal.won]
    won, left = worth.added(won_deals), worth.added(deal for deal in deals if deal.closed_at is None)
    reached = worth.reached(worth.piled(won_deals), goal) if won.known or not won.unknown else None
    converted = {*won.converted, *left.converted}
    unrated = {currency for money in (won, left) if money.is_apart for currency in worth.unrated(money)}
    currencies = Currencies(tuple(sorted(converted)), tuple(sorted(unrated)))
    return replace(tally, takings=Takings(won, left, goal, reached), currencies=currencies)


def _of_am(tally: Tally, worth: _Worth, goal: Amount | None) -> Tally:
    """What the accounts grew by; an account whose own values are in several currencies leaves it open."""
    grown = piled(((one.growth, one.currency) for one in tally.accounts), base=worth.base)
    reached = None if tally.currencies.changed else worth.reached(grown, goal)
    return replace(tally, takings=Takings(goal=goal, reached=reached))


def _deals(books: Books, parts: Mapping[int, Period], as_of: datetime) -> dict[int, list[WorkedDeal]]:
    """By AE; most of a role share their days."""
    alike: dict[Period, list[int]] = defaultdict(list)
    for rep, own in parts.items():
        alike[own].append(rep)
    found: dict[int, list[WorkedDeal]] = defaultdict(list)
    for own, reps in alike.items():
        for deal in pipelines.worked(books, reps, own, as_of=as_of):
            found[deal.ae_id].append(deal)
    return found
