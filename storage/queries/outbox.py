"""Questions about messages to Slack."""

from collections.abc import Collection, Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from storage.tables import OutboxMessage, OutboxState, Person

UNSENT = (OutboxState.QUEUED, OutboxState.SENDING)


def claim_due(session: Session, *, now: datetime, busy: Collection[str]) -> OutboxMessage | None:
    """The oldest message that is due and first in its conversation, held by this transaction.

    `busy` are conversations that must rest a moment, because Slack asked for it.
    """
    earlier = aliased(OutboxMessage)
    waits_for_another = sa.exists().where(
        col(earlier.workspace_id) == OutboxMessage.workspace_id,
        col(earlier.conversation) == OutboxMessage.conversation,
        col(earlier.state).in_(UNSENT),
        col(earlier.id) < OutboxMessage.id,
    )
    return session.exec(
        select(OutboxMessage)
        .where(
            OutboxMessage.state == OutboxState.QUEUED,
            col(OutboxMessage.next_at) <= now,
            col(OutboxMessage.conversation).not_in(busy),
            ~waits_for_another,
        )
        .order_by(col(OutboxMessage.id))
        .limit(1)
        .with_for_update(skip_locked=True, of=OutboxMessage)
    ).first()


def claim_abandoned(session: Session, *, now: datetime) -> OutboxMessage | None:
    """A message whose sender died while sending: nobody knows whether it arrived."""
    return session.exec(
        select(OutboxMessage)
        .where(OutboxMessage.state == OutboxState.SENDING, col(OutboxMessage.leased_until) < now)
        .order_by(col(OutboxMessage.id))
        .limit(1)
        .with_for_update(skip_locked=True)
    ).first()


def is_due(session: Session, *, now: datetime) -> bool:
    """Whether anything waits to be sent, or was left by a sender that died."""
    due = sa.exists().where(
        sa.or_(
            sa.and_(col(OutboxMessage.state) == OutboxState.QUEUED, col(OutboxMessage.next_at) <= now),
            sa.and_(col(OutboxMessage.state) == OutboxState.SENDING, col(OutboxMessage.leased_until) < now),
        )
    )
    return bool(session.scalar(sa.select(due)))


def by_id(session: Session, workspace_id: int, message_id: int) -> OutboxMessage | None:
    return session.exec(
        select(OutboxMessage).where(
            OutboxMessage.workspace_id == workspace_id, OutboxMessage.id == message_id
        )
    ).first()


def recipient(session: Session, workspace_id: int, person_id: int) -> Person | None:
    return session.exec(
        select(Person).where(Person.workspace_id == workspace_id, Person.id == person_id)
    ).first()


def counts(session: Session) -> dict[OutboxState, int]:
    """How many messages stand in each state, over all workspaces."""
    rows = session.exec(select(OutboxMessage.state, sa.func.count()).group_by(col(OutboxMessage.state)))
    return {OutboxState(state): count for state, count in rows}


def set_aside(session: Session) -> Sequence[OutboxMessage]:
    """Messages that did not arrive, or may not have, oldest first."""
    return session.exec(
        select(OutboxMessage)
        .where(
            col(OutboxMessage.state).in_((OutboxState.DEAD, OutboxState.UNKNOWN)),
        )
        .order_by(col(OutboxMessage.id))
    ).all()
