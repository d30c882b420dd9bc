"""Questions about messages to Slack."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from storage.queries.inbox import insert_once
from storage.tables import Digest, Erasure, OutboxMessage, OutboxState, Person, SlackPause

UNSENT = (OutboxState.QUEUED, OutboxState.SENDING)
SET_ASIDE = (OutboxState.DEAD, OutboxState.UNKNOWN)


def claim_due(session: Session, *, now: datetime, rest: timedelta) -> OutboxMessage | None:
    """The oldest message that may be said now, held by this transaction.

    A message that another transaction holds still reads as unsent, so those behind it are not taken either.
    """
    return session.exec(
        select(OutboxMessage)
        .where(*_may_be_said(now, rest))
        .order_by(col(OutboxMessage.id))
        .limit(1)
        .with_for_update(skip_locked=True, of=OutboxMessage)
    ).first()


def claim_doubtful(session: Session, *, now: datetime, method: str) -> OutboxMessage | None:
    """A message whose sender died or heard no answer; `method` is the one that asks Slack about it."""
    return session.exec(
        select(OutboxMessage)
        .where(*_is_doubtful(now), ~_is_paused(sa.literal(method), now))
        .order_by(col(OutboxMessage.id))
        .limit(1)
        .with_for_update(skip_locked=True, of=OutboxMessage)
    ).first()


def is_due(session: Session, *, now: datetime, rest: timedelta = timedelta()) -> bool:
    """Whether anything may be said now, or has to be asked about."""
    said = sa.exists().where(*_may_be_said(now, rest))
    asked = sa.exists().where(*_is_doubtful(now))
    return bool(session.scalar(sa.select(sa.or_(said, asked))))


def _may_be_said(now: datetime, rest: timedelta) -> tuple[sa.ColumnElement[bool], ...]:
    """Due, first in its conversation, which was not spoken in for `rest`, by a method that Slack lets us use."""
    earlier, spoken = aliased(OutboxMessage), aliased(OutboxMessage)
    waits_for_another = sa.exists().where(
        col(earlier.workspace_id) == OutboxMessage.workspace_id,
        col(earlier.conversation) == OutboxMessage.conversation,
        col(earlier.state).in_(UNSENT),
        col(earlier.id) < OutboxMessage.id,
    )
    just_spoken = sa.exists().where(
        col(spoken.workspace_id) == OutboxMessage.workspace_id,
        col(spoken.conversation) == OutboxMessage.conversation,
        col(spoken.sent_at) > now - rest,
        col(spoken.sent_at) < now + rest,  # not for ever, should the clock be set back
    )
    return (
        col(OutboxMessage.state) == OutboxState.QUEUED,
        col(OutboxMessage.next_at) <= now,
        ~waits_for_another,
        ~just_spoken,
        ~_is_paused(col(OutboxMessage.method), now),
        ~_is_leaving(),
    )


def _is_doubtful(now: datetime) -> tuple[sa.ColumnElement[bool], ...]:
    return (
        col(OutboxMessage.state) == OutboxState.SENDING,
        col(OutboxMessage.leased_until) < now,
        ~_is_leaving(),
    )


def _is_leaving() -> sa.ColumnElement[bool]:
    """The whole workspace is to be erased: nothing more is said there."""
    return sa.exists().where(
        col(Erasure.workspace_id) == OutboxMessage.workspace_id,
        col(Erasure.person_id).is_(None),
        col(Erasure.done_at).is_(None),
    )


def _is_paused(method: sa.SQLColumnExpression[str], now: datetime) -> sa.ColumnElement[bool]:
    return sa.exists().where(
        col(SlackPause.workspace_id) == OutboxMessage.workspace_id,
        col(SlackPause.method) == method,
        col(SlackPause.until) > now,
    )


def give_up_queued(session: Session, workspace_id: int, *, why: str) -> None:
    """What waited is old news; an admin may still send it."""
    session.execute(
        sa.update(OutboxMessage)
        .where(
            col(OutboxMessage.workspace_id) == workspace_id, col(OutboxMessage.state) == OutboxState.QUEUED
        )
        .values(state=OutboxState.DEAD, error=why)
    )


def pause(session: Session, workspace_id: int, method: str, until: datetime) -> None:
    """Leave this method alone until then, in every process."""
    if not insert_once(session, SlackPause(workspace_id=workspace_id, method=method, until=until)):
        session.execute(
            sa.update(SlackPause)
            .where(
                col(SlackPause.workspace_id) == workspace_id,
                col(SlackPause.method) == method,
                col(SlackPause.until) < until,
            )
            .values(until=until)
        )


def wait_no_longer_than(
    session: Session, until: datetime, *, lease_until: datetime, pause_until: datetime
) -> None:
    """Nothing is put off, paused or leased for longer: a clock that was set back would make it so."""
    state = col(OutboxMessage.state)
    late, leased = col(OutboxMessage.next_at) > until, col(OutboxMessage.leased_until) > lease_until
    session.execute(sa.update(OutboxMessage).where(state == OutboxState.QUEUED, late).values(next_at=until))
    session.execute(
        sa.update(OutboxMessage).where(state == OutboxState.SENDING, leased).values(leased_until=lease_until)
    )
    paused = col(SlackPause.until) > pause_until
    session.execute(sa.update(SlackPause).where(paused).values(until=pause_until))


def by_id(session: Session, workspace_id: int, message_id: int) -> OutboxMessage | None:
    return session.exec(
        select(OutboxMessage).where(
            OutboxMessage.workspace_id == workspace_id, OutboxMessage.id == message_id
        )
    ).first()


def held(session: Session, workspace_id: int, message_id: int) -> OutboxMessage | None:
    """The message, held by this transaction; waits for whoever holds it."""
    return session.exec(
        select(OutboxMessage)
        .where(OutboxMessage.workspace_id == workspace_id, OutboxMessage.id == message_id)
        .with_for_update()
    ).first()


def recipient(session: Session, workspace_id: int, person_id: int) -> Person | None:
    return session.exec(
        select(Person).where(Person.workspace_id == workspace_id, Person.id == person_id)
    ).first()


def digest_of(session: Session, workspace_id: int, message_id: int) -> Digest | None:
    """The digest that this message tells."""
    return session.exec(
        select(Digest).where(Digest.workspace_id == workspace_id, Digest.message_id == message_id)
    ).first()


def counts(session: Session) -> dict[OutboxState, int]:
    """How many messages stand in each state, over all workspaces."""
    rows = session.exec(select(OutboxMessage.state, sa.func.count()).group_by(col(OutboxMessage.state)))
    return {OutboxState(state): count for state, count in rows}


def oldest_unsent(session: Session) -> datetime | None:
    """When the oldest message that still waits to be sent was written."""
    return session.exec(
        select(sa.func.min(OutboxMessage.created_at)).where(col(OutboxMessage.state).in_(UNSENT))
    ).one()


def set_aside(session: Session) -> Sequence[OutboxMessage]:
    """Messages that did not arrive, or may not have, oldest first."""
    return session.exec(
        select(OutboxMessage).where(col(OutboxMessage.state).in_(SET_ASIDE)).order_by(col(OutboxMessage.id))
    ).all()
