"""Questions about pulls from CRMs."""

from collections.abc import Collection, Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col, select

from storage.tables import CrmPull, CrmRefusal, Workspace


def pull(session: Session, workspace_id: int, crm: str, kind: str) -> CrmPull | None:
    return session.exec(
        select(CrmPull).where(CrmPull.workspace_id == workspace_id, CrmPull.crm == crm, CrmPull.kind == kind)
    ).first()


def claim(
    session: Session, workspace_id: int, crm: str, kind: str, *, now: datetime, until: datetime
) -> bool:
    """Moves a due pull on; False where it is not due, or somebody else has it."""
    moved = session.execute(
        sa.update(CrmPull)
        .where(
            col(CrmPull.workspace_id) == workspace_id,
            col(CrmPull.crm) == crm,
            col(CrmPull.kind) == kind,
            col(CrmPull.next_at) <= now,
        )
        .values(next_at=until)
        .returning(col(CrmPull.id))
    )
    return moved.first() is not None


def pulls(session: Session, workspace_id: int) -> Sequence[CrmPull]:
    return session.exec(
        select(CrmPull)
        .where(CrmPull.workspace_id == workspace_id)
        .order_by(col(CrmPull.crm), col(CrmPull.kind))
    ).all()


def refusals(session: Session, workspace_id: int, crm: str, kind: str) -> Sequence[CrmRefusal]:
    return session.exec(
        select(CrmRefusal)
        .where(CrmRefusal.workspace_id == workspace_id, CrmRefusal.crm == crm, CrmRefusal.kind == kind)
        .order_by(col(CrmRefusal.id))
    ).all()


def refused(session: Session, workspace_id: int) -> Sequence[tuple[str, str, str, int]]:
    """CRM, kind, reason and how many rows were refused for it, the most frequent first."""
    count = sa.func.count()
    return session.exec(
        select(CrmRefusal.crm, CrmRefusal.kind, CrmRefusal.reason, count)
        .where(CrmRefusal.workspace_id == workspace_id)
        .group_by(CrmRefusal.crm, CrmRefusal.kind, CrmRefusal.reason)
        .order_by(count.desc(), CrmRefusal.reason)
    ).all()


def drop_refusals(session: Session, workspace_id: int, crm: str, kind: str, keys: Collection[str]) -> None:
    session.execute(
        sa.delete(CrmRefusal).where(
            col(CrmRefusal.workspace_id) == workspace_id,
            col(CrmRefusal.crm) == crm,
            col(CrmRefusal.kind) == kind,
            col(CrmRefusal.record_key).in_(keys),
        )
    )


def slack_teams(session: Session) -> dict[int, str | None]:
    """Every workspace with its Slack team."""
    return dict(session.exec(select(Workspace.id, Workspace.slack_team_id)).all())
