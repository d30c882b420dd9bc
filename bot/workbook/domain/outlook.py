"""What is won, what may still come and the goal as bars beside each other: the picture to look at first."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from bot.workbook.domain.headline import Goal, Headline
from bot.workbook.domain.sheets import Chart, ChartKind, Column, Series, Style, Table


class _Bar(NamedTuple):
    what: str
    currency: str
    amount: float


_COLUMNS: Sequence[Column[_Bar]] = (
    Column("Won, forecast and goal", lambda one: one.what, width=28),
    Column("In", lambda one: one.currency, width=10),
    Column("Amount", lambda one: one.amount, Style.MONEY, 14),
)


def tables(headline: Headline) -> Iterator[Table[_Bar]]:
    """None where nothing can be set beside another in one currency."""
    bars = list(_bars(headline))
    if bars or headline.is_whole:
        yield Table("Outlook", _COLUMNS, bars, heading="Won, forecast and goal")


def charts(headline: Headline) -> Iterator[Chart]:
    if bars := list(_bars(headline)):
        series = Series("Amount", "Outlook", "Won, forecast and goal", "Amount", 0, len(bars) - 1)
        title = f"Won, forecast and goal ({bars[0].currency})"
        yield Chart(title, ChartKind.BAR, [series], Style.WHOLE, beside=1)


def _bars(headline: Headline) -> Iterator[_Bar]:
    one = headline.coming[0] if len(headline.coming) == 1 else None
    found, goal = one and one.forecast, _goal(headline)
    if one and found and found.interval and found.expected is not None:
        low, high = found.interval
        yield _Bar("Won so far", one.currency, found.won)
        yield from _pace(goal)
        yield _Bar("Forecast: low end of the range", one.currency, low)
        yield _Bar("Forecast: middle", one.currency, found.expected)
        yield _Bar("Forecast: high end of the range", one.currency, high)
    elif goal:
        yield _Bar("Won", goal.currency, float(goal.reached))
        yield from _pace(goal)
    if goal:
        yield _Bar("Goal", goal.currency, float(goal.goal))


def _goal(headline: Headline) -> Goal | None:
    goal = headline.against
    return None if goal is None or goal.why_untold else goal


def _pace(goal: Goal | None) -> Iterator[_Bar]:
    if goal and 0 < goal.due < goal.goal:
        yield _Bar("Even pace by now", goal.currency, float(goal.due))
