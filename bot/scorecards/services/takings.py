"""What came in by single reps, in money: read for a card, never for a whole role, which is not compared by it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from bot.calendar.periods import Period
from bot.calendar.wallclock import local_date
from bot.core.enums import Role
from bot.people.domain.stints import Stint, part
from bot.people.services import workspace as workspaces
from bot.pipeline.domain.money import Money, Pile, added, piled, worth_in
from bot.pipeline.domain.portfolio import Amount, Currencies
from bot.pipeline.domain.stuck import WorkedDeal
from bot.pipeline.services import exchange
from bot.pipeline.services import stuck as pipelines
from bot.scorecards.domain.evidence import RepTally
from bot.scorecards.domain.tally import Takings, Tally
from bot.scorecards.services import goals
from storage.books import Books


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
    worth = _Worth(base, exchange.rates_on(books, base, last_day))
    deals = _deals(books, parts, as_of) if role is Role.AE else {}
    goals_of = goals.of_reps(books, held, period, as_of=as_of)

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
