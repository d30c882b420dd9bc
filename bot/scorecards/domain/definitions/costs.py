"""What a result costs in tools, whatever a role's results are."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from bot.calendar.periods import DAYS_PER_MONTH
from bot.core.enums import SELLING_ROLES, Metric, Role
from bot.scorecards.domain.definitions.accounts import GREW_ROWS, grown_accounts
from bot.scorecards.domain.definitions.basis import CostOf
from bot.scorecards.domain.definitions.behind import Behind
from bot.scorecards.domain.definitions.counting import Given, Measure, ratio, results
from bot.scorecards.domain.definitions.deals import WON_ROWS, won_deals
from bot.scorecards.domain.definitions.leads import QUALIFIED_ROWS, qualified_leads
from bot.scorecards.domain.definitions.metric import Good, Kind, MetricDefinition, Unit
from bot.scorecards.domain.definitions.recipe import Looks, Recipe, of_rep
from bot.scorecards.domain.drilldown import Record


@dataclass(frozen=True, slots=True)
class _Results:
    """What a role is there for: where the workbook counts it, and the records that it is."""

    table: str
    rows: str
    records: Callable[[Behind], Iterable[Record]]


_RESULTS: Mapping[Role, _Results] = {
    Role.SDR: _Results("Handoffs", QUALIFIED_ROWS, qualified_leads),
    Role.AE: _Results("Deals", WON_ROWS, won_deals),
    Role.AM: _Results("Accounts", GREW_ROWS, grown_accounts),
}


def _cost_per_result(key: Metric, given: Given) -> Measure:
    cost = float(given.monthly_tool_cost) * given.presence.days / DAYS_PER_MONTH
    return ratio(key, cost, results(given.role, given.tally) or 0)


METRICS = (
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
        records_in=Unit.MONEY,
    ),
)
