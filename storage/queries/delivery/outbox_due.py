"""Which message to Slack is to be said now, or asked about: what the workers of the outbox ask, all the time."""

from datetime import datetime, timedelta
from functools import cache

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from storage.queries.delivery.outbox import UNSENT
from storage.tables import Erasure, OutboxMessage, OutboxState, SlackPause
from storage.types import UTCDateTime


def claim_due(session: Session, *, now: datetime, rest: timedelta) -> OutboxMessage | None:
    """The oldest message that may be said now, held by this transaction.

    A message that another transaction holds still reads as unsent, so those behind it are not taken either.
    """
    return session.scalars(_claim_due(), _moments(now, rest)).first()


def claim_doubtful(session: Session, *, now: datetime, method: str) -> OutboxMessage | None:
    """A message whose sender died or heard no answer; `method` is the one that asks Slack about it."""
    return session.scalars(_claim_doubtful(), {"now": now, "asking": method}).first()


def is_due(session: Session, *, now: datetime, rest: timedelta = timedelta()) -> bool:
    """Whether anything may be said now, or has to be asked about."""
    return bool(session.scalar(_is_due(), _moments(now, rest)))


def next_due(session: Session) -> datetime | None:
    """When the earliest that waits is, or was, due to be said or asked about; None where nothing waits."""
    return session.scalar(_next_due())


def _moments(now: datetime, rest: timedelta) -> dict[str, datetime]:
    return {"now": now, "rested": now - rest, "resting": now + rest}


@cache
def _claim_due() -> sa.Select[OutboxMessage]:
    """Built once, as the next: workers ask all the time, and putting it together takes longer than its answer."""
    return (
        sa.select(OutboxMessage)
        .where(*_may_be_said())
        .order_by(col(OutboxMessage.id))
        .limit(1)
        .with_for_update(skip_locked=True, of=OutboxMessage)
    )


@cache
def _claim_doubtful() -> sa.Select[OutboxMessage]:
    asking = sa.bindparam("asking", type_=sa.String)
    return (
        sa.select(OutboxMessage)
        .where(*_is_doubtful(), ~_is_paused(asking))
        .order_by(col(OutboxMessage.id))
        .limit(1)
        .with_for_update(skip_locked=True, of=OutboxMessage)
    )


@cache
def _is_due() -> sa.Select[bool]:
    said, asked = sa.exists().where(*_may_be_said()), sa.exists().where(*_is_doubtful())
    return sa.select(sa.or_(said, asked))


@cache
def _next_due() -> sa.Select[datetime]:
    when = sa.func.coalesce(OutboxMessage.leased_until, OutboxMessage.next_at, type_=UTCDateTime)
    return sa.select(sa.func.min(when, type_=UTCDateTime)).where(col(OutboxMessage.state).in_(UNSENT))


def _may_be_said() -> tuple[sa.ColumnElement[bool], ...]:
    """Due, first in its conversation, which was not spoken in for a while, by a method that Slack lets us use."""
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
        col(spoken.sent_at) > sa.bindparam("rested"),
        col(spoken.sent_at) < sa.bindparam("resting"),  # not for ever, should the clock be set back
    )
    return (
        col(OutboxMessage.state) == OutboxState.QUEUED,
        col(OutboxMessage.next_at) <= sa.bindparam("now"),
        ~waits_for_another,
        ~just_spoken,
        ~_is_paused(col(OutboxMessage.method)),
        ~_is_leaving(),
    )


def _is_doubtful() -> tuple[sa.ColumnElement[bool], ...]:
    return (
        col(OutboxMessage.state) == OutboxState.SENDING,
        col(OutboxMessage.leased_until) < sa.bindparam("now"),
        ~_is_leaving(),
    )


def _is_leaving() -> sa.ColumnElement[bool]:
    """The whole workspace is to be erased: nothing more is said there."""
    return sa.exists().where(
        col(Erasure.workspace_id) == OutboxMessage.workspace_id,
        col(Erasure.person_id).is_(None),
        col(Erasure.done_at).is_(None),
    )


def _is_paused(method: sa.SQLColumnExpression[str]) -> sa.ColumnElement[bool]:
    return sa.exists().where(
        col(SlackPause.workspace_id) == OutboxMessage.workspace_id,
        col(SlackPause.method) == method,
        col(SlackPause.until) > sa.bindparam("now"),
    )
