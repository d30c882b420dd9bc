"""Questions about the steps of workflows."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, col, select

from storage.tables import WorkflowStep


def by_execution(session: Session, workspace_id: int, execution: str) -> WorkflowStep | None:
    return session.exec(
        select(WorkflowStep).where(
            WorkflowStep.workspace_id == workspace_id, WorkflowStep.execution == execution
        )
    ).first()


def due(session: Session, workspace_id: int, *, now: datetime, limit: int) -> Sequence[WorkflowStep]:
    """Runs whose end Slack has not been told, the oldest first."""
    return session.exec(
        select(WorkflowStep)
        .where(WorkflowStep.workspace_id == workspace_id, col(WorkflowStep.next_at) <= now)
        .order_by(col(WorkflowStep.id))
        .limit(limit)
    ).all()


def claim(session: Session, workspace_id: int, execution: str, *, now: datetime) -> WorkflowStep | None:
    """The run, held by this transaction, if it is still due and nobody else holds it."""
    return session.exec(
        select(WorkflowStep)
        .where(
            WorkflowStep.workspace_id == workspace_id,
            WorkflowStep.execution == execution,
            col(WorkflowStep.next_at) <= now,
        )
        .with_for_update(skip_locked=True)
    ).first()
