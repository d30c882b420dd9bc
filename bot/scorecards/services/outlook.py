"""Where reps and teams stand in the period that runs: won, goal, pace and forecast, as it was known at a moment."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from bot.calendar import periods
from bot.calendar.periods import Period
from bot.calendar.wallclock import local_date
from bot.core.enums import Role
from bot.people.domain.stints import Stint, in_zone, part
from bot.people.services import people
from bot.people.services import workspace as workspaces
from bot.people.services.teams import Floor
from bot.pipeline.domain.forecast import Forecast, Unforeseen, forecast
from bot.pipeline.domain.money import Pile, piled, worth_in
from bot.pipeline.domain.portfolio import Amount
from bot.pipeline.domain.stuck import WorkedDeal
from bot.pipeline.services import accounts
from bot.pipeline.services import forecast as years
from bot.pipeline.services import stuck as pipelines
from bot.scorecards.domain.money import Outlook, Progress
from bot.scorecards.domain.ranking import seed_of
from bot.scorecards.services import money, tallies
from bot.scorecards.services.money import with_takings
from storage.books import Books


@dataclass(frozen=True, slots=True)
class Asked:
    """Whose deals, when; `whose` and the period's label seed the draws. `of_team`: a seat's, whoever has left it."""

    books: Books
    whose: str
    held: Sequence[Stint]
    period: Period
    as_of: datetime
    of_team: bool = False

    @property
    def base(self) -> str:
        return workspaces.settings(self.books).currency

    @property
    def rates(self) -> Mapping[str, Decimal]:
        return accounts.rates_on(self.books, self.base, local_date(self.as_of, self.period.zone))

    def deals(self) -> list[WorkedDeal]:
        """Those that were open at any moment of the period."""
        aes = [stint.rep.id for stint in self.held]
        return pipelines.worked(self.books, aes, self.period.until(self.as_of), as_of=self.as_of)

    def won(self, deals: Sequence[WorkedDeal]) -> list[WorkedDeal]:
        """Those won while their AE held the role, as on the card: what closes after somebody left is not theirs.

        To a team it still came in.
        """
        held = [replace(one, ended_on=None) for one in self.held] if self.of_team else self.held
        own = {one.rep.id: part(self.period, one, self.as_of) for one in held}
        closed = ((deal, deal.closed_at, own[deal.ae_id]) for deal in deals if deal.won)
        return [deal for deal, at, days in closed if at and days and days.contains(at)]

    def in_currency(self, currency: str, deals: Sequence[WorkedDeal]) -> Decimal | None:
        known = ((deal.amount, deal.currency) for deal in deals if deal.amount is not None)
        return worth_in(currency, piled(known, base=self.base), base=self.base, rates=self.rates)


def running(floor: Floor, asked: Period, *, as_of: datetime) -> Period:
    """The period asked for while it runs, else the quarter that runs."""
    if asked.contains(as_of):
        return asked
    return periods.parse("quarter", now=as_of, zone=floor.zone, fiscal_start=floor.fiscal_start)


def of_rep(
    books: Books, person_id: int, floor: Floor, asked: Period, *, as_of: datetime, forecasts: bool = True
) -> Outlook | None:
    """None for a role without money. Raises NotFound for one who holds no role."""
    question = of_one(books, person_id, running(floor, asked, as_of=as_of), as_of=as_of)
    role = question.held[0].rep.role
    if role is Role.AE:
        return of_deals(question, forecasts=forecasts)
    return _of_am(question) if role is Role.AM else None


def of_team(
    books: Books, floor: Floor, asked: Period | None = None, *, as_of: datetime, forecasts: bool = True
) -> Outlook | None:
    """Of a team's AEs together, those too who left it (without an id, the workspace's); None where it has none."""
    period = running(floor, asked or Period("", as_of, as_of, floor.zone), as_of=as_of)
    question = of_aes(books, floor, period, as_of=as_of)
    return of_deals(question, forecasts=forecasts) if question.held else None


def of_one(books: Books, person_id: int, period: Period, *, as_of: datetime) -> Asked:
    """Raises NotFound for one who held no role."""
    stint = people.stints_of(books, person_id, period, as_of=as_of)
    return Asked(books, str(person_id), [stint], in_zone(period, stint.zone), as_of)


def of_aes(books: Books, floor: Floor, period: Period, *, as_of: datetime) -> Asked:
    """Of whoever was an AE of the team in the period."""
    held = [
        stint
        for stint in people.ever_in_role(books, Role.AE, period, as_of=as_of)
        if floor.id in (None, stint.rep.team_id)
    ]
    return Asked(books, f"team {floor.id}", held, period, as_of, of_team=True)


def of_deals(asked: Asked, *, forecasts: bool = True) -> Outlook:
    deals = asked.deals()
    won = asked.won(deals)
    left = [deal for deal in deals if deal.closed_at is None]
    aims = money.of_reps(asked.books, asked.held, asked.period, as_of=asked.as_of)
    currency = _currency(asked, aims, deals)
    won_in_all = asked.in_currency(currency, won)
    theirs = [deal for deal in won if deal.ae_id in aims]
    return Outlook(
        asked.period,
        currency,
        None if _is_unpriced(won) else won_in_all,
        asked.in_currency(currency, left),
        sum(deal.amount is None for deal in won),
        _progress(
            asked, currency, aims, None if _is_unpriced(theirs) else asked.in_currency(currency, theirs)
        ),
        _forecast(asked, currency, won_in_all, left) if forecasts else None,
        len(aims),
        are_goals_unpriced=_is_unpriced(theirs),
    )


def _is_unpriced(won: Sequence[WorkedDeal]) -> bool:
    """Nothing can be told of what came in; no deal at all is 0."""
    return bool(won) and all(deal.amount is None for deal in won)


def _of_am(asked: Asked) -> Outlook | None:
    """What the accounts grew by; nothing is forecast of them."""
    counted = tallies.of_stints(asked.books, asked.held, asked.period, as_of=asked.as_of)
    [row] = with_takings(asked.books, counted, asked.held, asked.period, as_of=asked.as_of)
    takings = row.tally.takings
    if takings is None or takings.goal is None:
        return None
    aims = {row.rep: takings.goal}
    progress = _progress(asked, takings.goal.currency, aims, takings.reached)
    return Outlook(asked.period, takings.goal.currency, takings.reached, None, 0, progress, None, 1)


def _currency(asked: Asked, aims: Mapping[int, Amount], deals: Sequence[WorkedDeal]) -> str:
    """The goals' where they have one, else the deals', else the workspace's."""
    used = {goal.currency for goal in aims.values()} or {
        deal.currency or asked.base for deal in deals if deal.amount is not None
    }
    return used.pop() if len(used) == 1 else asked.base


def _progress(
    asked: Asked, currency: str, aims: Mapping[int, Amount], reached: Decimal | None
) -> Progress | None:
    piles = piled(((goal.value, goal.currency) for goal in aims.values()), base=asked.base)
    goal = worth_in(currency, piles, base=asked.base, rates=asked.rates)
    if not aims or goal is None:
        return None
    country = asked.held[0].country
    return money.progress(asked.period, Amount(goal, currency), reached, country, as_of=asked.as_of)


def _forecast(asked: Asked, currency: str, won: Decimal | None, left: Sequence[WorkedDeal]) -> Forecast:
    rates, base = asked.rates, asked.base
    amounts: dict[int, float | None] = {}
    mixed = won is None
    for deal in left:
        worth = None
        if deal.amount is not None:
            worth = worth_in(currency, {deal.currency or base: Pile(deal.amount, 1)}, base=base, rates=rates)
            mixed = mixed or worth is None
        amounts[deal.deal_id] = None if worth is None else float(worth)
    unknown = sum(deal.amount is None for deal in left)
    if mixed or won is None:
        return Forecast(0.0, len(left), unknown, why=Unforeseen.SEVERAL_CURRENCIES)
    if not asked.period.contains(asked.as_of):
        return Forecast(float(won), len(left), unknown, why=Unforeseen.NOT_RUNNING)
    zone = asked.period.zone
    days = (local_date(asked.period.last, zone) - local_date(asked.as_of, zone)).days
    return forecast(
        years.past(asked.books, days, currency, as_of=asked.as_of),
        years.open_deals(asked.books, left, amounts, zone, as_of=asked.as_of),
        won=float(won),
        days=days,
        seed=seed_of(asked.books.workspace_id, asked.whose, asked.period.label),
    )
