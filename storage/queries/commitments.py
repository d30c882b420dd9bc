"""Questions about commitments: which are to be asked about, and which a learner has."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col, select

from storage.tables import CoachingSession, CommitmentQuestion, Debrief, Feedback, Person

Origin = CoachingSession | Feedback
"""What a commitment was agreed in; both keep its words, its due day and whether it was kept."""


def about_session(session: Session, workspace_id: int, session_id: int) -> CommitmentQuestion | None:
    return session.exec(
        select(CommitmentQuestion).where(
            CommitmentQuestion.workspace_id == workspace_id, CommitmentQuestion.session_id == session_id
        )
    ).first()


def about_feedback(session: Session, workspace_id: int, feedback_id: int) -> CommitmentQuestion | None:
    return session.exec(
        select(CommitmentQuestion).where(
            CommitmentQuestion.workspace_id == workspace_id, CommitmentQuestion.feedback_id == feedback_id
        )
    ).first()


def coaching_session(session: Session, workspace_id: int, session_id: int) -> CoachingSession:
    return session.exec(
        select(CoachingSession).where(
            CoachingSession.workspace_id == workspace_id, CoachingSession.id == session_id
        )
    ).one()


def feedback(session: Session, workspace_id: int, feedback_id: int) -> tuple[Feedback, int]:
    """The feedback, and whose debrief it is on."""
    return session.exec(
        select(Feedback, Debrief.person_id)
        .join(
            Debrief,
            sa.and_(
                col(Debrief.id) == Feedback.debrief_id, col(Debrief.workspace_id) == Feedback.workspace_id
            ),
        )
        .where(Feedback.workspace_id == workspace_id, Feedback.id == feedback_id)
    ).one()


def origin(session: Session, question: CommitmentQuestion) -> Origin:
    if question.session_id is not None:
        return coaching_session(session, question.workspace_id, question.session_id)
    return session.exec(
        select(Feedback).where(
            Feedback.workspace_id == question.workspace_id, Feedback.id == question.feedback_id
        )
    ).one()


def due(
    session: Session, workspace_id: int, *, now: datetime, limit: int
) -> Sequence[tuple[int, int, str | None]]:
    """Questions to ask, their learners and the Slack users those are, longest due first."""
    return session.exec(
        select(CommitmentQuestion.id, CommitmentQuestion.learner_id, Person.slack_user_id)
        .join(
            Person,
            sa.and_(
                col(Person.id) == CommitmentQuestion.learner_id,
                col(Person.workspace_id) == CommitmentQuestion.workspace_id,
            ),
        )
        .where(CommitmentQuestion.workspace_id == workspace_id, col(CommitmentQuestion.next_at) <= now)
        .order_by(col(CommitmentQuestion.next_at), col(CommitmentQuestion.id))
        .limit(limit)
    ).all()


def claim(
    session: Session, workspace_id: int, question_id: int, *, now: datetime
) -> CommitmentQuestion | None:
    """The question, held by this transaction, if it is still due and nobody else holds it."""
    return session.exec(
        select(CommitmentQuestion)
        .where(
            CommitmentQuestion.workspace_id == workspace_id,
            CommitmentQuestion.id == question_id,
            col(CommitmentQuestion.next_at) <= now,
        )
        .with_for_update(skip_locked=True)
    ).first()


def of_learner(
    session: Session, workspace_id: int, learner_id: int, question_id: int
) -> CommitmentQuestion | None:
    """The learner's own question, held by this transaction."""
    return session.exec(
        select(CommitmentQuestion)
        .where(
            CommitmentQuestion.workspace_id == workspace_id,
            CommitmentQuestion.learner_id == learner_id,
            CommitmentQuestion.id == question_id,
        )
        .with_for_update()
    ).first()


def was_asked(
    session: Session, workspace_id: int, learner_id: int, *, start: datetime, end: datetime
) -> bool:
    """Whether the learner was asked about any commitment from `start` to `end`, both included."""
    found = session.exec(
        select(CommitmentQuestion.id)
        .where(
            CommitmentQuestion.workspace_id == workspace_id,
            CommitmentQuestion.learner_id == learner_id,
            col(CommitmentQuestion.asked_at).between(start, end),
        )
        .limit(1)
    ).first()
    return found is not None


def unanswered(session: Session, workspace_id: int, learner_id: int) -> Sequence[CommitmentQuestion]:
    """The learner's, the latest agreed first."""
    return session.exec(
        select(CommitmentQuestion)
        .where(
            CommitmentQuestion.workspace_id == workspace_id,
            CommitmentQuestion.learner_id == learner_id,
            col(CommitmentQuestion.answered_at).is_(None),
        )
        .order_by(col(CommitmentQuestion.id).desc())
    ).all()
