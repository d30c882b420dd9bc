"""What is still under way, and waiting until nothing is."""

import math
import time
from datetime import date, timedelta

from sqlalchemy.exc import OperationalError
from sqlmodel import Session, col, select

from bot.core.enums import PromptStatus
from storage.queries.workbook import monthly
from storage.tables import (
    InboxEvent,
    InboxState,
    OutboxMessage,
    OutboxState,
    Prompt,
    Team,
)
from tests.torture.process import office_clock
from tests.torture.world import World

PATIENCE = 1800.0
"""Seconds in which nothing became less."""
LOOK_ANEW = 120.0
"""Seconds without a workbook."""
UNSENT = (OutboxState.QUEUED, OutboxState.SENDING)
MOST_UNSENT = 150
"""Messages: a machine that has more to say is behind, and an hour of that would be owed for another two."""


def wait_until_quiet(world: World) -> None:
    """Until nothing is under way; raises TimeoutError with what still is where it has become no less for long.

    Workbooks that a job failed at would be tried again in a quarter of an hour: the processes are started anew.
    """
    least: float = math.inf
    fewest: float = math.inf
    moved = since = time.monotonic()
    while left := _under_way(world):
        now = time.monotonic()
        if (all_left := sum(left.values())) < least:
            least, moved = all_left, now
        elif now - moved > PATIENCE:
            raise TimeoutError(f"no less under way for {PATIENCE} s: {left}")
        if (workbooks := left.get("workbooks", 0)) < fewest:
            fewest, since = workbooks, now
        elif workbooks and now - since > LOOK_ANEW:
            world.look_anew()
            since = time.monotonic()
        time.sleep(0.5)


def is_behind(world: World) -> bool:
    """Whether more waits to be said than is soon said; a database that is away is behind too."""
    unsent = select(OutboxMessage.id).where(col(OutboxMessage.state).in_(UNSENT)).limit(MOST_UNSENT)
    try:
        with world.db.read() as session:
            return _count(session, unsent) == MOST_UNSENT
    except OperationalError:
        return True


def _under_way(world: World) -> dict[str, int]:
    with world.db.reading(world.workspace_id, office_clock()) as books:
        counts = {
            "events": _count(
                books.session, select(InboxEvent.id).where(InboxEvent.state == InboxState.WAITING)
            ),
            "digests": _count(
                books.session, select(Team.id).where(col(Team.digest_next_at) <= office_clock())
            ),
            "workbooks": len(
                monthly.managers_without(books, month=_last_month(), today=office_clock().date())
            ),
            "prompts": _count(
                books.session,
                select(Prompt.id).where(
                    Prompt.status == PromptStatus.WAITING, col(Prompt.next_at) <= office_clock()
                ),
            ),
            # last, for what stands before it becomes one
            "messages": _count(
                books.session, select(OutboxMessage.id).where(col(OutboxMessage.state).in_(UNSENT))
            ),
        }
    return {what: count for what, count in counts.items() if count}


def _last_month() -> date:
    return (office_clock().date().replace(day=1) - timedelta(days=1)).replace(day=1)


def _count(session: Session, statement: object) -> int:
    return len(session.exec(statement).all())  # type: ignore[call-overload]
