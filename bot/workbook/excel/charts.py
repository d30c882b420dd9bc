"""Native charts beside the tables, drawn from the cells themselves."""

from typing import Any

from bot.workbook.domain.sheets import Chart, ChartKind, Sheet, Style
from bot.workbook.excel.layout import Places

_WIDTH, _HEIGHT, _GAP, _ACROSS = 480, 440, 12, 2
_PALETTE = ("#0072B2", "#E69F00", "#009E73")
"""Of Okabe and Ito: told apart by colour-blind people; each series has a marker of its own besides."""
_LINES = (_PALETTE[0], _PALETTE[2], _PALETTE[0], _PALETTE[1])
_MARKERS, _SIGNS = ("circle", "square", "diamond"), "●■◆"
_AXIS_FORMATS = {Style.SHARE: "0%", Style.DECIMAL: "0.0", Style.SCORE: "0.00"}
_SMALL = {"size": 8}


def insert(file: Any, page: Any, sheet: Sheet, places: Places) -> None:
    """Place the sheet's charts to the right of its tables, two in a row."""
    col = max(len(table.columns) for table in sheet.tables)
    for at, chart in enumerate(sheet.charts):
        down, across = divmod(at, _ACROSS)
        drawn = _DRAWN[chart.kind](file, chart, places)
        drawn.set_title({"name": _title(chart), "name_font": {"size": 11}, "overlay": False})
        drawn.set_size({"width": _WIDTH, "height": _HEIGHT})
        where = {"x_offset": _GAP + across * (_WIDTH + _GAP), "y_offset": _GAP + down * (_HEIGHT + _GAP)}
        page.insert_chart(0, col, drawn, where | {"object_position": 3, "description": chart.title})


def _scatter(file: Any, chart: Chart, places: Places) -> Any:
    """A point for each row, named by its label, so that a table sorted anew keeps every name at its point.

    A name that would cover another is left out: pointing at the point tells it.
    """
    drawn = file.add_chart({"type": "scatter"})
    for at, series in enumerate(chart.series):
        place, colour = places[series.table], _PALETTE[at % len(_PALETTE)]
        filled = {"fill": {"color": colour}, "border": {"color": colour}}
        marker = {"type": _MARKERS[at % len(_MARKERS)], "size": 8, **filled}
        for row, side in zip(range(series.first, series.last + 1), series.sides, strict=True):
            drawn.add_series(
                {
                    "name": place.cells(series.labels, row, row)[:3],
                    "categories": place.cells(series.across, row, row),
                    "values": place.cells(series.values, row, row),
                    "marker": marker,
                    "data_labels": {"series_name": True, "position": side, "font": _SMALL} if side else {},
                }
            )
    axis = {
        "num_format": "0.0",
        "label_position": "low",
        "major_gridlines": {"visible": False},
        "num_font": _SMALL,
    }
    across, up = ({"min": -reach, "max": reach} for reach in chart.reach)
    drawn.set_x_axis(axis | across | {"name": chart.x_title, "name_font": _SMALL})
    drawn.set_y_axis(axis | up | {"name": chart.y_title, "name_font": _SMALL})
    drawn.set_legend({"none": True})
    return drawn


def _title(chart: Chart) -> str:
    """A scatter's title explains its signs, which a legend with a line for each point could not."""
    if chart.kind is not ChartKind.SCATTER:
        return chart.title
    signs = "   ".join(f"{sign} {series.title}" for sign, series in zip(_SIGNS, chart.series, strict=False))
    return f"{chart.title}   {signs}"


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
    least = {} if chart.style is Style.SCORE else {"min": 0}
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
