"""The starter template: every table of the workbook, of nobody yet, and a page that shows how to report from them."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from bot.calendar import periods
from bot.core.enums import SELLING_ROLES
from bot.scorecards.domain.estimates import estimate
from bot.scorecards.domain.evidence import gather
from bot.scorecards.domain.money import Record
from bot.scorecards.domain.ranking import SCORE_WEIGHTS
from bot.workbook.domain.book import Records, compose
from bot.workbook.domain.glossary import Colophon
from bot.workbook.domain.headline import Headline
from bot.workbook.domain.over_time import OfTeam
from bot.workbook.domain.roles import RoleFigures
from bot.workbook.domain.sheets import (
    Cell,
    Chart,
    ChartKind,
    Column,
    Series,
    Sheet,
    Style,
    Table,
    Workbook,
    by_name,
)


class _Line(NamedTuple):
    what: str
    formula: str


_LINES: Sequence[_Line] = (
    _Line("Deals won", '=COUNTIFS(Deals[Status],"won")'),
    _Line("Deals open", '=COUNTIFS(Deals[Status],"open")'),
    _Line("Deals stuck", '=COUNTIFS(Deals[Status],"open",Deals[Stuck because],"?*")'),
    _Line("Leads passed", '=COUNTIFS(Handoffs[SDR],"?*")'),
    _Line("Calls", "=SUM(Activity[Calls])"),
    _Line("Credited minutes of coaching", "=SUM(Credit[Credited minutes])"),
)
_COLUMNS: Sequence[Column[_Line]] = (
    Column("What", lambda line: line.what, width=34),
    Column("Number", lambda line: Cell(0, formula=line.formula), Style.WHOLE, 14),
)
_NOTES = (
    "A report of your own. Change this page as you like: your logo, pivots, charts. Keep the sheets behind it: "
    "their tables are filled each time. A table that you do not need may go; a column of your own may come beside "
    "ours, and its formula is carried down. Formulas and charts that name a table or the whole of a column, such as "
    "=SUM(Activity[Calls]), grow with it. Then: cornerman export --template THIS.xlsx -o REPORT.xlsx",
)


def book(now: datetime) -> Workbook:
    whole = empty(now)
    report = Sheet(
        "Report",
        "Report",
        (Table("Report", _COLUMNS, _LINES),),
        notes=_NOTES,
        charts=(
            Chart(
                "Score of each rep",
                ChartKind.BAR,
                [Series("Score", "Reps", "Rep", "Score", 0, 0)],
                Style.SCORE,
            ),
        ),
        on_one_page=True,
    )
    pages = [page for sheet in whole.sheets for page in _apart(sheet)]
    return replace(whole, title="Report", sheets=(report, *pages))


def _apart(sheet: Sheet) -> Iterator[Sheet]:
    """Each of its tables on a sheet of its own: below another it would have no room to grow.

    The notes and charts beside them tell of one workbook's rows, and are left out.
    """
    if len(sheet.tables) == 1 and not sheet.charts:
        yield sheet
        return
    for table in sheet.tables:
        yield Sheet(table.name, table.heading or table.name, (replace(table, heading=""),))


def empty(now: datetime) -> Workbook:
    """The workbook of nobody: its tables as they always are, without a row of data."""
    zone = ZoneInfo("UTC")
    colophon = Colophon(
        workspace="",
        scope="",
        period=periods.parse(periods.DEFAULT, now=now, zone=zone),
        as_of=now,
        exported_by="",
        exported_at=now,
        raw=True,
        currency="",
        tool_cost=Decimal(0),
        credit_rate=Decimal(0),
        stale_days=0,
        too_long={},
    )
    nobody = [
        RoleFigures(role, (), estimate(gather(role, (), monthly_tool_cost=Decimal(0))), SCORE_WEIGHTS[role])
        for role in SELLING_ROLES
    ]
    nothing = Records((), (), (), (), (), {})
    untold = [OfTeam("", (), Record(""))]
    return compose(colophon, nobody, Headline(is_whole=True), (), (), nothing, {}, untold)


def tables(now: datetime) -> dict[str, Table[Any]]:
    """Every table that a workbook may have, by its name in small letters."""
    return by_name(empty(now).sheets)
