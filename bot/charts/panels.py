"""Several figures over the same weeks, one under the other: each to its own scale, with the level of either side."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.charts.card import BLUE, INK, plain, png, stack

_HEIGHT = 1.45
"""Inches of one."""


@dataclass(frozen=True, slots=True)
class Panel:
    """None: no data that week. `before` and `last` are the levels of the weeks on either side."""

    title: str
    values: Sequence[float | None]
    before: float | None
    last: float | None
    show: Callable[[float], str]


@dataclass(frozen=True, slots=True)
class Panels:
    title: str
    weeks: Sequence[str]
    panels: Sequence[Panel]
    last: int
    """How many weeks the last side has."""


def panels(data: Panels) -> bytes:
    figure, every = stack(data.title, len(data.panels), _HEIGHT)
    turn = len(data.weeks) - data.last - 0.5
    for axes, panel in zip(every, data.panels, strict=True):
        known = [math.nan if value is None else value for value in panel.values]
        axes.axvspan(turn, len(data.weeks) - 0.5, color=BLUE, alpha=0.07, linewidth=0)
        axes.plot(
            range(len(known)),
            known,
            color=BLUE,
            marker="o",
            markersize=4,
            linewidth=1.5,
            clip_on=False,
            zorder=3,
        )
        for level, first, end in ((panel.before, -0.5, turn), (panel.last, turn, len(data.weeks) - 0.5)):
            if level is not None:
                axes.plot([first, end], [level, level], color=INK, linestyle="--", linewidth=1)
        axes.set_title(plain(panel.title), loc="left", color=INK, fontsize=8, pad=4)
        axes.set_xlim(-0.5, len(data.weeks) - 0.5)
        most = max([*(value for value in panel.values if value is not None), 0.0])
        axes.set_ylim(0, most * 1.2 or 1.0)
        axes.yaxis.set_major_formatter(_formatter(panel.show))
        axes.locator_params(axis="y", nbins=3)
        axes.set_xticks([])
    step = 3
    every[-1].set_xticks(range(0, len(data.weeks), step), list(data.weeks)[::step], fontsize=7)
    return png(figure)


def _formatter(show: Callable[[float], str]) -> Callable[[float, float], str]:
    return lambda value, _position: show(value)
