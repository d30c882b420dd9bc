"""The first sheet: the teams in numbers, on one page, with charts."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from bot.domain.definitions import DEFINITIONS, metrics_of
from bot.domain.metrics import Measure
from bot.domain.scorecard import CHIEF
from bot.domain.workbook import reps, standing_map
from bot.domain.workbook.figures import HAS_NUMBER
from bot.domain.workbook.formulas import stored
from bot.domain.workbook.glossary import Colophon
from bot.domain.workbook.roles import RoleFigures, count_styles, style_of, table_name
from bot.domain.workbook.sheets import (
    Cell,
    Chart,
    ChartKind,
    Column,
    Row,
    Series,
    Sheet,
    Style,
    Table,
)
from bot.words import Metric, Role

CHARTED = 25
"""Reps of a role in one chart, the best by score: more cannot be told apart on a page."""

_NOT_POOLED = (Metric.CYCLE_DAYS,)


@dataclass(frozen=True, slots=True)
class Totals:
    """What the sheets of records come to."""

    open_deals: int
    stuck_deals: int
    slipped_deals: int
    pairs: int
    sessions: int
    credited_minutes: int


def sheet(colophon: Colophon, roles: Sequence[RoleFigures], totals: Totals, live: Collection[str]) -> Sheet:
    when = f"{colophon.exported_at:%Y-%m-%d %H:%M}"
    return Sheet(
        "Summary",
        f"{colophon.scope}, {colophon.days}",
        (
            Table("Team", _COLUMNS, list(_pooled(roles)), heading="All reps together"),
            Table(
                "Work",
                (Column("Pipeline and coaching", width=28), Column("Number", Style.WHOLE, 10)),
                list(_work(totals, live)),
                heading="Pipeline and coaching",
            ),
        ),
        notes=(
            f"Written for {colophon.exported_by} on {when}. Behind this page: Reps, with "
            "one line each; a sheet per role, with every figure; the records they are counted from; and Definitions, "
            "which says what each word means.",
        ),
        charts=tuple(_charts(roles)),
        on_one_page=True,
    )


_COLUMNS = (
    Column("Measure", width=28),
    Column("Role", width=10),
    Column("Value", Style.SCORE, 12),
    Column("Count", Style.WHOLE, 13),
    Column("Out of", Style.WHOLE, 13),
    Column("Reps", Style.WHOLE, 8),
)


def _pooled(roles: Sequence[RoleFigures]) -> Iterator[Row]:
    """Each role's measures over all its reps shown: the sums of their counts, and the quotient of the sums."""
    for figures in roles:
        for metric in metrics_of(figures.role):
            told = [one for rep in figures.reps for one in rep.measures if one.key is metric]
            if metric not in _NOT_POOLED:
                yield _pooled_row(figures.role, metric, told)


def _pooled_row(role: Role, metric: Metric, told: Sequence[Measure]) -> Row:
    counted = [one for one in told if one.numerator is not None and one.denominator is not None]
    value: Cell = _total(role, metric, told)
    count: Cell | None = None
    out_of: Cell | None = None
    if counted:
        value = _quotient(metric, counted)
        looks = count_styles(metric)
        count = _sum(role, "Count", sum(one.numerator or 0 for one in counted), looks[0])
        out_of = _sum(role, "Out of", sum(one.denominator or 0 for one in counted), looks[1])
    reps_with = sum(one.value is not None for one in told)
    return (
        DEFINITIONS[metric].title,
        role,
        value,
        count,
        out_of,
        Cell(reps_with, formula=_over(role, f"COUNTIFS({{0}},{{1}}[Value],{HAS_NUMBER})")),
    )


def _quotient(metric: Metric, counted: Sequence[Measure]) -> Cell:
    out_of = sum(one.denominator or 0 for one in counted)
    value = sum(one.numerator or 0 for one in counted) / out_of if out_of else None
    return Cell(value, style_of(metric), stored('IF([@[Out of]]=0,"",[@Count]/[@[Out of]])', "Team"))


def _total(role: Role, metric: Metric, told: Sequence[Measure]) -> Cell:
    total = sum(one.value or 0 for one in told)
    return Cell(total, style_of(metric), _over(role, "SUMIFS({1}[Value],{0})"))


def _sum(role: Role, column: str, value: float, style: Style) -> Cell:
    return Cell(value, style, _over(role, f"SUMIFS({{1}}[{column}],{{0}})"))


def _over(role: Role, formula: str) -> str:
    table = table_name(role)
    return stored(formula.format(f"{table}[Measure],[@Measure]", table), "Team")


def _work(totals: Totals, live: Collection[str]) -> Iterator[Row]:
    deals, sessions = "Deals" in live, "Sessions" in live
    numbers = (
        ("Open deals", totals.open_deals, deals, 'COUNTIFS(Deals[Status],"open")'),
        (
            "Stuck deals",
            totals.stuck_deals,
            deals,
            'COUNTIFS(Deals[Status],"open",Deals[Stuck because],"?*")',
        ),
        ("Deals that slipped", totals.slipped_deals, deals, 'COUNTIFS(Deals[Slipped],"yes")'),
        ("Pairs", totals.pairs, sessions, 'COUNTIFS(Sessions[Pair],"?*")'),
        ("Coaching sessions", totals.sessions, sessions, 'COUNTIFS(Sessions[Credited minutes],">=0")'),
        ("Credited minutes", totals.credited_minutes, sessions, "SUM(Sessions[Credited minutes])"),
    )
    for title, number, is_live, formula in numbers:
        yield title, Cell(number, formula=stored(formula, "Work") if is_live else "")


def _charts(roles: Sequence[RoleFigures]) -> Iterator[Chart]:
    """Where the reps stand, and each role's headline rate; the series are stretches of the sheet Reps."""
    stretches: list[tuple[RoleFigures, int, int]] = []
    first = 0
    for figures in roles:
        last = first + len(figures.reps) - 1
        stretches.append((figures, first, min(last, first + CHARTED - 1)))
        first = last + 1
    yield standing_map.chart(stretches)
    for figures, first, last in stretches:
        metric = CHIEF[figures.role]
        title = DEFINITIONS[metric].title
        yield Chart(
            f"{figures.role}: {title.lower()} (best score on top)",
            ChartKind.BAR,
            [Series(title, reps.TABLE, "Rep", title, first, last)],
            style_of(metric),
        )
