"""Questions about conversations in numbers, and which call a thread is about."""

from collections.abc import Sequence
from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import col, select

from bot.core.enums import Outcome, Role
from storage.books import Books
from storage.tables import Call, CallConversation, Debrief, Membership, OutboxMessage, Prompt


def of_call(books: Books, call_id: int) -> CallConversation | None:
    return books.session.exec(
        select(CallConversation).where(
            CallConversation.workspace_id == books.workspace_id, CallConversation.call_id == call_id
        )
    ).first()


def asked_in(books: Books, person_id: int, thread_ts: str) -> Prompt | None:
    """The question to this person whose message has this timestamp."""
    message = sa.and_(
        col(OutboxMessage.id) == Prompt.message_id, col(OutboxMessage.workspace_id) == Prompt.workspace_id
    )
    return books.session.exec(
        select(Prompt)
        .join(OutboxMessage, message)
        .where(
            Prompt.workspace_id == books.workspace_id,
            Prompt.person_id == person_id,
            OutboxMessage.ts == thread_ts,
        )
    ).first()


def with_key(books: Books, source: str, account: str, call_key: str) -> list[tuple[int, int, int | None]]:
    """Person, call and the message that asked about it, of each rep's call with this key."""
    asked = sa.and_(col(Prompt.call_id) == Call.id, col(Prompt.workspace_id) == Call.workspace_id)
    return [
        (person, call, message)
        for person, call, message in books.session.exec(
            select(Call.person_id, Call.id, Prompt.message_id)
            .join(Prompt, asked, isouter=True)
            .where(
                Call.workspace_id == books.workspace_id,
                Call.source == source,
                Call.account == account,
                Call.call_key == call_key,
            )
            .order_by(col(Call.id))
        )
    ]


def of_person(
    books: Books, person_id: int, *, since: datetime
) -> Sequence[tuple[datetime, float, int | None, float]]:
    """When each call began, the rep's share of its talking, questions and length in seconds."""
    return books.session.exec(
        select(
            Call.started_at,
            CallConversation.rep_spoken / CallConversation.spoken,
            CallConversation.questions,
            CallConversation.length,
        )
        .join(Call, _its_call())
        .where(
            CallConversation.workspace_id == books.workspace_id,
            CallConversation.person_id == person_id,
            col(CallConversation.spoken) > 0,
            col(Call.started_at) >= since,
        )
        .order_by(col(Call.started_at))
    ).all()


def shares_in(books: Books, start: datetime, end: datetime) -> Sequence[tuple[int, float]]:
    """Person and share of each call read that began in [start, end)."""
    return books.session.exec(
        select(CallConversation.person_id, CallConversation.rep_spoken / CallConversation.spoken)
        .join(Call, _its_call())
        .where(
            CallConversation.workspace_id == books.workspace_id,
            col(CallConversation.spoken) > 0,
            col(Call.started_at) >= start,
            col(Call.started_at) < end,
        )
    ).all()


def shares_that_moved_on(
    books: Books, role: Role, *, since: datetime, today: date
) -> Sequence[tuple[int, float]]:
    """Person and share of each call of the role that its rep debriefed as advanced."""
    debriefed = sa.and_(
        col(Debrief.call_id) == CallConversation.call_id,
        col(Debrief.workspace_id) == CallConversation.workspace_id,
    )
    return books.session.exec(
        select(CallConversation.person_id, CallConversation.rep_spoken / CallConversation.spoken)
        .join(Debrief, debriefed)
        .where(
            CallConversation.workspace_id == books.workspace_id,
            Debrief.outcome == Outcome.ADVANCED,
            col(Debrief.call_started_at) >= since,
            col(CallConversation.spoken) > 0,
            sa.exists().where(_has_role(role, today)),
        )
    ).all()


def shares_of_role(books: Books, role: Role, *, since: datetime, today: date) -> Sequence[tuple[int, float]]:
    """Each person who has the role now, with the rep's share of one call's talking, for every call read since."""
    return books.session.exec(
        select(CallConversation.person_id, CallConversation.rep_spoken / CallConversation.spoken)
        .where(
            CallConversation.workspace_id == books.workspace_id,
            col(CallConversation.read_at) >= since,
            col(CallConversation.spoken) > 0,
            sa.exists().where(_has_role(role, today)),
        )
        .order_by(col(CallConversation.person_id))
    ).all()


def _its_call() -> sa.ColumnElement[bool]:
    return sa.and_(
        col(Call.id) == CallConversation.call_id, col(Call.workspace_id) == CallConversation.workspace_id
    )


def _has_role(role: Role, today: date) -> sa.ColumnElement[bool]:
    return sa.and_(
        col(Membership.person_id) == CallConversation.person_id,
        col(Membership.workspace_id) == CallConversation.workspace_id,
        col(Membership.role) == role,
        col(Membership.started_on) <= today,
        sa.or_(col(Membership.ended_on).is_(None), col(Membership.ended_on) >= today),
    )
