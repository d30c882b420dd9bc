"""Questions about calls that are known in part only."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col, select

from storage.tables import CallLeg, CallToFetch


def of_session(session: Session, workspace_id: int, source: str, session_key: str) -> Sequence[CallLeg]:
    return session.exec(
        select(CallLeg)
        .where(
            CallLeg.workspace_id == workspace_id,
            CallLeg.source == source,
            CallLeg.session_key == session_key,
        )
        .order_by(col(CallLeg.leg_key))
    ).all()


def forget_before(session: Session, workspace_id: int, before: datetime) -> None:
    """Drop the legs that nothing was told of since."""
    session.execute(
        sa.delete(CallLeg).where(col(CallLeg.workspace_id) == workspace_id, col(CallLeg.told_at) < before)
    )


def to_fetch(
    session: Session, workspace_id: int, source: str, account: str, call_key: str
) -> CallToFetch | None:
    return session.exec(
        select(CallToFetch).where(
            CallToFetch.workspace_id == workspace_id,
            CallToFetch.source == source,
            CallToFetch.account == account,
            CallToFetch.call_key == call_key,
        )
    ).first()


def due_to_fetch(
    session: Session, workspace_id: int, source: str, *, now: datetime, limit: int
) -> Sequence[CallToFetch]:
    """The longest due first."""
    return session.exec(
        select(CallToFetch)
        .where(
            CallToFetch.workspace_id == workspace_id,
            CallToFetch.source == source,
            col(CallToFetch.next_at) <= now,
        )
        .order_by(col(CallToFetch.next_at), col(CallToFetch.id))
        .limit(limit)
    ).all()
