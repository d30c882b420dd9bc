"""The charts that messages carry, drawn when they are sent."""

from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from bot import charts
from bot.views.reader import reader


def draw(chart: Mapping[str, Any]) -> bytes:
    """The PNG of a message's chart, which is what `bot.views.digest_chart` wrote."""
    reads = reader(str(chart["locale"]).replace("_", "-"), ZoneInfo("UTC"))
    return charts.trend(
        charts.Trend(
            title=str(chart["title"]), weeks=chart["weeks"], values=chart["values"], show=reads.percent
        )
    )
