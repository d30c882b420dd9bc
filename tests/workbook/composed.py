"""A workbook composed of a few reps' figures, before anything is written."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from bot.calendar.periods import parse
from bot.scorecards.domain.definitions import measures
from bot.scorecards.domain.estimates import estimate
from bot.scorecards.domain.evidence import RepTally, RoleEvidence
from bot.scorecards.domain.ranking import SCORE_WEIGHTS
from bot.workbook.domain import book
from bot.workbook.domain.glossary import Colophon
from bot.workbook.domain.headline import Headline
from bot.workbook.domain.pipeline import AccountRecord
from bot.workbook.domain.roles import RepFigures, RoleFigures
from bot.workbook.domain.sheets import Sheet, Table, Workbook
from tests.support.reps import QUARTER, TOOLS, ae, aes, am, ams, sdr, sdrs

ZONE = ZoneInfo("Europe/Berlin")
PERIOD = parse("2026-Q3", now=datetime(2026, 11, 1, tzinfo=UTC), zone=ZONE)
COLOPHON = Colophon(
    workspace="Acme",
    scope="East",
    period=PERIOD,
    as_of=PERIOD.end,
    exported_by="Mia",
    exported_at=datetime(2026, 11, 1, 9, 0, tzinfo=ZONE),
    raw=True,
    currency="USD",
    tool_cost=TOOLS,
    credit_rate=Decimal(60),
    stale_days=14,
    too_long={},
)
SDRS = [sdr(1, 8, 12, calls=310), sdr(2, 3, 12, calls=200), sdr(3, 0, 0, calls=50)]
AES = [ae(4, 5, 5, days=(10, 20)), ae(5, 1, 9), ae(6, 0, 0)]
AMS = [am(7, (100, 130)), am(8, (100, 90)), am(9, (50, 50))]


def role_figures(evidence: RoleEvidence, rows: Iterable[RepTally]) -> RoleFigures:
    role = evidence.role
    reps = [
        RepFigures(
            id=row.rep,
            label=f"Rep {row.rep}",
            team="East",
            first_day=date(2026, 7, 1),
            last_day=date(2026, 9, 30),
            presence=QUARTER,
            measures=measures(role, row.tally, row.presence, monthly_tool_cost=TOOLS),
        )
        for row in rows
    ]
    return RoleFigures(role, reps, estimate(evidence), SCORE_WEIGHTS[role], "USD")


def composed(
    *,
    raw: bool = True,
    counts: dict[str, int] | None = None,
    headline: Headline | None = None,
    emails: dict[str, str] | None = None,
    ramping: tuple[int, ...] = (),
) -> Workbook:
    records = book.Records(
        (), (), (), [AccountRecord("Rep 7", "Acme", "USD", Decimal(1), None, Decimal(2))], (), counts or {}
    )
    callers = [replace(one, ramping=one.rep in ramping) for one in SDRS]
    roles = [
        role_figures(sdrs(*callers), callers),
        role_figures(aes(*AES), AES),
        role_figures(ams(*AMS), AMS),
    ]
    return book.compose(COLOPHON, roles, headline or Headline(), (), (), records, emails or {})


def tables(workbook: Workbook) -> dict[str, Table[Any]]:
    return {table.name: table for sheet in workbook.sheets for table in sheet.tables}


def sheet_of(workbook: Workbook, name: str) -> Sheet:
    return next(sheet for sheet in workbook.sheets if sheet.name == name)
