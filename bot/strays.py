"""Calls of somebody nobody knew find their rep, once somebody has said who that is."""

from datetime import datetime

import structlog

from bot.services import agents, arrivals
from storage.database import Database

log = structlog.get_logger()


def find(db: Database, workspace_id: int, *, now: datetime) -> None:
    """In small transactions, and in none where nothing is to be done."""
    while _any(db, workspace_id):
        with db.begin() as session:
            found = arrivals.find_strays(session, workspace_id, now=now)
        log.info("stray calls found their rep", calls=found)


def _any(db: Database, workspace_id: int) -> bool:
    with db.read() as session:
        return agents.any_found(session, workspace_id)
