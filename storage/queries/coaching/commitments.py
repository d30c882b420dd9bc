"""Questions about commitments: which are to be asked about, and which a learner has."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import col, select

from storage.books import Books
from storage.tables import CoachingSession, CommitmentQuestion, Debrief, Feedback, Person

Origin = CoachingSession | Feedback
"""What a commitment was agreed in; both keep its words, its due day and whether it was kept."""


def about_session(books: Books, session_id: int) -> CommitmentQuestion | None:
    return books.session.exec(
        select(CommitmentQuestion).where(
            CommitmentQuestion.workspace_id == books.workspace_id, CommitmentQuestion.session_id == session_id
        )
    ).first()


def about_feedback(books: Books, feedback_id: int) -> CommitmentQuestion | None:
    return books.session.exec(
        select(CommitmentQuestion).where(
            CommitmentQuestion.workspace_id == books.workspace_id,
            CommitmentQuestion.feedback_id == feedback_id,
        )
    ).first()


def coaching_session(books: Books, session_id: int) -> CoachingSession:
    return books.session.exec(
        select(CoachingSession).where(
            CoachingSession.workspace_id == books.workspace_id, CoachingSession.id == session_id
        )
    ).one()


def feedback(books: Books, feedback_id: int) -> tuple[Feedback, int]:
    """The feedback, and whose debrief it is on."""
    return books.session.exec(
        select(Feedback, Debrief.person_id)
        .join(
            Debrief,
            sa.and_(
                col(Debrief.id) == Feedback.debrief_id, col(Debrief.workspace_id) == Feedback.workspace_id
            ),
        )
        .where(Feedback.workspace_id == books.workspace_id, Feedback.id == feedback_id)
    ).one()


def origin(books: Books, question: CommitmentQuestion) -> Origin:
    if question.session_id is not None:
        return coaching_session(books, question.session_id)
    return books.session.exec(
        select(Feedback).where(
            Feedback.workspace_id == books.workspace_id, Feedback.id == question.feedback_id
        )
    ).one()


def due(books: Books, *, limit: int) -> Sequence[tuple[int, int, str | None]]:
    """Questions to ask, their learners and the Slack users those are, longest due first."""
    return books.session.exec(
        select(CommitmentQuestion.id, CommitmentQuestion.learner_id, Person.slack_user_id)
        .join(
            Person,
            sa.and_(
                col(Person.id) == CommitmentQuestion.learner_id,
                col(Person.workspace_id) == CommitmentQuestion.workspace_id,
            ),
        )
        .where(
            CommitmentQuestion.workspace_id == books.workspace_id,
            col(CommitmentQuestion.next_at) <= books.now,
        )
        .order_by(col(CommitmentQuestion.next_at), col(CommitmentQuestion.id))
        .limit(limit)
    ).all()


def claim(books: Books, question_id: int) -> CommitmentQuestion | None:
    """The question, held by this transaction, if it is still due and nobody else holds it."""
    return books.session.exec(
        select(CommitmentQuestion)
        .where(
            CommitmentQuestion.workspace_id == books.workspace_id,
            CommitmentQuestion.id == question_id,
            col(CommitmentQuestion.next_at) <= books.now,
        )
        .with_for_update(skip_locked=True)
    ).first()


def of_learner(books: Books, learner_id: int, question_id: int) -> CommitmentQuestion | None:
    """The learner's own question, held by this transaction."""
    return books.session.exec(
        select(CommitmentQuestion)
        .where(
            CommitmentQuestion.workspace_id == books.workspace_id,
            CommitmentQuestion.learner_id == learner_id,
            CommitmentQuestion.id == question_id,
        )
        .with_for_update()
    ).first()


def was_asked(books: Books, learner_id: int, *, start: datetime, end: datetime) -> bool:
    """Whether the learner was asked about any commitment from `start` to `end`, both included."""
    found = books.session.exec(
        select(CommitmentQuestion.id)
        .where(
            CommitmentQuestion.workspace_id == books.workspace_id,
            CommitmentQuestion.learner_id == learner_id,
            col(CommitmentQuestion.asked_at).between(start, end),
        )
        .limit(1)
    ).first()
    return found is not None


def unanswered(books: Books, learner_id: int) -> Sequence[CommitmentQuestion]:
    """The learner's, the latest agreed first."""
    return books.session.exec(
        select(CommitmentQuestion)
        .where(
            CommitmentQuestion.workspace_id == books.workspace_id,
            CommitmentQuestion.learner_id == learner_id,
            col(CommitmentQuestion.answered_at).is_(None),
        )
        .order_by(col(CommitmentQuestion.id).desc())
    ).all()
