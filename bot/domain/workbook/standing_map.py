"""Where the reps stand between effort and effect: one point each, named where there is room for the name."""

from collections.abc import Iterator, Sequence

from bot.domain.corners import Standing, standings
from bot.domain.labels import Box, Point, place, sides
from bot.domain.workbook import reps
from bot.domain.workbook.roles import RoleFigures
from bot.domain.workbook.sheets import Chart, ChartKind, Series, Side, Style

Stretch = tuple[RoleFigures, int, int]
"""A role, and its first and last row on the sheet of reps."""

_PLOT = Box(-210, -175, 210, 175)
"""Pixels of the plot around its middle, about, as Excel lays it out."""
_LETTER, _LINE, _GAP, _DOT = 5.6, 12.0, 9.0, 6.0
_STEP = 0.5


def chart(stretches: Sequence[Stretch]) -> Chart:
    standing = [_standing(stretch) for stretch in stretches]
    reach = _reach(one for role in standing for _label, one in role)
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
    found = standings(figures.estimates)
    return [(rep.label, found[rep.id]) for rep in reps.in_order(figures)[: last - first + 1]]


def _reach(standing: Iterator[Standing]) -> float:
    """How far the axes go on either side of the middle."""
    furthest = max((abs(z) for one in standing for z in (one.efficiency, one.effectiveness) if z), default=0)
    return _STEP * (furthest // _STEP + 2)


def _sides(reps: Sequence[tuple[str, Standing]], reach: float) -> list[Side | None]:
    at = {n: _pixels(one, reach) for n, (_label, one) in enumerate(reps) if one.corner}
    sizes = [(_LETTER * len(reps[n][0]), _LINE) for n in at]
    found = dict(
        zip(at, place(list(at.values()), sizes, within=_PLOT, offsets=sides(_GAP), around=_DOT), strict=True)
    )
    return [_side(at[n], box) if (box := found.get(n)) else None for n in range(len(reps))]


def _pixels(one: Standing, reach: float) -> Point:
    return (one.efficiency or 0) / reach * _PLOT.right, (one.effectiveness or 0) / reach * _PLOT.top


def _side(point: Point, name: Box) -> Side:
    if name.left > point[0]:
        return Side.RIGHT
    if name.right < point[0]:
        return Side.LEFT
    return Side.ABOVE if name.bottom > point[1] else Side.BELOW
