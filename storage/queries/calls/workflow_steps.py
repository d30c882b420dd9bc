"""Questions about the steps of workflows."""

from collections.abc import Sequence

from sqlmodel import col, select

from storage.books import Books
from storage.tables import WorkflowStep


def by_execution(books: Books, execution: str) -> WorkflowStep | None:
    return books.session.exec(
        select(WorkflowStep).where(
            WorkflowStep.workspace_id == books.workspace_id, WorkflowStep.execution == execution
        )
    ).first()


def due(books: Books, *, limit: int) -> Sequence[WorkflowStep]:
    """Runs whose end Slack has not been told, the oldest first."""
    return books.session.exec(
        select(WorkflowStep)
        .where(WorkflowStep.workspace_id == books.workspace_id, col(WorkflowStep.next_at) <= books.now)
        .order_by(col(WorkflowStep.id))
        .limit(limit)
    ).all()


def claim(books: Books, execution: str) -> WorkflowStep | None:
    """The run, held by this transaction, if it is still due and nobody else holds it."""
    return books.session.exec(
        select(WorkflowStep)
        .where(
            WorkflowStep.workspace_id == books.workspace_id,
            WorkflowStep.execution == execution,
            col(WorkflowStep.next_at) <= books.now,
        )
        .with_for_update(skip_locked=True)
    ).first()
