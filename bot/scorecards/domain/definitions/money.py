"""What came in against what was to: facts with their currency, never compared; and what a result costs in tools."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from bot.calendar.periods import DAYS_PER_MONTH
from bot.core.enums import SELLING_ROLES, Metric, Role
from bot.pipeline.domain.feeds import Feed
from bot.pipeline.domain.money import Money, Pile
from bot.scorecards.domain.definitions.accounts import GREW_ROWS, grown_accounts, growth
from bot.scorecards.domain.definitions.behind import Behind, DealBehind
from bot.scorecards.domain.definitions.counting import Count, Given, Measure, ratio, results
from bot.scorecards.domain.definitions.deals import WON_ROWS, won_deals
from bot.scorecards.domain.definitions.leads import QUALIFIED_ROWS, qualified_leads
from bot.scorecards.domain.definitions.metric import (
    ABOUT_DEALS,
    CostOf,
    Good,
    Kind,
    Looks,
    MetricDefinition,
    Recipe,
    Told,
    Unit,
    of_rep,
)
from bot.scorecards.domain.drilldown import Bearing, Record
from bot.scorecards.domain.tally import Takings, Tally

TOLD = "Told"
"""No table of the workbook: amounts of several currencies are no sum of a column, so they are told as numbers."""
_IN_MONEY = (Looks.MONEY, Looks.MONEY)
_Take = Callable[[Takings], Money]
_Make = Callable[[Metric, str, Pile], Measure]


def _total(key: Metric, currency: str, pile: Pile) -> Measure:
    return Measure(key, float(pile.total), currency=currency)


def _average(key: Metric, currency: str, pile: Pile) -> Measure:
    told = ratio(key, float(pile.total), pile.deals)
    return Measure(key, told.value, told.numerator, told.denominator, currency=currency)


def _of(take: _Take, make: _Make) -> Count:
    """No deals at all come to 0; deals of which none has an amount are no data, as are several currencies."""

    def count(key: Metric, given: Given) -> Measure:
        if given.tally.takings is None:
            return Measure(key, None)
        money = take(given.tally.takings)
        missing = (money.unknown, money.deals)
        if money.only:
            told = make(key, *money.only)
            return Measure(
                key, told.value, told.numerator, told.denominator, currency=told.currency, missing=missing
            )
        nothing = make(key, "", Pile())
        return nothing if money.deals == 0 else Measure(key, None, missing=missing)

    return count


def _apart(take: _Take, make: _Make) -> Callable[[Metric, Tally], Mapping[str, Measure]]:
    def by_currency(key: Metric, tally: Tally) -> Mapping[str, Measure]:
        money = take(tally.takings) if tally.takings else Money()
        return {own: make(key, own, pile) for own, pile in money.piles.items()} if money.is_apart else {}

    return by_currency


def _attainment(key: Metric, given: Given) -> Measure:
    """None without a goal, with a goal of 0, and where what came in has no rate in the goal's currency."""
    takings = given.tally.takings
    if takings is None or takings.goal is None or takings.reached is None:
        return Measure(key, None)
    told = ratio(key, float(takings.reached), float(takings.goal.value))
    return Measure(key, told.value, told.numerator, told.denominator, currency=takings.goal.currency)


def _won(takings: Takings) -> Money:
    return takings.won


def _open(takings: Takings) -> Money:
    return takings.open


def _deals(
    chosen: Callable[[DealBehind], bool], with_amount: str, without: str
) -> Callable[[Behind], Iterator[Record]]:
    def read(behind: Behind) -> Iterator[Record]:
        for deal in behind.deals():
            if chosen(deal):
                yield _deal(deal, with_amount, without)

    return read


def _deal(deal: DealBehind, with_amount: str, without: str) -> Record:
    at = deal.closed_at or deal.opened_at
    if deal.amount is None:
        return Record(at, deal.company, Bearing.WAITS, note=without)
    return Record(at, deal.company, Bearing.COUNTS, float(deal.amount), deal.currency, note=with_amount)


_won_deals = _deals(lambda deal: deal.won, "won", "won, without an amount")
_open_deals = _deals(lambda deal: deal.closed_at is None, "still open", "still open, without an amount")


def _towards_goal(behind: Behind) -> Iterator[Record]:
    return growth(behind) if behind.role is Role.AM else _won_deals(behind)


METRICS = (
    MetricDefinition(
        key=Metric.WON_AMOUNT,
        coach_asks=ABOUT_DEALS,
        roles=(Role.AE,),
        title="Won",
        formula=(
            "amounts of the deals won in the period, negative ones (credit notes) included; deals without an amount "
            "are told as a share"
        ),
        plainly="What the deals you won in these days come to. Deals without an amount are not in it.",
        unit=Unit.MONEY,
        direction=Good.UP,
        kind=Kind.RESULT,
        counted=_of(_won, _total),
        basis=Told(),
        recipe=Recipe(TOLD, value="[@Value]", pooled=False),
        records=_won_deals,
        fed_by=(Feed.DEALS,),
        records_in=Unit.MONEY,
        of_currencies=_apart(_won, _total),
    ),
    MetricDefinition(
        key=Metric.QUOTA_ATTAINMENT,
        coach_asks=ABOUT_DEALS,
        roles=(Role.AE, Role.AM),
        title="Goal reached",
        formula=(
            "AE: amounts of the deals won in the period; AM: what accounts grew by in it; ÷ the money goal of the "
            "period, in the goal's currency"
        ),
        plainly="What came in by you in these days, as a share of your goal in money.",
        unit=Unit.SHARE,
        direction=Good.UP,
        kind=Kind.RESULT,
        counted=_attainment,
        basis=Told(),
        recipe=Recipe(TOLD, "[@Count]", "[@[Out of]]", looks=_IN_MONEY, pooled=False),
        records=_towards_goal,
        fed_by={Role.AE: (Feed.DEALS,)},
        records_in=Unit.MONEY,
    ),
    MetricDefinition(
        key=Metric.AVERAGE_DEAL,
        coach_asks=ABOUT_DEALS,
        roles=(Role.AE,),
        title="Average deal",
        formula="amounts of the deals won in the period ÷ how many of them have an amount",
        plainly="What a deal that you won in these days is worth on average. Bigger is neither better nor worse.",
        unit=Unit.MONEY,
        direction=Good.NONE,
        kind=Kind.RESULT,
        counted=_of(_won, _average),
        basis=Told(),
        recipe=Recipe(TOLD, "[@Count]", "[@[Out of]]", looks=(Looks.MONEY, Looks.WHOLE), pooled=False),
        records=_won_deals,
        fed_by=(Feed.DEALS,),
        records_in=Unit.MONEY,
        of_currencies=_apart(_won, _average),
    ),
    MetricDefinition(
        key=Metric.OPEN_PIPELINE,
        coach_asks=ABOUT_DEALS,
        roles=(Role.AE,),
        title="Open pipeline",
        formula="amounts of the deals open at the period's end; deals without an amount are told as a share",
        plainly="What your deals that are open at the end of these days come to. More is neither better nor worse.",
        unit=Unit.MONEY,
        direction=Good.NONE,
        kind=Kind.RESULT,
        counted=_of(_open, _total),
        basis=Told(),
        recipe=Recipe(TOLD, value="[@Value]", pooled=False),
        records=_open_deals,
        fed_by=(Feed.DEALS,),
        records_in=Unit.MONEY,
        of_currencies=_apart(_open, _total),
    ),
)


@dataclass(frozen=True, slots=True)
class _Results:
    """What a role is there for: where the workbook counts it, the records that it is, and what brings them."""

    table: str
    rows: str
    records: Callable[[Behind], Iterable[Record]]
    fed_by: tuple[Feed, ...]


_RESULTS: Mapping[Role, _Results] = {
    Role.SDR: _Results("Handoffs", QUALIFIED_ROWS, qualified_leads, (Feed.LEADS,)),
    Role.AE: _Results("Deals", WON_ROWS, won_deals, (Feed.DEALS,)),
    Role.AM: _Results("Accounts", GREW_ROWS, grown_accounts, ()),
}


def _cost_per_result(key: Metric, given: Given) -> Measure:
    cost = float(given.monthly_tool_cost) * given.presence.days / DAYS_PER_MONTH
    return ratio(key, cost, results(given.role, given.tally) or 0)


COST_METRICS = (
    MetricDefinition(
        key=Metric.COST_PER_RESULT,
        roles=SELLING_ROLES,
        title="Tool cost per result",
        formula=(
            "tool cost per month × (days in the period ÷ 30.4375) ÷ results (SDR: qualified leads; AE: deals won; "
            "AM: accounts worth more at the end than at the start)"
        ),
        plainly=(
            "What your tools cost in these days, for each result: a qualified lead, a deal won, "
            "or an account that grew."
        ),
        unit=Unit.MONEY,
        direction=Good.DOWN,
        kind=Kind.COST,
        counted=_cost_per_result,
        basis=CostOf(),
        recipe={
            role: Recipe(
                found.table,
                f"tool_cost*{of_rep('Days')}/days_per_month",
                found.rows,
                looks=(Looks.MONEY, Looks.WHOLE),
            )
            for role, found in _RESULTS.items()
        },
        records=lambda behind: _RESULTS[behind.role].records(behind),
        fed_by={role: found.fed_by for role, found in _RESULTS.items()},
        records_in=Unit.MONEY,
    ),
)
