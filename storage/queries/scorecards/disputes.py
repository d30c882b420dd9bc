"""Questions about disputes: which are there, and who is to answer where a team has no manager."""

from collections.abc import Sequence

from sqlmodel import col, select

from bot.core.enums import DisputeStatus
from storage.books import Books
from storage.tables import Dispute, Person


def by_id(books: Books, dispute_id: int) -> Dispute | None:
    return books.session.exec(
        select(Dispute).where(Dispute.workspace_id == books.workspace_id, Dispute.id == dispute_id)
    ).first()


def still_open(books: Books) -> Sequence[Dispute]:
    """The oldest first."""
    return books.session.exec(
        select(Dispute)
        .where(Dispute.workspace_id == books.workspace_id, Dispute.status == DisputeStatus.OPEN)
        .order_by(col(Dispute.said_at), col(Dispute.id))
    ).all()


def of_person(books: Books, person_id: int) -> Sequence[Dispute]:
    """The newest first."""
    return books.session.exec(
        select(Dispute)
        .where(Dispute.workspace_id == books.workspace_id, Dispute.person_id == person_id)
        .order_by(col(Dispute.said_at).desc(), col(Dispute.id).desc())
    ).all()


def admins(books: Books) -> Sequence[int]:
    return books.session.exec(
        select(Person.id)
        .where(Person.workspace_id == books.workspace_id, col(Person.is_admin))
        .order_by(col(Person.id))
    ).all()
