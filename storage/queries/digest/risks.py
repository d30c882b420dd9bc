"""Questions about what a team owes its people: agreed meetings, answers about commitments, answers to disputes."""

from collections.abc import Collection
from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import col

from bot.core.enums import DisputeStatus, PairingStatus
from storage.books import Books
from storage.tables import CoachingSession, Dispute, Pairing

_STANDS = (PairingStatus.ACCEPTED, PairingStatus.MISSED)


def pairs_not_met(books: Books, team_id: int, week: date) -> int:
    """Pairs of the week that were not declined and have not met."""
    return (
        books.session.scalar(
            sa.select(sa.func.count())
            .select_from(Pairing)
            .where(
                col(Pairing.workspace_id) == books.workspace_id,
                col(Pairing.team_id) == team_id,
                col(Pairing.week) == week,
                col(Pairing.status).in_(_STANDS),
            )
        )
        or 0
    )


def commitments_unanswered(books: Books, learners: Collection[int], *, until: date) -> int:
    """Commitments due on `until` or before of which nobody has said whether they were kept."""
    return (
        books.session.scalar(
            sa.select(sa.func.count())
            .select_from(CoachingSession)
            .where(
                col(CoachingSession.workspace_id) == books.workspace_id,
                col(CoachingSession.learner_id).in_(learners),
                col(CoachingSession.commitment) != "",
                col(CoachingSession.kept).is_(None),
                col(CoachingSession.due_on) <= until,
            )
        )
        or 0
    )


def disputes_open(books: Books, reps: Collection[int], *, as_of: datetime) -> int:
    """Disputes that the reps have raised by `as_of` and that wait for an answer."""
    return (
        books.session.scalar(
            sa.select(sa.func.count())
            .select_from(Dispute)
            .where(
                col(Dispute.workspace_id) == books.workspace_id,
                col(Dispute.person_id).in_(reps),
                col(Dispute.status) == DisputeStatus.OPEN,
                col(Dispute.said_at) <= as_of,
            )
        )
        or 0
    )
