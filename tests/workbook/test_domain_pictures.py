"""What the workbook draws: the goal, the map of all, and the scores, of those who have one."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from bot.core.enums import Role
from bot.pipeline.domain.forecast import Forecast
from bot.workbook.domain.headline import Coming, Goal, Headline
from bot.workbook.domain.sheets import Cell, ChartKind
from tests.workbook.composed import composed, sheet_of, tables

GOAL = Goal(Role.AE, "USD", Decimal(1_000), Decimal(450), Decimal(580), 3, 0, 0, 3)
COMING = Coming("", "USD", Forecast(450.0, 9, 0, 780.0, (700.0, 870.0)))


def test_the_map_shows_who_has_a_score_and_names_those_there_is_room_for() -> None:
    chart = next(
        chart for chart in sheet_of(composed(), "Pictures").charts if chart.kind is ChartKind.SCATTER
    )
    rows = tables(composed())["Reps"].rows

    assert [len(series.sides) for series in chart.series] == [3, 2, 3], "one has no score"
    standing = [(row[7], row[8]) for row in rows if row[6]]
    for at, reach in enumerate(chart.reach or ()):
        cells = [cell for one in standing if isinstance(cell := one[at], Cell)]
        furthest = max(abs(cell.value) for cell in cells if isinstance(cell.value, float))
        assert furthest < reach < furthest * 1.1 + 0.2, "the points spread over the map"
    assert any(side for series in chart.series for side in series.sides)


def test_the_scores_are_bars_on_one_scale_of_those_who_have_one() -> None:
    workbook = composed()

    bars = [chart for chart in sheet_of(workbook, "Pictures").charts if chart.kind is ChartKind.BAR]

    assert [chart.title[:3] for chart in bars] == ["SDR", "AEs", "AMs"]
    assert len({chart.reach for chart in bars}) == 1
    scores = [row[6] for row in tables(workbook)["Reps"].rows]
    for chart in bars:
        [series] = chart.series
        assert all(scores[at] is not None for at in range(series.first, series.last + 1))


def test_who_has_no_score_yet_is_neither_drawn_nor_coloured() -> None:
    workbook = composed(ramping=(3,))

    [table] = sheet_of(workbook, "Reps").tables
    rows = list(table.rows)
    assert [at for at, row in enumerate(rows) if row[6] is None] == list(table.uncoloured) == [2, 5]
    drawn = [series for chart in sheet_of(workbook, "Pictures").charts for series in chart.series]
    assert not [series for series in drawn if series.table == "Reps" and series.first <= 2 <= series.last]


@pytest.mark.parametrize(
    ("headline", "bars"),
    [
        (Headline(), None),
        (
            Headline(goals=[GOAL], coming=[COMING]),
            [
                ("Won so far", 450),
                ("Even pace by now", 580),
                ("Forecast: low end of the range", 700),
                ("Forecast: middle", 780),
                ("Forecast: high end of the range", 870),
                ("Goal", 1_000),
            ],
        ),
        (Headline(goals=[replace(GOAL, due=Decimal(1_000))]), [("Won", 450), ("Goal", 1_000)]),
        (Headline(goals=[replace(GOAL, currency="EUR")], coming=[COMING]), "no goal"),
    ],
)
def test_won_forecast_and_goal_are_the_first_picture(headline: Headline, bars: Any) -> None:
    page = sheet_of(composed(headline=headline), "Pictures")
    outlook = next((table for table in page.tables if table.name == "Outlook"), None)

    if bars is None:
        assert outlook is None and page.charts[0].kind is ChartKind.SCATTER
        return
    told = [(row[0], row[2]) for row in outlook.rows] if outlook else []
    assert "Goal" not in dict(told) if bars == "no goal" else told == bars
    assert page.charts[0].title == "Won, forecast and goal (USD)"
    assert page.charts[0].series[0].last == len(told) - 1
