"""Whether the bot was there to hear of calls, and whether its sources still speak."""

from datetime import datetime

import structlog

from bot.calls.logs import POLLED
from bot.calls.services import source_health
from bot.calls.sources import SOURCES
from bot.slack.tools import Tools

log = structlog.get_logger()

HEARD = (*SOURCES, *POLLED, "slack")
"""Sources that tell of calls as they end."""


def show_life(tools: Tools) -> None:
    """A sign of life; after a time without one, what may have been missed is measured at once."""
    with tools.db.writing(tools.workspace_id, tools.clock()) as books:
        down = source_health.beat(books)
    if down:
        log.warning("the bot was not running", since=down[0].isoformat(), until=down[1].isoformat())
        listen_for_silence(tools, down=down)


def listen_for_silence(tools: Tools, *, down: tuple[datetime, datetime] | None = None) -> None:
    """See whether every source still speaks; counted without holding up writers."""
    db, workspace_id, now = tools.db, tools.workspace_id, tools.clock()
    with db.reading(workspace_id, now) as books:
        found = source_health.measured(books, HEARD, down=down)
    with db.writing(workspace_id, now) as books:
        new = source_health.keep(books, found)
    for gap in new:
        log.warning(
            "calls may be missing",
            source=gap.source,
            since=gap.since.isoformat(),
            until=gap.until.isoformat(),
            usual=gap.usual,
            heard=gap.heard,
        )
