"""The sessions whose effect is looked for, and a workspace's own limits about coaching."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

import sqlalchemy as sa
from sqlmodel import col, select

from bot.core.enums import Metric
from storage.books import Books
from storage.tables import CoachingRules, CoachingSession


class Held(NamedTuple):
    id: int
    coach: int
    learner: int
    metric: Metric
    held_on: date
    minutes: int
    commitment: str


def held(books: Books, before: date, *, since: date = date.min) -> Sequence[Held]:
    """Sessions held before a day and from another on, oldest first."""
    rows = books.session.execute(
        sa.select(
            *(col(CoachingSession.id), col(CoachingSession.coach_id), col(CoachingSession.learner_id)),
            *(col(CoachingSession.metric), col(CoachingSession.held_on), col(CoachingSession.minutes)),
            col(CoachingSession.commitment),
        )
        .where(
            col(CoachingSession.workspace_id) == books.workspace_id,
            col(CoachingSession.held_on) >= since,
            col(CoachingSession.held_on) < before,
        )
        .order_by(col(CoachingSession.held_on), col(CoachingSession.id))
    )
    return [Held(*row) for row in rows]


def coaching_rules_of(books: Books) -> CoachingRules:
    """What was set, else the defaults; a row that is not stored yet is stored by adding it."""
    found = books.session.exec(
        select(CoachingRules).where(CoachingRules.workspace_id == books.workspace_id)
    ).first()
    return found or CoachingRules(workspace_id=books.workspace_id)
