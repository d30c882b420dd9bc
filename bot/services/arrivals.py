"""A call arrives: it is stored with its rep, or waits until somebody has said whose it is."""

from datetime import datetime, timedelta

from sqlmodel import Session

from bot.domain.calls import EndedCall
from bot.services import agents, calls
from bot.services.calls import Recorded

STILL_FRESH = timedelta(days=1)
"""A call that comes late, from a stray or a call log, is asked about for so long after its end; then it is history."""


def take(
    session: Session, workspace_id: int, ended: EndedCall, *, now: datetime, is_late: bool = False
) -> Recorded | None:
    """None while nobody has said whose call it is. `is_late`: it was not told of when it ended."""
    person_id = agents.resolve(session, workspace_id, ended.source, ended.agent, account=ended.account)
    if person_id is None:
        if agents.is_ours(session, workspace_id, ended):
            agents.keep_stray(session, workspace_id, ended, now=now)
        return None
    is_history = is_late and now - ended.ended_at > STILL_FRESH
    return calls.record(session, workspace_id, person_id, ended, is_history=is_history)


def find_strays(session: Session, workspace_id: int, *, now: datetime, limit: int = 200) -> int:
    """Stores some of the calls whose agent has been named since; returns how many."""
    found = agents.found(session, workspace_id, limit=limit)
    for ended in found:
        take(session, workspace_id, ended, now=now, is_late=True)
    return len(found)
