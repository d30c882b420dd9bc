"""The team over 13 weeks, and forecasts beside what came: each a table to pivot, with a chart of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.core.enums import Role
from bot.pipeline.domain.forecast import FEWEST_CLOSED, Unforeseen
from bot.scorecards.domain.definitions import DEFINITIONS
from bot.scorecards.domain.money import Record, Said
from bot.scorecards.domain.over_time import LAST, WEEKS, Line, RoleWeeks, Week
from bot.scorecards.domain.verdict import Verdict
from bot.workbook.domain.roles import count_styles, style_of, unit_of
from bot.workbook.domain.sheets import (
    NOT_PRINTED,
    Cell,
    Chart,
    ChartKind,
    Column,
    Series,
    Sheet,
    Style,
    Table,
)

_VERDICTS = {
    Verdict.BETTER: "better",
    Verdict.WORSE: "worse",
    Verdict.CANNOT_TELL: "cannot tell",
    Verdict.NO_DATA: "no data",
}


_TOO_LITTLE = "Nothing can be held to its past yet: for most of the last four quarters"
_MISSING = {
    Unforeseen.FEW_CLOSED: f"{_TOO_LITTLE} fewer than {FEWEST_CLOSED} deals had closed in the 52 weeks before.",
    Unforeseen.SEVERAL_CURRENCIES: f"{_TOO_LITTLE} a rate is missing.",
    Unforeseen.AMOUNTS_UNKNOWN: f"{_TOO_LITTLE} deals have no amount.",
}


@dataclass(frozen=True, slots=True)
class OfTeam:
    """What is told over time of one team, or of all together; `team` is how it is called."""

    team: str
    weeks: Sequence[RoleWeeks]
    record: Record | None


@dataclass(frozen=True, slots=True)
class _Said:
    team: str
    currency: str
    one: Said


@dataclass(frozen=True, slots=True)
class _Weekly:
    team: str
    role: Role
    line: Line
    week: Week
    currency: str


_FORECASTS: Sequence[Column[_Said]] = (
    Column("Team", lambda row: row.team, width=18),
    Column("Quarter", lambda row: row.one.quarter, width=11),
    Column("Said on", lambda row: row.one.day, Style.DAY, 12),
    Column("Currency", lambda row: row.currency, width=10),
    Column("Low", lambda row: row.one.low, Style.MONEY, 15),
    Column("Middle", lambda row: row.one.middle, Style.MONEY, 15),
    Column("High", lambda row: row.one.high, Style.MONEY, 15),
    Column("Came", lambda row: row.one.came, Style.MONEY, 15),
    Column("Came in all", lambda row: row.one.in_all, Style.MONEY, 15),
    Column("Held", lambda row: row.one.held, width=8),
)
_WEEKS: Sequence[Column[_Weekly]] = (
    Column("Team", lambda row: row.team, width=18),
    Column("Role", lambda row: row.role, width=8),
    Column("Measure", lambda row: DEFINITIONS[row.line.metric].title, width=28),
    Column("Week of", lambda row: row.week.monday, Style.DAY, 12),
    Column("Value", lambda row: Cell(row.week.value, style_of(row.line.metric)), Style.SCORE, 12),
    Column("Unit", lambda row: unit_of(row.line.metric, row.currency), width=10),
    Column("Count", lambda row: Cell(row.week.count, _looks(row)[0]), Style.WHOLE, 13),
    Column("Out of", lambda row: Cell(row.week.of, _looks(row)[1]), Style.WHOLE, 13),
    Column("Verdict", lambda row: _VERDICTS[row.line.judged.verdict], width=13),
)


def _looks(row: _Weekly) -> tuple[Style, Style]:
    return count_styles(DEFINITIONS[row.line.metric].recipe_of(row.role))


def sheets(told: Sequence[OfTeam], currency: str) -> list[Sheet]:
    """None for a rep's own workbook; where forecasts have no past to be held to, the reason stands in place of rows."""
    return [*_forecasts(told), *_weeks(told, currency)]


def _forecasts(told: Sequence[OfTeam]) -> Iterator[Sheet]:
    rows = [
        _Said(one.team, one.record.currency, said) for one in told if one.record for said in one.record.said
    ]
    records = [one.record for one in told if one.record]
    if not records:
        return
    missing = [_MISSING[one.why] for one in records[:1] if one.why in _MISSING and not rows]
    yield Sheet(
        "Forecasts",
        "Past forecasts against results",
        (Table("Forecasts", _FORECASTS, rows),),
        notes=(
            "Low, Middle and High: the forecast as it would have been told on that day, by what was known then. Came: "
            "what was won by then and of the deals open then; Came in all has the deals that were opened later, too. "
            "Held: whether Came lies between Low and High, as it should 8 times in 10.",
            *missing,
        ),
        charts=tuple(_said_and_came(rows)),
        prints=bool(rows),
    )


def _said_and_came(rows: Sequence[_Said]) -> Iterator[Chart]:
    """Of the first team."""
    if rows:
        last = sum(row.team == rows[0].team for row in rows) - 1
        titles = ("Low", "Middle", "High", "Came")
        series = [Series(title, "Forecasts", "Said on", title, 0, last) for title in titles]
        name = f"Forecasts and results: {rows[0].team}, {rows[0].currency}"
        yield Chart(name, ChartKind.LINE, series, Style.WHOLE)


def _weeks(told: Sequence[OfTeam], currency: str) -> Iterator[Sheet]:
    rows = [
        _Weekly(one.team, role.role, line, week, currency)
        for one in told
        for role in one.weeks
        for line in role.lines
        for week in line.weeks
    ]
    if told:
        yield Sheet(
            "Weeks",
            f"Every measure of each role, over {WEEKS} weeks",
            (Table("Weeks", _WEEKS, rows),),
            notes=(
                f"Over all reps of the role together. Verdict: the last {LAST} weeks against those before them, told "
                "only where chance alone would hardly show it.",
                NOT_PRINTED,
            ),
            charts=tuple(_charts(rows, told[0])),
            prints=False,
        )


def _charts(rows: Sequence[_Weekly], first: OfTeam) -> Iterator[Chart]:
    """Of the first team: each role's chief figure."""
    for role in first.weeks:
        at = next(
            (
                n
                for n, row in enumerate(rows)
                if (row.team, row.role, row.line.metric) == (first.team, role.role, role.chief)
            ),
            None,
        )
        if at is not None:
            title = DEFINITIONS[role.chief].title
            series = [Series(title, "Weeks", "Week of", "Value", at, at + WEEKS - 1)]
            yield Chart(f"{role.role}s, {first.team}: {title}", ChartKind.LINE, series, style_of(role.chief))
