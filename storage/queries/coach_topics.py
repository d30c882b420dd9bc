"""Questions about what coaches offer to help with."""

from collections.abc import Collection, Sequence

import sqlalchemy as sa
from sqlmodel import Session, col, select

from storage.tables import CoachTopic


def of(session: Session, workspace_id: int, person_id: int) -> Sequence[str]:
    """In the order in which they were named."""
    return session.exec(
        select(CoachTopic.topic)
        .where(CoachTopic.workspace_id == workspace_id, CoachTopic.person_id == person_id)
        .order_by(col(CoachTopic.id))
    ).all()


def of_all(session: Session, workspace_id: int) -> Sequence[tuple[int, str]]:
    """Every person with each of their topics."""
    return session.exec(
        select(CoachTopic.person_id, CoachTopic.topic).where(CoachTopic.workspace_id == workspace_id)
    ).all()


def replace(session: Session, workspace_id: int, person_id: int, topics: Collection[str]) -> None:
    session.execute(
        sa.delete(CoachTopic).where(
            col(CoachTopic.workspace_id) == workspace_id, col(CoachTopic.person_id) == person_id
        )
    )
    session.add_all(
        CoachTopic(workspace_id=workspace_id, person_id=person_id, topic=topic) for topic in topics
    )
    session.flush()
