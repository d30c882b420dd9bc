"""Series to PNG, readable on light and dark and without colour; the plotting library is imported when first used."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.charts import point_labels as labels
from bot.charts.card import BLUE, CARD, GREY, INK, card, plain, png

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_NEAR, _RINGS = 15.0, 3
"""Pixels from a point to its name, and how many times as far it may stand."""


@dataclass(frozen=True, slots=True)
class Trend:
    """One rep's figure week by week, oldest first; None: no data that week. `show` writes a value as people read it."""

    title: str
    weeks: Sequence[str]
    values: Sequence[float | None]
    show: Callable[[float], str]
    middle: float | None = None
    middle_label: str = ""
    target: float | None = None
    target_label: str = ""
    highest: float | None = None
    """What the figure cannot exceed: 1 for a share."""
    counts: Sequence[float | None] | None = None
    """How many records each week's figure rests on; None: not told."""


@dataclass(frozen=True, slots=True)
class Point:
    """A rep's standing: efficiency across, effectiveness up, both in SDs from the role's middle."""

    label: str
    efficiency: float
    effectiveness: float


@dataclass(frozen=True, slots=True)
class Corners:
    title: str
    across: str
    up: str
    corners: tuple[str, str, str, str]
    """Names of the corners: upper right, upper left, lower right, lower left."""
    points: Sequence[Point]


@dataclass(frozen=True, slots=True)
class Interval:
    """A difference with its interval, in a unit of its own; `told` is the difference as people read it."""

    label: str
    low: float
    high: float
    difference: float
    told: str


@dataclass(frozen=True, slots=True)
class Forest:
    title: str
    better: str
    """What the right side means."""
    rows: Sequence[Interval]


def forest(data: Forest) -> bytes:
    """Each row to its own scale, since points and days do not compare; the line in the middle is no difference."""
    figure, axes = card(data.title)
    axes.axvline(0, color=GREY, linewidth=1)
    for place, row in enumerate(reversed(data.rows)):
        reach = max(abs(row.low), abs(row.high)) or 1.0
        is_clear = row.low > 0 or row.high < 0
        axes.plot([row.low / reach, row.high / reach], [place, place], color=BLUE, linewidth=2.5)
        axes.plot(
            row.difference / reach,
            place,
            color=BLUE,
            marker="o" if is_clear else "D",
            markersize=7,
            markerfacecolor=BLUE if is_clear else CARD,
        )
        axes.annotate(
            f"{'+' if row.difference >= 0 else '−'}{row.told}",
            (row.difference / reach, place),
            (0, 8),
            textcoords="offset points",
            ha="center",
            fontsize=8,
            color=INK,
        )
    axes.set_yticks(range(len(data.rows)), [plain(row.label) for row in reversed(data.rows)])
    axes.set_xticks([])
    axes.set(xlim=(-1.1, 1.1), ylim=(-0.6, len(data.rows) - 0.3))
    axes.set_xlabel(data.better, fontsize=9, color=INK, loc="right")
    axes.grid(visible=False)
    return png(figure)


def trend(data: Trend) -> bytes:
    return png(trend_figure(data))


def trend_figure(data: Trend) -> "Figure":
    """From zero, so that half as much is half as high; each line named at its end, and how many each week rests on."""
    figure, axes = card(data.title)
    places = range(len(data.weeks))
    axes.set_xlim(-0.5, len(data.weeks) - 0.5)
    axes.set_ylim(*_reach(data))
    known = [math.nan if value is None else value for value in data.values]
    axes.plot(places, known, color=BLUE, marker="o", linewidth=2, markersize=5, clip_on=False, zorder=3)
    ends = [(value, data.show(value), BLUE) for value in known[::-1] if not math.isnan(value)][:1]
    for level, label, style in (
        (data.middle, data.middle_label, "--"),
        (data.target, data.target_label, ":"),
    ):
        if level is not None:
            axes.axhline(level, color=GREY, linestyle=style, linewidth=1.5)
            ends.append((level, plain(f"{label} {data.show(level)}"), INK))
    _name_ends(axes, ends)
    step = -(-len(data.weeks) // 6)
    counts = data.counts or [None] * len(data.weeks)
    axes.set_xticks(list(places), [_week(data, place, counts[place], step) for place in places], fontsize=7)
    axes.yaxis.set_major_formatter(lambda value, _position: data.show(value))
    return figure


def _reach(data: Trend) -> tuple[float, float]:
    levels = [one for one in (*data.values, data.middle, data.target) if one is not None]
    most, least = max([*levels, 0.0]), min([*levels, 0.0])
    most = most + 0.15 * (most - least) or 1.0
    return least * 1.15, most if data.highest is None else min(most, data.highest)


def _week(data: Trend, place: int, count: float | None, step: int) -> str:
    """`n` of the week and, of every few, its day."""
    told = [] if data.counts is None else [f"{'' if place else 'n='}{count or 0:.0f}"]
    return "\n".join([*told, data.weeks[place] if place % step == 0 else ""])


def _name_ends(axes: "Axes", ends: Sequence[tuple[float, str, str]]) -> None:
    """Beside the plot, each as high as its line and none over another."""
    low, high = axes.get_ylim()
    apart, at = 0.1 * (high - low), -math.inf
    placed = []
    for level, text, colour in sorted(ends):
        at = max(level, at + apart)
        placed.append((at, text, colour))
    pushed = sum(at - level for (at, *_), (level, *_) in zip(placed, sorted(ends), strict=True))
    over = max(pushed / len(ends) if ends else 0.0, at - high)
    for height, text, colour in placed:
        axes.annotate(
            text,
            (1.0, height - over),
            (6, 0),
            xycoords=("axes fraction", "data"),
            textcoords="offset points",
            va="center",
            fontsize=8,
            color=colour,
            weight="bold" if colour == BLUE else "normal",
            annotation_clip=False,
        )


def corners(data: Corners) -> bytes:
    figure, axes = card(data.title)
    reach = 1.3 * max([1.0, *(max(abs(point.efficiency), abs(point.effectiveness)) for point in data.points)])
    axes.axhline(0, color=GREY, linewidth=1)
    axes.axvline(0, color=GREY, linewidth=1)
    for name, (across, up) in zip(data.corners, ((1, 1), (-1, 1), (1, -1), (-1, -1)), strict=True):
        side = "right" if across > 0 else "left"
        axes.text(
            across * reach * 0.97,
            up * reach * 0.9,
            name,
            color=GREY,
            fontsize=8,
            ha=side,
            va="center",
            style="italic",
        )
    for point in data.points:
        axes.plot(point.efficiency, point.effectiveness, color=BLUE, marker="o", markersize=6, clip_on=False)
    axes.set(xlim=(-reach, reach), ylim=(-reach, reach), xlabel=data.across, ylabel=data.up)
    _name_points(figure, axes, data.points)
    return png(figure)


def _name_points(figure: "Figure", axes: "Axes", points: Sequence[Point]) -> None:
    """Each name in the nearest free place, with a line to its point where that is away; without room none.

    Places are in pixels, so the layout is settled first.
    """
    corners = list(axes.texts)
    names = [
        axes.text(0, 0, plain(one.label), color=INK, fontsize=8, transform=None, in_layout=False)
        for one in points
    ]
    figure.draw_without_rendering()
    figure.set_layout_engine("none")
    at = [tuple(axes.transData.transform((one.efficiency, one.effectiveness))) for one in points]
    extents = [name.get_window_extent() for name in names]
    places = labels.place(
        at,
        [(extent.width, extent.height) for extent in extents],
        within=labels.Box(*axes.bbox.extents),
        offsets=labels.rings(_NEAR, _RINGS),
        around=_NEAR * 0.6,
        taken=[labels.Box(*corner.get_window_extent().extents) for corner in corners],
    )
    for name, extent, point, place in zip(names, extents, at, places, strict=True):
        name.set_visible(place is not None)
        if place is not None:
            name.set_position((place.left - extent.x0, place.bottom - extent.y0))
            _lead(figure, point, place)


def _lead(figure: "Figure", point: labels.Point, name: labels.Box) -> None:
    """A thin line from a point to its name, where that does not stand beside it."""
    from matplotlib.lines import Line2D  # noqa: PLC0415  as below

    end = labels.nearest(point, name)
    if math.dist(point, end) > _NEAR * 1.5:
        line = Line2D(*zip(point, end, strict=True), color=GREY, linewidth=0.6, transform=None)
        figure.add_artist(line)
