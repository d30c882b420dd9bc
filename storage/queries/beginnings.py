"""When a workspace's records begin."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col

from storage.tables import Call, Deal, Handoff


def first_fact(session: Session, workspace_id: int) -> datetime | None:
    """The earliest call, handoff or opened deal; None where there is none."""
    firsts = (
        session.scalar(sa.select(sa.func.min(instant)).where(owner == workspace_id))
        for owner, instant in (
            (col(Call.workspace_id), col(Call.started_at)),
            (col(Handoff.workspace_id), col(Handoff.passed_at)),
            (col(Deal.workspace_id), col(Deal.opened_at)),
        )
    )
    return min((first for first in firsts if first is not None), default=None)
