"""A company's own workbook, and what fills it."""

from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from bot.core.enums import DealStatus, Role
from bot.people.domain.access import OPERATOR
from bot.workbook.services import export as exports
from bot.workbook.services import templates
from bot.workbook.services.export import ExportReport
from storage.database import Database
from tests.support.builders import workspace
from tests.workbook.export.exported import NOW, PERIOD
from tests.workbook.template.filled import CLOSED
from tests.workbook.template.pivots import with_pivot
from tests.workbook.template.reports import DEALS, report


@pytest.fixture
def export(db: Database, tmp_path: Path) -> Callable[..., ExportReport]:
    """Of a team that won 100 with Acme & Co and 250 with =Birch, and has one deal open; it can be exported anew."""
    with db.begin() as session:
        acme = workspace(session)
        east = acme.team("East")
        ben = acme.rep("Ben", Role.AE, east)
        for company, amount in (("Acme & Co", 100), ("=Birch", 250)):
            about = {"company": company, "amount": Decimal(amount), "currency": "EUR"}
            acme.deal(ben, CLOSED - timedelta(days=9), status=DealStatus.WON, closed_at=CLOSED, **about)
        acme.deal(ben, CLOSED + timedelta(days=9), company="Cedar", amount=Decimal(70), currency="EUR")

    def write(template: Path, out: str = "out.xlsx", *, as_of: datetime = NOW) -> ExportReport:
        return exports.write(
            db,
            acme.workspace_id,
            OPERATOR,
            period=PERIOD,
            team_id=None,
            as_of=as_of,
            now=NOW,
            path=tmp_path / out,
            template=templates.opened(template, NOW),
        )

    return write


@pytest.fixture
def board(tmp_path: Path) -> Path:
    return with_pivot(report(tmp_path / "board.xlsx"), "deals", DEALS, by="Status", sums="Amount")
