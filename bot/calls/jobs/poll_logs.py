"""Sources that tell nobody when a call ends: their logs are read every few minutes."""

from datetime import timedelta

import structlog

from bot.calls.jobs import backfill
from bot.calls.logs import POLLED, CannotRead
from bot.slack.tools import Tools

log = structlog.get_logger()

LOOKS_BACK = timedelta(hours=3)
"""A record may come late; twice is once."""


def poll_logs(tools: Tools) -> None:
    """Each that is configured. One that cannot be read is logged, and asked again next time."""
    sources = tools.settings.call_sources(tools.team_id)
    for source in POLLED:
        if source not in sources:
            continue
        now = tools.clock()
        try:
            found = backfill.run(
                tools.db, tools.workspace_id, sources, source, since=now - LOOKS_BACK, until=now, now=now
            )
        except CannotRead as error:
            log.warning("a call log cannot be read", source=source, reason=str(error))
            continue
        if found.added:
            log.info("calls were found in a log", source=source, added=found.added)
