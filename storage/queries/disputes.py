"""Questions about disputes: which are there, and who is to answer where a team has no manager."""

from collections.abc import Sequence

from sqlmodel import Session, col, select

from bot.words import DisputeStatus
from storage.tables import Dispute, Person


def by_id(session: Session, workspace_id: int, dispute_id: int) -> Dispute | None:
    return session.exec(
        select(Dispute).where(Dispute.workspace_id == workspace_id, Dispute.id == dispute_id)
    ).first()


def still_open(session: Session, workspace_id: int) -> Sequence[Dispute]:
    """The oldest first."""
    return session.exec(
        select(Dispute)
        .where(Dispute.workspace_id == workspace_id, Dispute.status == DisputeStatus.OPEN)
        .order_by(col(Dispute.said_at), col(Dispute.id))
    ).all()


def of_person(session: Session, workspace_id: int, person_id: int) -> Sequence[Dispute]:
    """The newest first."""
    return session.exec(
        select(Dispute)
        .where(Dispute.workspace_id == workspace_id, Dispute.person_id == person_id)
        .order_by(col(Dispute.said_at).desc(), col(Dispute.id).desc())
    ).all()


def admins(session: Session, workspace_id: int) -> Sequence[int]:
    return session.exec(
        select(Person.id)
        .where(Person.workspace_id == workspace_id, col(Person.is_admin))
        .order_by(col(Person.id))
    ).all()
