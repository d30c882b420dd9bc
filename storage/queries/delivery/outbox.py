"""Questions about messages to Slack."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlmodel import Session, col, select

from storage.books import Books, insert_once
from storage.tables import Digest, OutboxMessage, OutboxState, Person, SlackPause

UNSENT = (OutboxState.QUEUED, OutboxState.SENDING)
LATER = " later"
"""What a conversation's name ends with whose messages wait for their hour."""
SET_ASIDE = (OutboxState.DEAD, OutboxState.UNKNOWN)


def give_up_queued(books: Books, *, why: str) -> None:
    """What waited is old news; an admin may still send it."""
    books.session.execute(
        sa.update(OutboxMessage)
        .where(
            col(OutboxMessage.workspace_id) == books.workspace_id,
            col(OutboxMessage.state) == OutboxState.QUEUED,
        )
        .values(state=OutboxState.DEAD, error=why)
    )


def pause(books: Books, method: str, until: datetime) -> None:
    """Leave this method alone until then, in every process."""
    if not insert_once(
        books.session, SlackPause(workspace_id=books.workspace_id, method=method, until=until)
    ):
        books.session.execute(
            sa.update(SlackPause)
            .where(
                col(SlackPause.workspace_id) == books.workspace_id,
                col(SlackPause.method) == method,
                col(SlackPause.until) < until,
            )
            .values(until=until)
        )


def bring_forward(session: Session, by: timedelta, *, now: datetime, lease_until: datetime) -> None:
    """What waits a while, or is paused, is due so much earlier; not earlier than now, and no lease ends before that.

    Every process that saw the clock jump does this: a lease that was shortened by each would end while its sender is
    at it. What waits for its hour waits for it.
    """
    unsent = col(OutboxMessage.state).in_(UNSENT)
    for message in session.exec(select(OutboxMessage).where(unsent).with_for_update()):
        if not message.conversation.endswith(LATER):
            message.next_at = max(now, message.next_at - by)
        message.leased_until = min(message.leased_until, lease_until) if message.leased_until else None
    for paused in session.exec(select(SlackPause).with_for_update()):
        paused.until = max(now, paused.until - by)


def wait_no_longer_than(
    session: Session, until: datetime, *, lease_until: datetime, pause_until: datetime
) -> None:
    """Nothing is put off, paused or leased for longer: a clock that was set back would make it so.

    But for what waits for its hour.
    """
    state, conversation = col(OutboxMessage.state), col(OutboxMessage.conversation)
    late, leased = col(OutboxMessage.next_at) > until, col(OutboxMessage.leased_until) > lease_until
    put_off = sa.and_(state == OutboxState.QUEUED, late, ~conversation.endswith(LATER))
    session.execute(sa.update(OutboxMessage).where(put_off).values(next_at=until))
    session.execute(
        sa.update(OutboxMessage).where(state == OutboxState.SENDING, leased).values(leased_until=lease_until)
    )
    paused = col(SlackPause.until) > pause_until
    session.execute(sa.update(SlackPause).where(paused).values(until=pause_until))


def by_id(books: Books, message_id: int) -> OutboxMessage | None:
    return books.session.exec(
        select(OutboxMessage).where(
            OutboxMessage.workspace_id == books.workspace_id, OutboxMessage.id == message_id
        )
    ).first()


def versions(books: Books, message_id: int) -> Sequence[OutboxMessage]:
    """The message and what it was changed to since, in order."""
    return books.session.exec(
        select(OutboxMessage)
        .where(
            OutboxMessage.workspace_id == books.workspace_id,
            sa.or_(col(OutboxMessage.id) == message_id, col(OutboxMessage.updates_id) == message_id),
        )
        .order_by(col(OutboxMessage.id))
    ).all()


def held(books: Books, message_id: int) -> OutboxMessage | None:
    """The message, held by this transaction; waits for whoever holds it."""
    return books.session.exec(
        select(OutboxMessage)
        .where(OutboxMessage.workspace_id == books.workspace_id, OutboxMessage.id == message_id)
        .with_for_update()
    ).first()


def recipient(books: Books, person_id: int) -> Person | None:
    return books.session.exec(
        select(Person).where(Person.workspace_id == books.workspace_id, Person.id == person_id)
    ).first()


def digest_of(books: Books, message_id: int) -> Digest | None:
    """The digest that this message tells."""
    return books.session.exec(
        select(Digest).where(Digest.workspace_id == books.workspace_id, Digest.message_id == message_id)
    ).first()


def counts(session: Session) -> dict[OutboxState, int]:
    """How many messages stand in each state, over all workspaces."""
    rows = session.exec(select(OutboxMessage.state, sa.func.count()).group_by(col(OutboxMessage.state)))
    return {OutboxState(state): count for state, count in rows}


def is_sending(session: Session) -> bool:
    """Whether a worker is saying something right now, to whatever workspace."""
    return session.exec(select(sa.exists().where(col(OutboxMessage.state) == OutboxState.SENDING))).one()


def unsent(session: Session) -> Sequence[OutboxMessage]:
    """Over all workspaces, oldest first."""
    return session.exec(
        select(OutboxMessage).where(col(OutboxMessage.state).in_(UNSENT)).order_by(col(OutboxMessage.id))
    ).all()


def oldest_unsent(session: Session) -> datetime | None:
    """When the oldest message that still waits to be sent was written."""
    return session.exec(
        select(sa.func.min(OutboxMessage.created_at)).where(col(OutboxMessage.state).in_(UNSENT))
    ).one()


def given_up_since(books: Books, person_id: int, since: datetime, *, but_not: int) -> bool:
    """Whether Slack would not take another message to this person that was written since then."""
    other = sa.exists().where(
        col(OutboxMessage.workspace_id) == books.workspace_id,
        col(OutboxMessage.person_id) == person_id,
        col(OutboxMessage.state) == OutboxState.DEAD,
        col(OutboxMessage.created_at) >= since,
        col(OutboxMessage.id) != but_not,
    )
    return bool(books.session.scalar(sa.select(other)))


def set_aside(session: Session) -> Sequence[OutboxMessage]:
    """Messages that did not arrive, or may not have, oldest first."""
    return session.exec(
        select(OutboxMessage).where(col(OutboxMessage.state).in_(SET_ASIDE)).order_by(col(OutboxMessage.id))
    ).all()
