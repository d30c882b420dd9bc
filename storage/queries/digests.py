"""Questions about teams' digests: whose is due, and which were claimed."""

from collections.abc import Sequence
from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import Session, col, select

from bot.words import Role
from storage.queries.inbox import insert_once
from storage.tables import Digest, Membership, Team


def team(session: Session, workspace_id: int, team_id: int) -> Team | None:
    return session.exec(select(Team).where(Team.workspace_id == workspace_id, Team.id == team_id)).first()


def due(session: Session, workspace_id: int, *, now: datetime) -> Sequence[Team]:
    """Teams with a channel whose digest is due or was never scheduled, longest due first."""
    return session.exec(
        select(Team)
        .where(
            Team.workspace_id == workspace_id,
            col(Team.channel) != "",
            sa.or_(col(Team.digest_next_at) <= now, col(Team.digest_next_at).is_(None)),
        )
        .order_by(col(Team.digest_next_at), col(Team.id))
    ).all()


def claim_team(session: Session, workspace_id: int, team_id: int) -> Team | None:
    """The team, held by this transaction."""
    return session.exec(
        select(Team).where(Team.workspace_id == workspace_id, Team.id == team_id).with_for_update()
    ).first()


def insert(session: Session, workspace_id: int, team_id: int, week: date, *, now: datetime) -> bool:
    """Whether this transaction is the first to speak of the team's week."""
    row = Digest(workspace_id=workspace_id, team_id=team_id, week=week, claimed_at=now)
    return insert_once(session, row)


def claim(session: Session, workspace_id: int, team_id: int, week: date) -> Digest | None:
    """The digest's row, held by this transaction."""
    return session.exec(
        select(Digest)
        .where(Digest.workspace_id == workspace_id, Digest.team_id == team_id, Digest.week == week)
        .with_for_update()
    ).first()


def of_week(session: Session, workspace_id: int, team_id: int, week: date) -> Digest | None:
    return session.exec(
        select(Digest).where(
            Digest.workspace_id == workspace_id, Digest.team_id == team_id, Digest.week == week
        )
    ).first()


def by_id(session: Session, workspace_id: int, digest_id: int) -> Digest | None:
    return session.exec(
        select(Digest).where(Digest.workspace_id == workspace_id, Digest.id == digest_id)
    ).first()


def teams(session: Session, workspace_id: int) -> Sequence[Team]:
    """By name."""
    return session.exec(select(Team).where(Team.workspace_id == workspace_id).order_by(col(Team.name))).all()


def reps_between(
    session: Session, workspace_id: int, team_id: int, first: date, last: date
) -> Sequence[Membership]:
    """Who sold in the team on any of the days, both included."""
    return session.exec(
        select(Membership).where(
            Membership.workspace_id == workspace_id,
            Membership.team_id == team_id,
            col(Membership.role) != Role.MANAGER,
            col(Membership.started_on) <= last,
            sa.or_(col(Membership.ended_on).is_(None), col(Membership.ended_on) >= first),
        )
    ).all()
