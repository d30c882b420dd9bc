"""The charts that messages carry, drawn when they are sent."""

from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from bot.blocks.reader import Reader, reader
from bot.charts import plot as charts
from bot.charts.panels import Panel, Panels, panels
from bot.charts.ranges import Range, Ranges, ranges
from bot.core.enums import Metric
from bot.scorecards.domain.over_time import LAST
from bot.scorecards.views import charts as views
from bot.scorecards.views.figures import amount


def draw(chart: Mapping[str, Any]) -> bytes:
    """The PNG of a message's chart, which is what `bot.digest.views.trend` or `bot.scorecards.views.charts` wrote."""
    reads = reader(str(chart["locale"]).replace("_", "-"), ZoneInfo("UTC"))
    match chart.get("kind"):
        case views.COURSE:
            return charts.trend(_course(chart, reads))
        case views.MAP:
            return charts.corners(_map(chart))
        case views.EFFECT:
            return charts.forest(_forest(chart))
        case views.WEEKS:
            return panels(_panels(chart, reads))
        case views.RECORD:
            return ranges(_ranges(chart, reads))
        case _:
            return charts.trend(
                charts.Trend(
                    title=str(chart["title"]),
                    weeks=chart["weeks"],
                    values=chart["values"],
                    show=reads.percent,
                    counts=chart.get("counts"),
                    highest=1.0,
                )
            )


def _course(chart: Mapping[str, Any], reads: Reader) -> charts.Trend:
    metric, levels, labels = Metric(chart["metric"]), chart["levels"], chart["labels"]
    return charts.Trend(
        title=str(chart["title"]),
        weeks=chart["weeks"],
        values=chart["values"],
        show=lambda value: amount(metric, value, reads, currency=str(chart["currency"])),
        middle=levels["middle"],
        middle_label=labels["middle"],
        target=levels["target"],
        target_label=labels["target"],
        highest=chart["highest"],
        counts=chart.get("counts"),
    )


def _forest(chart: Mapping[str, Any]) -> charts.Forest:
    rows = [charts.Interval(*row) for row in chart["rows"]]
    return charts.Forest(title=str(chart["title"]), better=str(chart["better"]), rows=rows)


def _ranges(chart: Mapping[str, Any], reads: Reader) -> Ranges:
    return Ranges(
        title=str(chart["title"]),
        key=str(chart["key"]),
        rows=[Range(*row) for row in chart["rows"]],
        show=lambda value: reads.round_money(value, str(chart["currency"])),
    )


def _panels(chart: Mapping[str, Any], reads: Reader) -> Panels:
    def panel(one: Mapping[str, Any]) -> Panel:
        metric = Metric(one["metric"])
        return Panel(
            title=str(one["title"]),
            values=one["values"],
            before=one["before"],
            last=one["last"],
            show=lambda value: amount(metric, value, reads, currency=str(chart["currency"])),
        )

    every = [panel(one) for one in chart["panels"]]
    return Panels(title=str(chart["title"]), weeks=chart["weeks"], panels=every, last=LAST)


def _map(chart: Mapping[str, Any]) -> charts.Corners:
    upper_right, upper_left, lower_right, lower_left = chart["corners"]
    return charts.Corners(
        title=str(chart["title"]),
        across=str(chart["across"]),
        up=str(chart["up"]),
        corners=(upper_right, upper_left, lower_right, lower_left),
        points=[charts.Point(*point) for point in chart["points"]],
    )
