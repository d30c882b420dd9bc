"""Where the reps stand between effort and effect: one point each, named where there is room for the name."""

from collections.abc import Sequence
from math import ceil

from bot.charts.point_labels import Box, Point, place, sides
from bot.scorecards.domain.quadrant import Standing, standings
from bot.workbook.domain import reps
from bot.workbook.domain.roles import RoleFigures
from bot.workbook.domain.sheets import Chart, ChartKind, Series, Side, Style

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
