"""Calls of somebody nobody knew find their rep, once somebody has said who that is."""

from datetime import datetime

import structlog

from bot.calls.services import agent_names, arrivals
from bot.slack.tools import Tools
from storage.database import Database

log = structlog.get_logger()


def find_stray_calls(tools: Tools) -> None:
    """Give calls to their rep, once somebody has said whose they are.

    In small transactions, and in none where nothing is to be done.
    """
    db, workspace_id, now = tools.db, tools.workspace_id, tools.clock()
    while _any(db, workspace_id, now):
        with db.writing(workspace_id, now) as books:
            found = arrivals.find_strays(books)
        log.info("stray calls found their rep", calls=found)


def _any(db: Database, workspace_id: int, now: datetime) -> bool:
    with db.reading(workspace_id, now) as books:
        return agent_names.any_found(books)
