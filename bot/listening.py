"""Whether the bot was there to hear of calls, and whether its sources still speak."""

from datetime import datetime

import structlog

from bot.calls import SOURCES
from bot.services import silence
from storage.database import Database

log = structlog.get_logger()

HEARD = (*SOURCES, "slack")
"""Sources that tell of calls as they end."""


def beat(db: Database, workspace_id: int, *, now: datetime) -> None:
    """A sign of life; after a time without one, what may have been missed is measured at once."""
    with db.begin() as session:
        down = silence.beat(session, workspace_id, now=now)
    if down:
        log.warning("the bot was not running", since=down[0].isoformat(), until=down[1].isoformat())
        measure(db, workspace_id, now=now, down=down)


def measure(
    db: Database, workspace_id: int, *, now: datetime, down: tuple[datetime, datetime] | None = None
) -> None:
    """Counted without holding up writers."""
    with db.read() as session:
        gaps = silence.measured(session, workspace_id, HEARD, now=now, down=down)
    with db.begin() as session:
        new = silence.keep(session, workspace_id, gaps)
    for gap in new:
        log.warning(
            "calls may be missing",
            source=gap.source,
            since=gap.since.isoformat(),
            until=gap.until.isoformat(),
            usual=gap.usual,
            heard=gap.heard,
        )
