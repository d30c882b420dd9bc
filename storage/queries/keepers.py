"""Questions about who looks after a workspace."""

from collections.abc import Sequence

from sqlmodel import Session, col, select

from storage.tables import Person


def admins(session: Session, workspace_id: int) -> Sequence[Person]:
    """Admins who are in Slack."""
    return session.exec(
        select(Person)
        .where(
            Person.workspace_id == workspace_id,
            col(Person.is_admin).is_(True),
            col(Person.slack_user_id).is_not(None),
        )
        .order_by(col(Person.id))
    ).all()
