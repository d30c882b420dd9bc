"""What came in, against what was to come in: facts with their currency, never compared with a colleague's."""

from collections.abc import Callable, Iterator, Mapping

from bot.core.enums import Metric, Role
from bot.pipeline.domain.money import Money, Pile
from bot.scorecards.domain.definitions.accounts import growth
from bot.scorecards.domain.definitions.basis import Told
from bot.scorecards.domain.definitions.behind import Behind, DealBehind
from bot.scorecards.domain.definitions.counting import Count, Given, Measure, ratio
from bot.scorecards.domain.definitions.metric import Good, Kind, MetricDefinition, Unit
from bot.scorecards.domain.definitions.questions import ABOUT_DEALS
from bot.scorecards.domain.definitions.recipe import Looks, Recipe
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
        records_in=Unit.MONEY,
        of_currencies=_apart(_open, _total),
    ),
)
