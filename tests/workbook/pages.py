"""A first page and its rows, made of a few figures."""

from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from bot.calendar.periods import parse
from bot.pipeline.domain.forecast import Forecast
from bot.pipeline.domain.money import Money, Pile
from bot.workbook.domain.glossary import Colophon
from bot.workbook.domain.headline import Coming, Goal, Headline
from bot.workbook.domain.sheets import Cell, Sheet, Table
from bot.workbook.domain.summary import page

ZONE = ZoneInfo("Europe/Berlin")
PERIOD = parse("2026-Q4", now=datetime(2026, 11, 1, tzinfo=UTC), zone=ZONE)
RUNNING = Colophon(
    workspace="Acme",
    scope="East",
    period=PERIOD,
    as_of=datetime(2026, 11, 22, 23, 0, tzinfo=ZONE),
    exported_by="Mia",
    exported_at=datetime(2026, 11, 30, 9, 0, tzinfo=ZONE),
    raw=True,
    currency="USD",
    tool_cost=Decimal(0),
    credit_rate=Decimal(0),
    stale_days=14,
    too_long={},
)
COMING = Forecast(450.0, 96, 0, 780.0, (700.0, 870.0))


def money(**piles: int) -> Money:
    return Money({currency: Pile(Decimal(total), 1) for currency, total in piles.items()})


def headline(*goals: Goal, forecast: Forecast | None = COMING, **about: Any) -> Headline:
    coming = [Coming("", "USD", forecast)] if forecast else []
    given: dict[str, Any] = {"won": money(USD=450), "gone": 0.58, "coming": coming, "goals": goals} | about
    return Headline(**given)


def table(sheet: Sheet, name: str) -> Table[Any]:
    return next(table for table in sheet.tables if table.name == name)


def rows(sheet: Sheet, name: str) -> Iterator[list[Any]]:
    for row in table(sheet, name).rows:
        yield [cell.value if isinstance(cell, Cell) else cell for cell in row]


def said(one: Headline, colophon: Colophon = RUNNING) -> dict[str, list[Any]]:
    return {row[0]: row for row in rows(page.sheet(colophon, one, ("Deals",)), "Money")}
