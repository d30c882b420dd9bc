"""Questions about the meetings of pairs: which to open, which to ask about, which hours are taken."""

from collections.abc import Collection, Sequence
from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import col, select

from bot.core.enums import CALLED_OFF, PairingStatus
from storage.books import Books
from storage.tables import Meeting, OutboxMessage, Pairing, Worksheet


def to_open(books: Books, first: date, last: date) -> Sequence[Pairing]:
    """Agreed pairs of the weeks from `first` to `last` whose meeting with this coach was not opened."""
    opened = sa.exists().where(
        col(Meeting.workspace_id) == Pairing.workspace_id,
        col(Meeting.pairing_id) == Pairing.id,
        col(Meeting.coach_id) == Pairing.coach_id,
    )
    return books.session.exec(
        select(Pairing)
        .where(
            Pairing.workspace_id == books.workspace_id,
            col(Pairing.week).between(first, last),
            Pairing.status == PairingStatus.ACCEPTED,
            ~opened,
        )
        .order_by(col(Pairing.id))
    ).all()


def to_ask(books: Books) -> Sequence[int]:
    """Meetings that the learner is to be asked about, longest due first."""
    return books.session.exec(
        select(Meeting.id)
        .where(
            Meeting.workspace_id == books.workspace_id,
            col(Meeting.ask_at) <= books.now,
            col(Meeting.asked_at).is_(None),
        )
        .order_by(col(Meeting.ask_at), col(Meeting.id))
    ).all()


def claim(books: Books, meeting_id: int) -> Meeting | None:
    return books.session.exec(
        select(Meeting)
        .where(Meeting.workspace_id == books.workspace_id, Meeting.id == meeting_id)
        .with_for_update()
    ).first()


def of_pair(books: Books, pairing_id: int, coach_id: int) -> Meeting | None:
    return books.session.exec(
        select(Meeting).where(
            Meeting.workspace_id == books.workspace_id,
            Meeting.pairing_id == pairing_id,
            Meeting.coach_id == coach_id,
        )
    ).first()


def taken(books: Books, people: Collection[int], *, since: datetime) -> Sequence[datetime]:
    """Starts of meetings since then of pairs that stand, with one of the people on either side."""
    starts = books.session.exec(
        select(Meeting.starts_at)
        .join(Pairing, _its_pair())
        .where(
            Meeting.workspace_id == books.workspace_id,
            col(Meeting.starts_at) >= since,
            col(Pairing.status).not_in(CALLED_OFF),
            sa.or_(col(Pairing.coach_id).in_(people), col(Pairing.learner_id).in_(people)),
        )
    )
    return [start for start in starts if start is not None]


def last_asked(books: Books, learner_id: int) -> datetime | None:
    """When the learner was asked about a meeting last."""
    return books.session.scalar(
        sa.select(sa.func.max(Meeting.asked_at))
        .join(Pairing, _its_pair())
        .where(col(Meeting.workspace_id) == books.workspace_id, col(Pairing.learner_id) == learner_id)
    )


def worksheet(books: Books, pairing_id: int) -> Worksheet | None:
    return books.session.exec(
        select(Worksheet).where(
            Worksheet.workspace_id == books.workspace_id, Worksheet.pairing_id == pairing_id
        )
    ).first()


def _its_pair() -> sa.ColumnElement[bool]:
    return sa.and_(
        col(Meeting.pairing_id) == Pairing.id,
        col(Meeting.workspace_id) == Pairing.workspace_id,
        col(Meeting.coach_id) == Pairing.coach_id,
    )


def last_said(books: Books, person_id: int, text: str, since: datetime) -> int | None:
    """The latest message that told a person these very words since then."""
    return books.session.scalar(
        sa.select(sa.func.max(OutboxMessage.id)).where(
            col(OutboxMessage.workspace_id) == books.workspace_id,
            col(OutboxMessage.person_id) == person_id,
            col(OutboxMessage.created_at) >= since,
            col(OutboxMessage.updates_id).is_(None),
            col(OutboxMessage.text) == text,
        )
    )
