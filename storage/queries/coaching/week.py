"""Questions about teams' coaching weeks: which proposals wait, and which pairs broke."""

from collections.abc import Sequence
from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import col, select

from bot.core.enums import PairingStatus
from storage.books import Books
from storage.tables import OutboxMessage, Pairing


def unanswered(books: Books, until: datetime) -> Sequence[Pairing]:
    """Proposals of up to that moment that nobody answered, oldest first."""
    return books.session.exec(
        select(Pairing)
        .where(
            Pairing.workspace_id == books.workspace_id,
            Pairing.status == PairingStatus.PROPOSED,
            col(Pairing.proposed_at) <= until,
        )
        .order_by(col(Pairing.proposed_at), col(Pairing.id))
    ).all()


def lapsed_since(books: Books, monday: date) -> Sequence[Pairing]:
    """Proposals of the weeks from this Monday on that nobody answered in time."""
    return books.session.exec(
        select(Pairing)
        .where(
            Pairing.workspace_id == books.workspace_id,
            Pairing.status == PairingStatus.LAPSED,
            col(Pairing.week) >= monday,
        )
        .order_by(col(Pairing.week), col(Pairing.id))
    ).all()


def said_since(books: Books, person_id: int, text: str, since: datetime) -> bool:
    """Whether a person was told these very words since then."""
    return bool(
        books.session.scalar(
            sa.select(
                sa.exists().where(
                    col(OutboxMessage.workspace_id) == books.workspace_id,
                    col(OutboxMessage.person_id) == person_id,
                    col(OutboxMessage.created_at) >= since,
                    col(OutboxMessage.text) == text,
                )
            )
        )
    )
