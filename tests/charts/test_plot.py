"""Charts one would put on a slide: from zero, every line named, how many each week rests on, nothing over anything."""

from collections.abc import Sequence
from itertools import combinations
from typing import Any

import numpy as np
import pytest

from bot.charts import plot

WEEKS = [f"Nov {n}" for n in range(1, 14)]


def share(value: float) -> str:
    return f"{value:.0%}"


def course(values: Sequence[float | None], **about: Any) -> plot.Trend:
    return plot.Trend("Ana · Qualified leads", WEEKS, values, share, highest=1.0, **about)


def texts(figure: Any) -> list[tuple[str, Any]]:
    """What stands in the picture, with its place in pixels."""
    figure.draw_without_rendering()
    [axes] = figure.axes
    told = [*axes.texts, *axes.get_xticklabels(), *axes.get_yticklabels(), axes.title]
    return [(one.get_text(), one.get_window_extent()) for one in told if one.get_text().strip()]


@pytest.mark.parametrize(
    "middle, target, last", [(0.5, 0.51, 0.505), (0.98, 0.99, 1.0), (0.0, 0.01, 0.0), (0.2, 0.9, 0.6)]
)
def test_no_word_stands_over_another_however_close_the_lines(
    middle: float, target: float, last: float
) -> None:
    figure = plot.trend_figure(
        course(
            [0.4] * 12 + [last],
            middle=middle,
            middle_label="middle of SDRs",
            target=target,
            target_label="target",
            counts=[10] * 13,
        )
    )

    found = texts(figure)
    over = [(one[0], other[0]) for one, other in combinations(found, 2) if one[1].overlaps(other[1])]
    assert over == []
    width, height = figure.bbox.width, figure.bbox.height
    assert all(at.x0 >= 0 and at.x1 <= width and at.y0 >= 0 and at.y1 <= height for _text, at in found)


def test_shares_are_compared_from_zero() -> None:
    [axes] = plot.trend_figure(course([0.44, 0.45] * 6 + [0.46])).axes

    low, high = axes.get_ylim()
    assert low == 0
    assert high <= 1


def test_every_week_says_how_many_it_rests_on_and_a_gap_is_a_gap() -> None:
    [axes] = plot.trend_figure(
        course([0.5] * 6 + [None] + [0.6] * 6, counts=[7] * 6 + [None] + [12] * 6)
    ).axes

    told = [label.get_text().split("\n")[0] for label in axes.get_xticklabels()]
    assert told == ["n=7"] + ["7"] * 5 + ["0"] + ["12"] * 6
    [course_drawn] = axes.lines
    assert np.isnan(np.asarray(course_drawn.get_ydata())).sum() == 1, "no line where nothing is known"


def test_a_point_on_the_edge_is_drawn_whole() -> None:
    [axes] = plot.trend_figure(course([1.0] * 13)).axes

    assert not axes.lines[0].get_clip_on()


def test_without_any_data_there_is_a_picture_too() -> None:
    assert plot.trend(course([None] * 13)).startswith(b"\x89PNG")
