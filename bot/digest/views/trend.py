"""A team's trend in words, and the picture of it."""

from typing import Any

from slack_sdk.models.blocks import ImageBlock

from bot.blocks.reader import Reader
from bot.blocks.words import NOT_DRAWN_YET
from bot.core.i18n import gettext as _
from bot.digest.domain.trend import Trend
from bot.scorecards.views.figures import title


def trend_told(trend: Trend, reads: Reader, *, so_far: bool = False) -> str:
    """The picture in words, for who cannot see it. `so_far`: its latest week still runs."""
    latest, weeks = trend.weeks[-1].share, len(trend.weeks)
    figures = {"metric": title(trend.metric), "average": reads.percent(trend.average), "weeks": weeks}
    if latest is None:
        return _("📊 {metric}: {average} over {weeks} weeks").format(**figures)
    if so_far:
        told = _("📊 {metric}: {latest} this week so far, {average} over {weeks} weeks")
    else:
        told = _("📊 {metric}: {latest} last week, {average} over {weeks} weeks")
    return told.format(latest=reads.percent(latest), **figures)


def drawn(told: str) -> ImageBlock:
    """The block in which the sender shows the chart, and its words for who cannot see it."""
    return ImageBlock(alt_text=told, slack_file=NOT_DRAWN_YET)


def chart(trend: Trend, reads: Reader) -> dict[str, Any]:
    """What `bot.scorecards.draw` draws, as JSON."""
    return {
        "title": title(trend.metric),
        "weeks": [reads.short_day(week.monday) for week in trend.weeks],
        "values": [week.share for week in trend.weeks],
        "counts": [week.of for week in trend.weeks],
        "locale": str(reads.locale),
    }
