"""Questions about leads on their way from SDRs to AEs, and the checklist they are judged by."""

from collections.abc import Collection, Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col, select

from storage.tables import Criterion, CriterionAnswer, Handoff, HandoffQuestion, Person


def by_key(session: Session, workspace_id: int, handoff_key: str) -> Handoff | None:
    return session.exec(
        select(Handoff).where(Handoff.workspace_id == workspace_id, Handoff.handoff_key == handoff_key)
    ).first()


def by_id(session: Session, workspace_id: int, handoff_id: int) -> Handoff | None:
    return session.exec(
        select(Handoff).where(Handoff.workspace_id == workspace_id, Handoff.id == handoff_id)
    ).first()


def claim(session: Session, workspace_id: int, handoff_id: int) -> Handoff | None:
    """The handoff, held by this transaction, so that two decisions come one after the other."""
    return session.exec(
        select(Handoff)
        .where(Handoff.workspace_id == workspace_id, Handoff.id == handoff_id)
        .with_for_update()
    ).first()


def reasons_of(session: Session, workspace_id: int, ae_id: int) -> Sequence[str]:
    """What the AE has given as reasons so far."""
    return session.exec(
        select(Handoff.reason).where(
            Handoff.workspace_id == workspace_id, Handoff.ae_id == ae_id, col(Handoff.decided_at).is_not(None)
        )
    ).all()


def checklist(session: Session, workspace_id: int) -> Sequence[Criterion]:
    """The criteria in force, in their order."""
    return session.exec(
        select(Criterion)
        .where(Criterion.workspace_id == workspace_id, col(Criterion.retired_at).is_(None))
        .order_by(col(Criterion.position), col(Criterion.id))
    ).all()


def criteria(session: Session, workspace_id: int, ids: Collection[int]) -> Sequence[Criterion]:
    """These criteria, retired ones too, in their order."""
    return session.exec(
        select(Criterion)
        .where(Criterion.workspace_id == workspace_id, col(Criterion.id).in_(ids))
        .order_by(col(Criterion.position), col(Criterion.id))
    ).all()


def answers_of(
    session: Session, workspace_id: int, handoff_id: int
) -> Sequence[tuple[CriterionAnswer, Criterion]]:
    """The checklist that the handoff was judged by, in its order."""
    return session.exec(
        select(CriterionAnswer, Criterion)
        .join(
            Criterion,
            sa.and_(
                col(Criterion.id) == CriterionAnswer.criterion_id,
                col(Criterion.workspace_id) == CriterionAnswer.workspace_id,
            ),
        )
        .where(CriterionAnswer.workspace_id == workspace_id, CriterionAnswer.handoff_id == handoff_id)
        .order_by(col(Criterion.position), col(Criterion.id))
    ).all()


def question_of(session: Session, workspace_id: int, handoff_id: int) -> HandoffQuestion | None:
    return session.exec(
        select(HandoffQuestion).where(
            HandoffQuestion.workspace_id == workspace_id, HandoffQuestion.handoff_id == handoff_id
        )
    ).first()


def due_questions(
    session: Session, workspace_id: int, *, now: datetime, limit: int
) -> Sequence[tuple[int, str | None]]:
    """Leads whose AEs are to be reminded, and the Slack users those are, longest due first."""
    return session.exec(
        select(HandoffQuestion.handoff_id, Person.slack_user_id)
        .join(
            Handoff,
            sa.and_(
                col(Handoff.id) == HandoffQuestion.handoff_id,
                col(Handoff.workspace_id) == HandoffQuestion.workspace_id,
            ),
        )
        .join(
            Person, sa.and_(col(Person.id) == Handoff.ae_id, col(Person.workspace_id) == Handoff.workspace_id)
        )
        .where(HandoffQuestion.workspace_id == workspace_id, col(HandoffQuestion.next_at) <= now)
        .order_by(col(HandoffQuestion.next_at), col(HandoffQuestion.id))
        .limit(limit)
    ).all()


def claim_question(
    session: Session, workspace_id: int, handoff_id: int, *, now: datetime
) -> HandoffQuestion | None:
    """The question about this lead, held by this transaction, if it is still due and nobody else holds it."""
    return session.exec(
        select(HandoffQuestion)
        .where(
            HandoffQuestion.workspace_id == workspace_id,
            HandoffQuestion.handoff_id == handoff_id,
            col(HandoffQuestion.next_at) <= now,
        )
        .with_for_update(skip_locked=True)
    ).first()
