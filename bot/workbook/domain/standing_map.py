"""Where the reps stand between effort and effect: one point each, named where there is room for the name."""

from collections.abc import Mapping, Sequence
from math import ceil

from bot.charts.point_labels import Box, Point, place, sides
from bot.scorecards.domain.quadrant import Standing, standings
from bot.workbook.domain import reps
from bot.workbook.domain.roles import RoleFigures
from bot.workbook.domain.sheets import Chart, ChartKind, Series, Side, Style

Stretch = tuple[RoleFigures, int, int]
"""A role, and its first and last row on the sheet of reps."""

_PLOT = Box(-430, -205, 430, 205)
"""Pixels of the plot around its middle, about, as Excel lays it out."""
_LETTER, _LINE, _GAP, _DOT = 5.6, 12.0, 9.0, 6.0
_AXES = (Box(-1, _PLOT.bottom, 1, _PLOT.top), Box(_PLOT.left, -1, _PLOT.right, 1))
"""A name stands on one only where there is no other room."""
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
                "Score",
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
        beside=1,
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
    return rounded(across), rounded(up)


def rounded(furthest: float) -> float:
    """A whole step a little beyond."""
    return max(_LEAST, round(ceil(furthest * _BEYOND / _STEP) * _STEP, 1))


def _sides(reps: Sequence[tuple[str, Standing]], reach: tuple[float, float]) -> list[Side | None]:
    at = {n: _pixels(one, reach) for n, (_label, one) in enumerate(reps) if one.is_placed}
    found = _names(reps, at, list(at), [*_AXES])
    taken = [box for box in found.values() if box]
    found |= _names(reps, at, [n for n in at if not found[n]], taken)
    return [_side(at[n], box) if (box := found.get(n)) else None for n in range(len(reps))]


def _names(
    reps: Sequence[tuple[str, Standing]], at: Mapping[int, Point], wanted: Sequence[int], taken: Sequence[Box]
) -> dict[int, Box | None]:
    """Where the wanted names stand, clear of what is taken and of every point."""
    others = [Box(x - _DOT, y - _DOT, x + _DOT, y + _DOT) for n, (x, y) in at.items() if n not in wanted]
    boxes = place(
        [at[n] for n in wanted],
        [(_LETTER * len(reps[n][0]), _LINE) for n in wanted],
        within=_PLOT,
        offsets=sides(_GAP),
        around=_DOT,
        taken=[*taken, *others],
    )
    return dict(zip(wanted, boxes, strict=True))


def _pixels(one: Standing, reach: tuple[float, float]) -> Point:
    across, up = reach
    return (one.efficiency or 0) / across * _PLOT.right, (one.effectiveness or 0) / up * _PLOT.top


def _side(point: Point, name: Box) -> Side:
    if name.left > point[0]:
        return Side.RIGHT
    if name.right < point[0]:
        return Side.LEFT
    return Side.ABOVE if name.bottom > point[1] else Side.BELOW
