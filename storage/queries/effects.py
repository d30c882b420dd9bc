"""The sessions whose effect is looked for."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

import sqlalchemy as sa
from sqlmodel import Session, col

from bot.words import Metric
from storage.tables import CoachingSession


class Held(NamedTuple):
    id: int
    coach: int
    learner: int
    metric: Metric
    held_on: date
    minutes: int
    commitment: str


def held(session: Session, workspace_id: int, before: date) -> Sequence[Held]:
    """Sessions held before a day, oldest first."""
    rows = session.execute(
        sa.select(
            *(col(CoachingSession.id), col(CoachingSession.coach_id), col(CoachingSession.learner_id)),
            *(col(CoachingSession.metric), col(CoachingSession.held_on), col(CoachingSession.minutes)),
            col(CoachingSession.commitment),
        )
        .where(col(CoachingSession.workspace_id) == workspace_id, col(CoachingSession.held_on) < before)
        .order_by(col(CoachingSession.held_on), col(CoachingSession.id))
    )
    return [Held(*row) for row in rows]
