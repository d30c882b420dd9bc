"""The first page of a quarter in which Ben won in two currencies."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from bot.calendar import periods
from bot.core.enums import DealStatus, Role
from bot.people.domain.access import OPERATOR, Viewer
from bot.pipeline.domain.portfolio import Amount
from bot.scorecards.domain.money import Owner
from bot.scorecards.services import money
from bot.workbook.services import export as exports
from storage.database import Database
from tests.support.builders import workspace
from tests.workbook.export.exported import BERLIN, NOW
from tests.workbook.spreadsheets import rows

QUARTER = periods.parse("2026-Q4", now=NOW.astimezone(UTC), zone=BERLIN)
GOAL = Amount(Decimal(1_000), "EUR")
Page = Callable[..., Path]


@pytest.fixture
def page(db: Database, tmp_path: Path) -> Page:
    """Ben won 100 and 250 in EUR, 40 in CHF and one deal without an amount; Bob is far ahead of Ben, Bea and Bix."""
    with db.begin() as session:
        acme = workspace(session)
        east = acme.team("East")
        ben, bob, *others = (acme.rep(name, Role.AE, east) for name in ("Ben", "Bob", "Bea", "Bix"))
        at = datetime(2026, 10, 12, 12, 0, tzinfo=BERLIN)
        for amount, currency in ((100, "EUR"), (250, "EUR"), (40, "CHF"), (None, "")):
            about = {"amount": amount and Decimal(amount), "currency": currency}
            acme.deal(ben, at - timedelta(days=30), status=DealStatus.WON, closed_at=at, **about)
        for amount, close in ((70, date(2026, 11, 1)), (30, date(2026, 12, 20))):
            acme.deal(ben, at, amount=Decimal(amount), currency="EUR", expected_close=close)
        for rep, won, lost in ((bob, 30, 1), (others[0], 3, 20), (others[1], 3, 21)):
            for n in range(won + lost):
                status = DealStatus.WON if n < won else DealStatus.LOST
                acme.deal(rep, at - timedelta(days=20), status=status, closed_at=at + timedelta(hours=n))

    def write(viewer: Viewer = OPERATOR, goal: Amount | None = None, *, raw: bool = True) -> Path:
        if goal:
            with db.writing(acme.workspace_id, NOW) as books:
                money.put(books, Owner(person_id=ben), "2026-Q4", goal)
        about: dict[str, Any] = {"period": QUARTER, "team_id": None, "as_of": NOW, "now": NOW, "raw": raw}
        exports.write(db, acme.workspace_id, viewer, path=tmp_path / "book.xlsx", **about)
        return tmp_path / "book.xlsx"

    return write


def told(path: Path, table: str = "Money", sheet: str = "Summary") -> list[tuple[Any, ...]]:
    return [tuple(row.values()) for row in rows(path, sheet, table)]


def written(path: Path) -> list[str]:
    """What is written in the first column of the first page, from top to bottom."""
    column = openpyxl.load_workbook(path)["Summary"]["A"]
    return [str(cell.value) for cell in column if cell.value]
