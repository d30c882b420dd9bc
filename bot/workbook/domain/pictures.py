"""The pictures of a workbook, and where the names of reps stand on the map so that none covers another."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil

from bot.charts.point_labels import Box, Point, place, sides
from bot.core.enums import Metric, Role
from bot.scorecards.domain.definitions import DEFINITIONS, metrics_of
from bot.scorecards.domain.definitions.counting import Measure
from bot.scorecards.domain.quadrant import Standing, standings
from bot.workbook.domain import reps
from bot.workbook.domain.figures import HAS_NUMBER
from bot.workbook.domain.glossary import Colophon
from bot.workbook.domain.roles import RoleFigures, count_styles, style_of, table_name, unit_of
from bot.workbook.domain.sheets import (
    Cell,
    Chart,
    ChartKind,
    Column,
    Series,
    Sheet,
    Side,
    Style,
    Table,
    stored,
)

CHARTED = 25
"""Reps of a role in one chart, the best by score: more cannot be told apart on a page."""


@dataclass(frozen=True, slots=True)
class _Pooled:
    """A role's measure over all its reps shown: the sums of their counts, and the quotient of the sums."""

    role: Role
    metric: Metric
    told: Sequence[Measure]
    currency: str = ""

    @property
    def counted(self) -> list[Measure]:
        return [one for one in self.told if one.numerator is not None and one.denominator is not None]

    @property
    def numerator(self) -> float:
        return sum(one.numerator or 0 for one in self.counted)

    @property
    def denominator(self) -> float:
        return sum(one.denominator or 0 for one in self.counted)

    @property
    def looks(self) -> tuple[Style, Style]:
        return count_styles(DEFINITIONS[self.metric].recipe_of(self.role))

    def over(self, formula: str) -> str:
        """A formula over the lines of the role's figures that are this measure's."""
        table = table_name(self.role)
        return stored(formula.format(f"{table}[Measure],[@Measure]", table), "Team")


def _value(one: _Pooled) -> Cell:
    style = style_of(one.metric)
    if not one.counted:
        return Cell(sum(told.value or 0 for told in one.told), style, one.over("SUMIFS({1}[Value],{0})"))
    value = one.numerator / one.denominator if one.denominator else None
    return Cell(value, style, stored('IF([@[Out of]]=0,"",[@Count]/[@[Out of]])', "Team"))


def _count(one: _Pooled) -> Cell | None:
    formula = one.over("SUMIFS({1}[Count],{0})")
    return Cell(one.numerator, one.looks[0], formula) if one.counted else None


def _out_of(one: _Pooled) -> Cell | None:
    formula = one.over("SUMIFS({1}[Out of],{0})")
    return Cell(one.denominator, one.looks[1], formula) if one.counted else None


def _reps(one: _Pooled) -> Cell:
    formula = one.over(f"COUNTIFS({{0}},{{1}}[Value],{HAS_NUMBER})")
    return Cell(sum(told.value is not None for told in one.told), formula=formula)


_TEAM: Sequence[Column[_Pooled]] = (
    Column("Measure", lambda one: DEFINITIONS[one.metric].title, width=28),
    Column("Role", lambda one: one.role, width=10),
    Column("Value", _value, Style.SCORE, 12),
    Column("Unit", lambda one: unit_of(one.metric, one.currency), width=9),
    Column("Count", _count, Style.WHOLE, 13),
    Column("Out of", _out_of, Style.WHOLE, 13),
    Column("Reps", _reps, Style.WHOLE, 8),
)


def sheet(colophon: Colophon, roles: Sequence[RoleFigures]) -> Sheet:
    return Sheet(
        "Pictures",
        f"{colophon.scope}, {colophon.days}: all reps together",
        (Table("Team", _TEAM, list(_pooled(roles))),),
        charts=tuple(_charts(roles)),
        on_one_page=True,
    )


def _pooled(roles: Sequence[RoleFigures]) -> Iterator[_Pooled]:
    for figures in roles:
        for metric in metrics_of(figures.role):
            if DEFINITIONS[metric].recipe_of(figures.role).pooled:
                told = [one for rep in figures.reps for one in rep.measures if one.key is metric]
                yield _Pooled(figures.role, metric, told, figures.currency)


def _charts(roles: Sequence[RoleFigures]) -> Iterator[Chart]:
    """Where the reps stand, and each role's headline rate; the series are stretches of the sheet Reps."""
    stretches: list[tuple[RoleFigures, int, int]] = []
    first = 0
    for figures in roles:
        last = first + len(figures.reps) - 1
        stretches.append((figures, first, min(last, first + CHARTED - 1)))
        first = last + 1
    yield chart(stretches)
    for figures, first, last in stretches:
        yield Chart(
            f"{figures.role}s by score, best on top (0: the role's middle)",
            ChartKind.BAR,
            [Series("Score", reps.TABLE, "Rep", "Score", first, last)],
            Style.SCORE,
        )


Stretch = tuple[RoleFigures, int, int]
"""A role, and its first and last row on the sheet of reps."""

_PLOT = Box(-210, -175, 210, 175)
"""Pixels of the plot around its middle, about, as Excel lays it out."""
_LETTER, _LINE, _GAP, _DOT = 5.6, 12.0, 9.0, 6.0
_STEP, _LEAST, _BEYOND = 0.2, 0.2, 1.1
"""The axes end on whole steps, a tenth beyond the furthest point."""


def chart(stretches: Sequence[Stretch]) -> Chart:
    standing = [_standing(stretch) for stretch in stretches]
    reach = _reach([one for role in standing for _label, one in role])
    beside = iter(_sides([one for role in standing for one in role], reach))
    return Chart(
        "Where the reps stand",
        ChartKind.SCATTER,
        [
            Series(
                figures.role,
                reps.TABLE,
                "Rep",
                "Effectiveness",
                first,
                last,
                across="Efficiency",
                sides=[next(beside) for _ in range(first, last + 1)],
            )
            for figures, first, last in stretches
        ],
        Style.DECIMAL,
        x_title="Efficiency (0: the role's middle)",
        y_title="Effectiveness (0: the role's middle)",
        reach=reach,
    )


def _standing(stretch: Stretch) -> list[tuple[str, Standing]]:
    """Of the stretch's rows, in their order."""
    figures, first, last = stretch
    found = standings(figures.estimates, figures.weights)
    return [(rep.label, found[rep.id]) for rep in reps.in_order(figures)[: last - first + 1]]


def _reach(standing: Sequence[Standing]) -> tuple[float, float]:
    """How far the axes go on either side of the middle: a little beyond the furthest point, so that they spread."""
    across, up = (
        max((abs(z) for one in standing if one.is_placed and (z := getattr(one, axis))), default=_LEAST)
        for axis in ("efficiency", "effectiveness")
    )
    return _rounded(across), _rounded(up)


def _rounded(furthest: float) -> float:
    return max(_LEAST, round(ceil(furthest * _BEYOND / _STEP) * _STEP, 1))


def _sides(reps: Sequence[tuple[str, Standing]], reach: tuple[float, float]) -> list[Side | None]:
    at = {n: _pixels(one, reach) for n, (_label, one) in enumerate(reps) if one.is_placed}
    sizes = [(_LETTER * len(reps[n][0]), _LINE) for n in at]
    found = dict(
        zip(at, place(list(at.values()), sizes, within=_PLOT, offsets=sides(_GAP), around=_DOT), strict=True)
    )
    return [_side(at[n], box) if (box := found.get(n)) else None for n in range(len(reps))]


def _pixels(one: Standing, reach: tuple[float, float]) -> Point:
    across, up = reach
    return (one.efficiency or 0) / across * _PLOT.right, (one.effectiveness or 0) / up * _PLOT.top


def _side(point: Point, name: Box) -> Side:
    if name.left > point[0]:
        return Side.RIGHT
    if name.right < point[0]:
        return Side.LEFT
    return Side.ABOVE if name.bottom > point[1] else Side.BELOW
