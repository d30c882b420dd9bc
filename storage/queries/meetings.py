"""Questions about the meetings of pairs: which to open, which to ask about, which hours are taken."""

from collections.abc import Collection, Sequence
from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import Session, col, select

from bot.words import PairingStatus
from storage.tables import Meeting, Pairing, Worksheet


def to_open(session: Session, workspace_id: int, first: date, last: date) -> Sequence[Pairing]:
    """Agreed pairs of the weeks from `first` to `last` whose meeting with this coach was not opened."""
    opened = sa.exists().where(
        col(Meeting.workspace_id) == Pairing.workspace_id,
        col(Meeting.pairing_id) == Pairing.id,
        col(Meeting.coach_id) == Pairing.coach_id,
    )
    return session.exec(
        select(Pairing)
        .where(
            Pairing.workspace_id == workspace_id,
            col(Pairing.week).between(first, last),
            Pairing.status == PairingStatus.ACCEPTED,
            ~opened,
        )
        .order_by(col(Pairing.id))
    ).all()


def to_ask(session: Session, workspace_id: int, *, now: datetime) -> Sequence[int]:
    """Meetings that the learner is to be asked about, longest due first."""
    return session.exec(
        select(Meeting.id)
        .where(
            Meeting.workspace_id == workspace_id,
            col(Meeting.ask_at) <= now,
            col(Meeting.asked_at).is_(None),
        )
        .order_by(col(Meeting.ask_at), col(Meeting.id))
    ).all()


def claim(session: Session, workspace_id: int, meeting_id: int) -> Meeting | None:
    return session.exec(
        select(Meeting)
        .where(Meeting.workspace_id == workspace_id, Meeting.id == meeting_id)
        .with_for_update()
    ).first()


def of_pair(session: Session, workspace_id: int, pairing_id: int, coach_id: int) -> Meeting | None:
    return session.exec(
        select(Meeting).where(
            Meeting.workspace_id == workspace_id,
            Meeting.pairing_id == pairing_id,
            Meeting.coach_id == coach_id,
        )
    ).first()


def taken(
    session: Session, workspace_id: int, people: Collection[int], *, since: datetime
) -> Sequence[datetime]:
    """Starts of meetings since then of pairs that stand, with one of the people on either side."""
    starts = session.exec(
        select(Meeting.starts_at)
        .join(Pairing, _its_pair())
        .where(
            Meeting.workspace_id == workspace_id,
            col(Meeting.starts_at) >= since,
            Pairing.status != PairingStatus.DECLINED,
            sa.or_(col(Pairing.coach_id).in_(people), col(Pairing.learner_id).in_(people)),
        )
    )
    return [start for start in starts if start is not None]


def last_asked(session: Session, workspace_id: int, learner_id: int) -> datetime | None:
    """When the learner was asked about a meeting last."""
    return session.scalar(
        sa.select(sa.func.max(Meeting.asked_at))
        .join(Pairing, _its_pair())
        .where(col(Meeting.workspace_id) == workspace_id, col(Pairing.learner_id) == learner_id)
    )


def worksheet(session: Session, workspace_id: int, pairing_id: int) -> Worksheet | None:
    return session.exec(
        select(Worksheet).where(Worksheet.workspace_id == workspace_id, Worksheet.pairing_id == pairing_id)
    ).first()


def _its_pair() -> sa.ColumnElement[bool]:
    return sa.and_(
        col(Meeting.pairing_id) == Pairing.id,
        col(Meeting.workspace_id) == Pairing.workspace_id,
        col(Meeting.coach_id) == Pairing.coach_id,
    )
