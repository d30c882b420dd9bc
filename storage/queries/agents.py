"""Questions about how call sources call people, and about the calls of those nobody has named."""

from collections.abc import Collection, Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col, select

from storage.tables import CallAgent, Person, StrayCall


def known_as(
    session: Session, workspace_id: int, source: str, account: str, agents: Collection[str]
) -> Sequence[CallAgent]:
    """What a person has said before what was learned, and of the account before of whatever account."""
    return session.exec(
        select(CallAgent)
        .where(
            CallAgent.workspace_id == workspace_id,
            CallAgent.source == source,
            col(CallAgent.account).in_({account, ""}),
            col(CallAgent.agent).in_(agents),
        )
        .order_by(col(CallAgent.learned), col(CallAgent.account).desc(), col(CallAgent.id))
    ).all()


def exactly(session: Session, workspace_id: int, source: str, account: str, agent: str) -> CallAgent | None:
    return session.exec(
        select(CallAgent).where(
            CallAgent.workspace_id == workspace_id,
            CallAgent.source == source,
            CallAgent.account == account,
            CallAgent.agent == agent,
        )
    ).first()


def by_id(session: Session, workspace_id: int, agent_id: int) -> CallAgent | None:
    return session.exec(
        select(CallAgent).where(CallAgent.workspace_id == workspace_id, CallAgent.id == agent_id)
    ).first()


def unnamed(
    session: Session, workspace_id: int, *, limit: int
) -> Sequence[tuple[CallAgent, int, datetime | None]]:
    """Agents nobody has named, with how many calls wait for each and when the last one ended; the busiest first."""
    calls = sa.func.count(sa.distinct(col(StrayCall.call_key)))
    return session.exec(
        select(CallAgent, calls, sa.func.max(StrayCall.ended_at))
        .join(StrayCall, _of(CallAgent))
        .where(
            CallAgent.workspace_id == workspace_id,
            col(CallAgent.person_id).is_(None),
            col(CallAgent.not_ours).is_(False),
        )
        .group_by(*CallAgent.__table__.columns)  # type: ignore[attr-defined]
        .order_by(calls.desc(), col(CallAgent.id))
        .limit(limit)
    ).all()


def count_unnamed(session: Session, workspace_id: int) -> int:
    has_calls = sa.exists().where(_of(CallAgent))
    return session.exec(
        select(sa.func.count())
        .select_from(CallAgent)
        .where(
            CallAgent.workspace_id == workspace_id,
            col(CallAgent.person_id).is_(None),
            col(CallAgent.not_ours).is_(False),
            has_calls,
        )
    ).one()


def named(session: Session, workspace_id: int, *, limit: int) -> Sequence[tuple[CallAgent, Person]]:
    """Agents with the person each is, by the person's name; not those that were learned from calls."""
    return session.exec(
        select(CallAgent, Person)
        .join(
            Person,
            sa.and_(
                col(Person.id) == CallAgent.person_id, col(Person.workspace_id) == CallAgent.workspace_id
            ),
        )
        .where(CallAgent.workspace_id == workspace_id, col(CallAgent.learned).is_(False))
        .order_by(col(Person.name), col(CallAgent.source), col(CallAgent.agent))
        .limit(limit)
    ).all()


def findable(session: Session, workspace_id: int, *, limit: int) -> Sequence[tuple[StrayCall, CallAgent]]:
    """Stray calls whose agent has been named since, in the order they were heard."""
    return session.exec(
        select(StrayCall, CallAgent)
        .join(CallAgent, _of(CallAgent))
        .where(StrayCall.workspace_id == workspace_id, col(CallAgent.person_id).is_not(None))
        .order_by(col(StrayCall.id))
        .limit(limit)
    ).all()


def drop_strays(session: Session, workspace_id: int, agent_id: int) -> None:
    session.execute(
        sa.delete(StrayCall).where(
            col(StrayCall.workspace_id) == workspace_id, col(StrayCall.agent_id) == agent_id
        )
    )


def _of(agent: type[CallAgent]) -> sa.ColumnElement[bool]:
    return sa.and_(col(StrayCall.agent_id) == agent.id, col(StrayCall.workspace_id) == agent.workspace_id)
