"""Native charts beside the tables, drawn from the cells themselves."""

from collections.abc import Iterator
from typing import Any

from bot.workbook.domain.sheets import Chart, ChartKind, Series, Sheet, Style
from bot.workbook.excel.layout import Place, Places

_ACROSS, _HEIGHT, _TALL, _GAP = 972, 440, 540, 12
_LEAST_BARS, _MOST_BARS, _BAR = 300, 560, 18
"""Heights of a chart of bars, and what each bar adds."""
_PALETTE = ("#0072B2", "#E69F00", "#009E73")
"""Of Okabe and Ito: told apart by colour-blind people; each series has a marker of its own besides."""
_LINES = (_PALETTE[0], _PALETTE[2], _PALETTE[0], _PALETTE[1])
_MARKERS = ("circle", "square", "diamond")
_AXIS_FORMATS = {Style.WHOLE: "#,##0", Style.SHARE: "0%", Style.DECIMAL: "0.0", Style.SCORE: "0.00"}
_SMALL = {"size": 8}


def insert(file: Any, page: Any, sheet: Sheet, places: Places) -> None:
    """Place the sheet's charts to the right of its tables, side by side as far as they go."""
    col = max(len(table.columns) for table in sheet.tables)
    left, top, below = 0, 0, 0
    for chart in sheet.charts:
        width, height = (_ACROSS + _GAP) // chart.beside - _GAP, _height(chart)
        if left + width > _ACROSS:
            left, top = 0, below
        drawn = _DRAWN[chart.kind](file, chart, places)
        drawn.set_title({"name": chart.title, "name_font": {"size": 11}, "overlay": False})
        drawn.set_size({"width": width, "height": height})
        where = {"x_offset": _GAP + left, "y_offset": _GAP + top}
        left, below = left + width + _GAP, max(below, top + height + _GAP)
        page.insert_chart(0, col, drawn, where | {"object_position": 3, "description": chart.title})


def _height(chart: Chart) -> int:
    if chart.kind is not ChartKind.BAR:
        return _TALL if chart.kind is ChartKind.SCATTER else _HEIGHT
    bars = max(series.last - series.first + 1 for series in chart.series)
    return min(max(_LEAST_BARS, 80 + _BAR * bars), _MOST_BARS)


def _scatter(file: Any, chart: Chart, places: Places) -> Any:
    """A point for each row, named by its label, so that a table sorted anew keeps every name at its point.

    A name that would cover another is left out: pointing at the point tells it. The legend has a line for each
    series: its first point once more, under the series' name.
    """
    drawn = file.add_chart({"type": "scatter"})
    shown = [(one, places[one.table], _marker(at)) for at, one in enumerate(chart.series)]
    points = [point for one in shown for point in _points(*one)]
    for each in (*points, *(_in_legend(*one) for one in shown)):
        drawn.add_series(each)
    axis = {
        "line": {"color": "#BFBFBF"},
        "num_format": "0.0",
        "label_position": "low",
        "major_gridlines": {"visible": False},
        "num_font": _SMALL,
    }
    across, up = ({"min": -reach, "max": reach} for reach in chart.reach or (1.0, 1.0))
    drawn.set_x_axis(axis | across | {"name": chart.x_title, "name_font": _SMALL})
    drawn.set_y_axis(axis | up | {"name": chart.y_title, "name_font": _SMALL})
    drawn.set_legend({"position": "top", "font": _SMALL, "delete_series": list(range(len(points)))})
    return drawn


def _marker(at: int) -> dict[str, Any]:
    colour = {"color": _PALETTE[at % len(_PALETTE)]}
    return {"type": _MARKERS[at % len(_MARKERS)], "size": 8, "fill": colour, "border": colour}


def _points(series: Series, place: Place, marker: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for row, side in zip(range(series.first, series.last + 1), series.sides, strict=True):
        yield {
            "name": place.cells(series.labels, row, row)[:3],
            "categories": place.cells(series.across, row, row),
            "values": place.cells(series.values, row, row),
            "marker": marker,
            "data_labels": {"series_name": True, "position": side, "font": _SMALL} if side else {},
        }


def _in_legend(series: Series, place: Place, marker: dict[str, Any]) -> dict[str, Any]:
    return {
        "name": series.title,
        "categories": place.cells(series.across, series.first, series.first),
        "values": place.cells(series.values, series.first, series.first),
        "marker": marker,
    }


def _bars(file: Any, chart: Chart, places: Places) -> Any:
    """Lying bars from 0, the first row on top."""
    drawn = file.add_chart({"type": "bar"})
    number = _AXIS_FORMATS.get(chart.style, "0")
    for at, series in enumerate(chart.series):
        place = places[series.table]
        drawn.add_series(
            {
                "name": series.title,
                "categories": place.cells(series.labels, series.first, series.last),
                "values": place.cells(series.values, series.first, series.last),
                "fill": {"color": _PALETTE[at % len(_PALETTE)]},
                "gap": 45,
                "data_labels": {"value": True, "num_format": number, "font": _SMALL},
            }
        )
    drawn.set_y_axis({"reverse": True, "num_font": _SMALL, "label_position": "low"})
    least: dict[str, float] = {} if chart.style is Style.SCORE else {"min": 0}
    if chart.reach:
        least = {"min": -chart.reach[0], "max": chart.reach[0], "major_unit": chart.reach[0]}
    drawn.set_x_axis(
        least | {"num_format": number, "major_gridlines": {"visible": False}, "num_font": _SMALL}
    )
    drawn.set_legend({"none": True})
    return drawn


def _lines(file: Any, chart: Chart, places: Places) -> Any:
    """From 0, so that half as much is half as high. Of several series the last is points: it stands among the lines."""
    drawn = file.add_chart({"type": "line"})
    for at, series in enumerate(chart.series):
        place, colour = places[series.table], _LINES[at % len(_LINES)]
        marker = {"type": "circle", "size": 6, "fill": {"color": colour}, "border": {"color": colour}}
        is_points = 0 < at == len(chart.series) - 1
        drawn.add_series(
            {
                "name": series.title,
                "categories": place.cells(series.labels, series.first, series.last),
                "values": place.cells(series.values, series.first, series.last),
                "line": {"none": True} if is_points else {"color": colour, "width": 1.75},
                "marker": marker if is_points or len(chart.series) == 1 else {"type": "none"},
            }
        )
    number = _AXIS_FORMATS.get(chart.style, "#,##0")
    drawn.set_x_axis({"num_format": "d mmm", "text_axis": True, "num_font": _SMALL | {"rotation": -45}})
    pale = {"visible": True, "line": {"color": "#E4E7EB"}}
    drawn.set_y_axis({"min": 0, "num_format": number, "num_font": _SMALL, "major_gridlines": pale})
    drawn.set_legend({"position": "bottom", "font": _SMALL} if len(chart.series) > 1 else {"none": True})
    return drawn


_DRAWN = {ChartKind.SCATTER: _scatter, ChartKind.BAR: _bars, ChartKind.LINE: _lines}
