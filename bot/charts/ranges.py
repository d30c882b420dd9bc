"""What was said as a range, and what came, one beside the other from the oldest to the newest."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.charts.card import BLUE, CARD, GREY, INK, card, png


@dataclass(frozen=True, slots=True)
class Range:
    """`came` lies in the range where what was said held; `in_all` counts also what nobody could speak of then."""

    day: str
    part: str
    """What the day is a part of: it is written once."""
    low: float
    middle: float
    high: float
    came: float
    in_all: float

    @property
    def held(self) -> bool:
        return self.low <= self.came <= self.high


@dataclass(frozen=True, slots=True)
class Ranges:
    title: str
    key: str
    """What the signs mean, in a line."""
    rows: Sequence[Range]
    show: Callable[[float], str]


def ranges(data: Ranges) -> bytes:
    """From zero. What held is a full point, what did not a hollow one, so that no colour has to tell them apart."""
    figure, axes = card(data.title)
    for place, row in enumerate(data.rows):
        axes.plot(
            [place, place], [row.low, row.high], color=BLUE, linewidth=7, alpha=0.35, solid_capstyle="butt"
        )
        axes.plot([place - 0.18, place + 0.18], [row.middle, row.middle], color=BLUE, linewidth=2)
        axes.plot(place, row.in_all, color=GREY, marker="_", markersize=11, markeredgewidth=1.5)
        axes.plot(
            place,
            row.came,
            color=INK,
            marker="o",
            markersize=6,
            markerfacecolor=INK if row.held else CARD,
            zorder=3,
        )
    axes.set_xticks(range(len(data.rows)), _labels(data.rows), fontsize=7)
    axes.set_xlim(-0.6, len(data.rows) - 0.4)
    least = min(0.0, *(min(row.low, row.came) for row in data.rows))
    axes.set_ylim(least * 1.1, 1.1 * max(max(row.high, row.in_all, row.came) for row in data.rows) or 1.0)
    axes.yaxis.set_major_formatter(lambda value, _position: data.show(value))
    axes.set_xlabel(data.key, fontsize=7, color=INK, loc="left")
    return png(figure)


def _labels(rows: Sequence[Range]) -> list[str]:
    before = ["", *(row.part for row in rows)]
    return [
        f"{row.day}\n{row.part if row.part != last else ''}" for row, last in zip(rows, before, strict=False)
    ]
