"""Questions about coaches: what they offer to help with, who was asked to be one, and of whom managers heard."""

from collections.abc import Collection, Sequence
from datetime import date

from sqlmodel import col, select

from storage.books import Books
from storage.tables import CoachInvitation, CoachTopic, MondayPick


def topics_of(books: Books, person_id: int) -> Sequence[str]:
    """In the order in which they were named."""
    return books.session.exec(
        select(CoachTopic.topic)
        .where(CoachTopic.workspace_id == books.workspace_id, CoachTopic.person_id == person_id)
        .order_by(col(CoachTopic.id))
    ).all()


def topics_of_all(books: Books) -> Sequence[tuple[int, str]]:
    """Every person with each of their topics."""
    return books.session.exec(
        select(CoachTopic.person_id, CoachTopic.topic).where(CoachTopic.workspace_id == books.workspace_id)
    ).all()


def replace_topics(books: Books, person_id: int, topics: Collection[str]) -> None:
    """In the order in which they are given."""
    before = select(CoachTopic).where(
        CoachTopic.workspace_id == books.workspace_id, CoachTopic.person_id == person_id
    )
    for row in books.session.exec(before):
        books.session.delete(row)
    books.session.flush()
    books.session.add_all(
        CoachTopic(workspace_id=books.workspace_id, person_id=person_id, topic=topic) for topic in topics
    )
    books.session.flush()


def invited_in_quarter(books: Books, person_id: int, quarter: date) -> CoachInvitation | None:
    return books.session.exec(
        select(CoachInvitation).where(
            CoachInvitation.workspace_id == books.workspace_id,
            CoachInvitation.person_id == person_id,
            CoachInvitation.quarter == quarter,
        )
    ).first()


def claim_invitation(books: Books, invitation_id: int) -> CoachInvitation | None:
    """Held by this transaction, so that two answers come one after the other."""
    return books.session.exec(
        select(CoachInvitation)
        .where(CoachInvitation.workspace_id == books.workspace_id, CoachInvitation.id == invitation_id)
        .with_for_update()
    ).first()


def picked(books: Books, manager_id: int, since: date) -> Sequence[int]:
    """Of whom the manager heard in weeks that began on or after the day."""
    return books.session.exec(
        select(MondayPick.person_id).where(
            MondayPick.workspace_id == books.workspace_id,
            MondayPick.manager_id == manager_id,
            col(MondayPick.week) >= since,
        )
    ).all()
