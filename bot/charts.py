"""Series to PNG, readable on light and dark and without colour; the plotting library is imported when first used."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from bot.domain import labels

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

WIDTH, HEIGHT, DPI = 5.4, 3.0, 200  # small and dense: a phone shows it three inches wide
_NEAR, _RINGS = 15.0, 3
"""Pixels from a point to its name, and how many times as far it may stand."""
# Okabe and Ito's palette, told apart with every kind of colour blindness; the card is opaque, so dark mode keeps it.
INK, BLUE, ORANGE, GREY, CARD = "#1f2933", "#0072b2", "#d55e00", "#7b8794", "#ffffff"
# The first comes with the library; the others fill in scripts it lacks, where the machine has them.
FONTS = ["DejaVu Sans", "Noto Sans Thai", "Noto Sans Hebrew", "Noto Sans Arabic", "Noto Sans CJK JP"]


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
    figure, axes = _card(data.title)
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
    axes.set_yticks(range(len(data.rows)), [_plain(row.label) for row in reversed(data.rows)])
    axes.set_xticks([])
    axes.set(xlim=(-1.1, 1.1), ylim=(-0.6, len(data.rows) - 0.3))
    axes.set_xlabel(data.better, fontsize=9, color=INK, loc="right")
    axes.grid(visible=False)
    return _png(figure)


def trend(data: Trend) -> bytes:
    figure, axes = _card(data.title)
    places = range(len(data.weeks))
    known = [(place, value) for place, value in zip(places, data.values, strict=True) if value is not None]
    if known:
        axes.plot(*zip(*known, strict=True), color=BLUE, marker="o", linewidth=2, markersize=5)
        place, value = known[-1]
        axes.annotate(
            data.show(value), (place, value), (6, 6), textcoords="offset points", color=BLUE, weight="bold"
        )
    for level, label, style in (
        (data.middle, data.middle_label, "--"),
        (data.target, data.target_label, ":"),
    ):
        if level is not None:
            axes.axhline(
                level, color=GREY, linestyle=style, linewidth=1.5, label=f"{label} {data.show(level)}"
            )
    if axes.get_legend_handles_labels()[0]:
        axes.legend(frameon=False, loc="upper left", fontsize=8, labelcolor=INK)
    step = -(-len(data.weeks) // 6)
    axes.set_xticks(list(places)[::step], list(data.weeks)[::step], fontsize=8)
    axes.set_xlim(-0.5, len(data.weeks) - 0.2)
    axes.margins(y=0.25)
    low, high = axes.get_ylim()
    if all(value >= 0 for _place, value in known):
        low = max(low, 0)
    axes.set_ylim(low, high if data.highest is None else min(high, data.highest))
    axes.yaxis.set_major_formatter(lambda value, _position: data.show(value))
    return _png(figure)


def corners(data: Corners) -> bytes:
    figure, axes = _card(data.title)
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
        axes.plot(point.efficiency, point.effectiveness, color=ORANGE, marker="o", markersize=6)
    axes.set(xlim=(-reach, reach), ylim=(-reach, reach), xlabel=data.across, ylabel=data.up)
    _name_points(figure, axes, data.points)
    return _png(figure)


def _name_points(figure: "Figure", axes: "Axes", points: Sequence[Point]) -> None:
    """Each name in the nearest free place, with a line to its point where that is away; without room none.

    Places are in pixels, so the layout is settled first.
    """
    corners = list(axes.texts)
    names = [
        axes.text(0, 0, _plain(one.label), color=INK, fontsize=8, transform=None, in_layout=False)
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


def _card(title: str) -> "tuple[Figure, Axes]":
    from matplotlib import rcParams  # noqa: PLC0415  1.2 s and 125 MiB: only who draws pays for it
    from matplotlib.figure import Figure  # noqa: PLC0415  the object interface, safe in threads
    from matplotlib.font_manager import get_font_names  # noqa: PLC0415  as above

    installed = set(get_font_names())
    rcParams["font.family"] = [font for font in FONTS if font in installed]
    figure = Figure(figsize=(WIDTH, HEIGHT), dpi=DPI, facecolor=CARD, layout="constrained")
    axes = figure.add_subplot(facecolor=CARD)
    axes.set_title(_plain(title), loc="left", color=INK, fontsize=11, weight="bold", pad=10)
    axes.spines[["top", "right"]].set_visible(False)
    axes.spines[["left", "bottom"]].set_color(GREY)
    axes.tick_params(colors=INK, labelsize=8, length=0)
    axes.grid(axis="y", color="#e4e7eb", linewidth=0.8)
    axes.set_axisbelow(True)
    return figure, axes


def _plain(text: str) -> str:
    """A dollar sign begins a formula in the plotting library; a person's name never does."""
    return text.replace("$", r"\$")


def _png(figure: "Figure") -> bytes:
    made = BytesIO()
    figure.savefig(made, format="png")
    return made.getvalue()
