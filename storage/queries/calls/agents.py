"""Questions about how call sources call people, and about the calls of those nobody has named."""

from collections.abc import Collection, Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import col, select

from storage.books import Books
from storage.tables import CallAgent, FormerEmail, Person, StrayCall


def known_as(books: Books, source: str, account: str, agents: Collection[str]) -> Sequence[CallAgent]:
    """What a person has said before what was learned, and of the account before of whatever account."""
    return books.session.exec(
        select(CallAgent)
        .where(
            CallAgent.workspace_id == books.workspace_id,
            CallAgent.source == source,
            col(CallAgent.account).in_({account, ""}),
            col(CallAgent.agent).in_(agents),
        )
        .order_by(col(CallAgent.learned), col(CallAgent.account).desc(), col(CallAgent.id))
    ).all()


def exactly(books: Books, source: str, account: str, agent: str) -> CallAgent | None:
    return books.session.exec(
        select(CallAgent).where(
            CallAgent.workspace_id == books.workspace_id,
            CallAgent.source == source,
            CallAgent.account == account,
            CallAgent.agent == agent,
        )
    ).first()


def by_id(books: Books, agent_id: int) -> CallAgent | None:
    return books.session.exec(
        select(CallAgent).where(CallAgent.workspace_id == books.workspace_id, CallAgent.id == agent_id)
    ).first()


def unnamed(books: Books, *, limit: int) -> Sequence[tuple[CallAgent, int, datetime | None]]:
    """Agents nobody has named, with how many calls wait for each and when the last one ended; the busiest first."""
    calls = sa.func.count(sa.distinct(col(StrayCall.call_key)))
    return books.session.exec(
        select(CallAgent, calls, sa.func.max(StrayCall.ended_at))
        .join(StrayCall, _of(CallAgent))
        .where(
            CallAgent.workspace_id == books.workspace_id,
            col(CallAgent.person_id).is_(None),
            col(CallAgent.not_ours).is_(False),
        )
        .group_by(*CallAgent.__table__.columns)  # type: ignore[attr-defined]
        .order_by(calls.desc(), col(CallAgent.id))
        .limit(limit)
    ).all()


def count_unnamed(books: Books) -> int:
    has_calls = sa.exists().where(_of(CallAgent))
    return books.session.exec(
        select(sa.func.count())
        .select_from(CallAgent)
        .where(
            CallAgent.workspace_id == books.workspace_id,
            col(CallAgent.person_id).is_(None),
            col(CallAgent.not_ours).is_(False),
            has_calls,
        )
    ).one()


def named(books: Books, *, limit: int) -> Sequence[tuple[CallAgent, Person]]:
    """Agents with the person each is, by the person's name; not those that were learned from calls."""
    return books.session.exec(
        select(CallAgent, Person)
        .join(
            Person,
            sa.and_(
                col(Person.id) == CallAgent.person_id, col(Person.workspace_id) == CallAgent.workspace_id
            ),
        )
        .where(CallAgent.workspace_id == books.workspace_id, col(CallAgent.learned).is_(False))
        .order_by(col(Person.name), col(CallAgent.source), col(CallAgent.agent))
        .limit(limit)
    ).all()


def findable(books: Books, *, limit: int) -> Sequence[tuple[StrayCall, CallAgent]]:
    """Stray calls whose agent has been named since, in the order they were heard."""
    return books.session.exec(
        select(StrayCall, CallAgent)
        .join(CallAgent, _of(CallAgent))
        .where(StrayCall.workspace_id == books.workspace_id, col(CallAgent.person_id).is_not(None))
        .order_by(col(StrayCall.id))
        .limit(limit)
    ).all()


def joined(books: Books, *, limit: int = 200) -> Sequence[tuple[CallAgent, int]]:
    """Agents nobody has named whose calls wait, with the person who is on the roster by their email."""
    has_calls = sa.exists().where(_of(CallAgent))
    said = (col(CallAgent.email), col(CallAgent.agent))
    had = sa.exists().where(
        col(FormerEmail.workspace_id) == Person.workspace_id,
        col(FormerEmail.person_id) == Person.id,
        col(FormerEmail.email).in_(said),
    )
    email = sa.or_(col(Person.email).in_(said), had)
    return books.session.exec(
        select(CallAgent, Person.id)
        .join(Person, sa.and_(col(Person.workspace_id) == CallAgent.workspace_id, email))
        .where(
            CallAgent.workspace_id == books.workspace_id,
            col(CallAgent.person_id).is_(None),
            col(CallAgent.not_ours).is_(False),
            has_calls,
        )
        .order_by(col(CallAgent.id), col(Person.email) != CallAgent.email)
        .limit(limit)
    ).all()


def stray(books: Books, agent_id: int, account: str, call_key: str, *, is_hint: bool) -> StrayCall | None:
    return books.session.exec(
        select(StrayCall).where(
            StrayCall.workspace_id == books.workspace_id,
            StrayCall.agent_id == agent_id,
            StrayCall.account == account,
            StrayCall.call_key == call_key,
            col(StrayCall.is_hint) == is_hint,
        )
    ).first()


def drop_strays(books: Books, agent_id: int) -> None:
    books.session.execute(
        sa.delete(StrayCall).where(
            col(StrayCall.workspace_id) == books.workspace_id, col(StrayCall.agent_id) == agent_id
        )
    )


def _of(agent: type[CallAgent]) -> sa.ColumnElement[bool]:
    return sa.and_(col(StrayCall.agent_id) == agent.id, col(StrayCall.workspace_id) == agent.workspace_id)
