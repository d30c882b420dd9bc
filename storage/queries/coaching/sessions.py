"""Questions about coaching sessions that were held, and a workspace's own limits about coaching."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import NamedTuple

import sqlalchemy as sa
from sqlmodel import col, select

from bot.core.enums import Metric
from storage.books import Books
from storage.tables import CoachingRules, CoachingSession


def by_key(books: Books, session_key: str) -> CoachingSession | None:
    return books.session.exec(
        select(CoachingSession).where(
            CoachingSession.workspace_id == books.workspace_id, CoachingSession.session_key == session_key
        )
    ).first()


def ratings(books: Books, *, since: date, until: date) -> Sequence[tuple[int, int]]:
    """Coach and rating, 1 to 5, of each rated session held from `since` to `until`, both included."""
    rows = books.session.exec(
        select(CoachingSession.coach_id, CoachingSession.rating).where(
            CoachingSession.workspace_id == books.workspace_id,
            col(CoachingSession.rating).is_not(None),
            col(CoachingSession.held_on).between(since, until),
        )
    )
    return [(coach, rating) for coach, rating in rows if rating is not None]


def kept(
    books: Books, coaches: Collection[int], first: date, beyond: date
) -> Sequence[tuple[int, int | None]]:
    """Coach and rating of each session of theirs with a commitment, held from `first` on and before `beyond`."""
    rows = books.session.exec(
        select(CoachingSession.coach_id, CoachingSession.rating).where(
            CoachingSession.workspace_id == books.workspace_id,
            col(CoachingSession.coach_id).in_(coaches),
            col(CoachingSession.held_on) >= first,
            col(CoachingSession.held_on) < beyond,
            sa.func.trim(CoachingSession.commitment) != "",
        )
    )
    return [(coach, rating) for coach, rating in rows]


def is_any_since(books: Books, day: date) -> bool:
    """Whether anybody has met since the day, included."""
    held = sa.exists().where(
        col(CoachingSession.workspace_id) == books.workspace_id, col(CoachingSession.held_on) >= day
    )
    return bool(books.session.scalar(sa.select(held)))


def last_as_learner(books: Books, learners: Collection[int], until: date) -> dict[int, date]:
    """The day of each learner's latest session up to `until`, included; those without one are left out."""
    rows = books.session.execute(
        sa.select(col(CoachingSession.learner_id), sa.func.max(CoachingSession.held_on))
        .where(
            col(CoachingSession.workspace_id) == books.workspace_id,
            col(CoachingSession.learner_id).in_(learners),
            col(CoachingSession.held_on) <= until,
        )
        .group_by(col(CoachingSession.learner_id))
    )
    return {row[0]: row[1] for row in rows}


def as_coach(books: Books, coaches: Collection[int], first: date, last: date) -> Sequence[tuple[int, date]]:
    """Coach and day of each session held by one of them from `first` to `last`, both included."""
    rows = books.session.execute(
        sa.select(col(CoachingSession.coach_id), col(CoachingSession.held_on)).where(
            col(CoachingSession.workspace_id) == books.workspace_id,
            col(CoachingSession.coach_id).in_(coaches),
            col(CoachingSession.held_on).between(first, last),
        )
    )
    return [(row[0], row[1]) for row in rows]


def have_met(books: Books, coach_id: int, learner_id: int, before: date) -> bool:
    """Whether the two have held a session before that day."""
    found = select(CoachingSession.id).where(
        CoachingSession.workspace_id == books.workspace_id,
        CoachingSession.coach_id == coach_id,
        CoachingSession.learner_id == learner_id,
        col(CoachingSession.held_on) < before,
    )
    return books.session.exec(found).first() is not None


def new_coaches(books: Books, since: date) -> dict[int, tuple[date, date]]:
    """Those who held their first session ever on or after the day, with the days of their first and their latest."""
    first, latest = sa.func.min(CoachingSession.held_on), sa.func.max(CoachingSession.held_on)
    rows = books.session.execute(
        sa.select(col(CoachingSession.coach_id), first, latest)
        .where(col(CoachingSession.workspace_id) == books.workspace_id)
        .group_by(col(CoachingSession.coach_id))
        .having(first >= since)
    )
    return {row[0]: (row[1], row[2]) for row in rows}


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
