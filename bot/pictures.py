"""The charts that messages carry, drawn when they are sent."""

from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from bot import charts
from bot.views import effect as effect_views
from bot.views import pictures as views
from bot.views.amounts import amount
from bot.views.reader import Reader, reader
from bot.words import Metric


def draw(chart: Mapping[str, Any]) -> bytes:
    """The PNG of a message's chart, which is what `bot.views.digest_chart` or `bot.views.pictures` wrote."""
    reads = reader(str(chart["locale"]).replace("_", "-"), ZoneInfo("UTC"))
    match chart.get("kind"):
        case views.COURSE:
            return charts.trend(_course(chart, reads))
        case views.MAP:
            return charts.corners(_map(chart))
        case effect_views.EFFECT:
            return charts.forest(_forest(chart))
        case _:
            return charts.trend(
                charts.Trend(
                    title=str(chart["title"]),
                    weeks=chart["weeks"],
                    values=chart["values"],
                    show=reads.percent,
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
    )


def _forest(chart: Mapping[str, Any]) -> charts.Forest:
    rows = [charts.Interval(*row) for row in chart["rows"]]
    return charts.Forest(title=str(chart["title"]), better=str(chart["better"]), rows=rows)


def _map(chart: Mapping[str, Any]) -> charts.Corners:
    upper_right, upper_left, lower_right, lower_left = chart["corners"]
    return charts.Corners(
        title=str(chart["title"]),
        across=str(chart["across"]),
        up=str(chart["up"]),
        corners=(upper_right, upper_left, lower_right, lower_left),
        points=[charts.Point(*point) for point in chart["points"]],
    )
