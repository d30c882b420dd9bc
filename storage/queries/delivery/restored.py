"""What is due in a database that was put back from a backup."""

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlmodel import Session, col

from bot.core.enums import PromptStatus
from storage.tables import CommitmentQuestion, HandoffQuestion, HelpRequest, Meeting, Prompt, Team

DUE = (
    (Prompt, "next_at", {"next_at": None, "status": PromptStatus.RESTING}),
    (CommitmentQuestion, "next_at", {"next_at": None}),
    (HandoffQuestion, "next_at", {"next_at": None}),
    (HelpRequest, "next_at", {"next_at": None}),
    (Meeting, "ask_at", {"ask_at": None}),
)
"""Each with the column that says when it is due, and what it becomes when it is not put again."""


def let_rest(session: Session, now: datetime) -> int:
    """Nothing that is due by now is asked any more, and digests wait for their next day; returns how many."""
    rested = 0
    for table, when, values in DUE:
        due = sa.update(table).where(getattr(table, when) <= now).values(**values)
        rested += session.execute(due).rowcount  # type: ignore[attr-defined]  # an UPDATE tells how many
    for team in session.execute(sa.select(Team).where(col(Team.digest_next_at) <= now)).scalars():
        team.digest_next_at = _a_week_on(team.digest_next_at, now)
        rested += 1
    return rested


def _a_week_on(due: datetime | None, now: datetime) -> datetime | None:
    """By whole weeks: the day's own hour is put right when it is seen to."""
    if due is None:
        return None
    return due + timedelta(weeks=(now - due).days // 7 + 1)
