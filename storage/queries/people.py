"""Questions about people: who there is, and who was what, where and when."""

from collections.abc import Collection, Sequence
from datetime import date

import sqlalchemy as sa
from sqlmodel import Session, col, select

from bot.words import PairingStatus
from storage.tables import Membership, Pairing, Person, Team


def everybody(session: Session, workspace_id: int) -> Sequence[Person]:
    return session.exec(
        select(Person).where(Person.workspace_id == workspace_id).order_by(col(Person.id))
    ).all()


def by_name(session: Session, workspace_id: int, name: str) -> Sequence[Person]:
    """Everybody of exactly this name."""
    return session.exec(
        select(Person)
        .where(Person.workspace_id == workspace_id, Person.name == name)
        .order_by(col(Person.id))
    ).all()


def teams(session: Session, workspace_id: int) -> Sequence[Team]:
    """By name."""
    return session.exec(select(Team).where(Team.workspace_id == workspace_id).order_by(col(Team.name))).all()


def team_named(session: Session, workspace_id: int, name: str) -> Team | None:
    return session.exec(select(Team).where(Team.workspace_id == workspace_id, Team.name == name)).first()


def memberships(session: Session, workspace_id: int) -> Sequence[tuple[Membership, Team]]:
    """Of everybody, from the first day to the last, with the team."""
    return session.exec(
        select(Membership, Team)
        .join(Team, _same_workspace(Membership.team_id, Team))
        .where(Membership.workspace_id == workspace_id)
        .order_by(col(Membership.started_on), col(Membership.id))
    ).all()


def members_on(session: Session, workspace_id: int, day: date) -> Sequence[tuple[Person, Membership, Team]]:
    """Who was in which team and role on the day, by name."""
    return session.exec(
        select(Person, Membership, Team)
        .join(Membership, _same_workspace(Membership.person_id, Person))
        .join(Team, _same_workspace(Membership.team_id, Team))
        .where(Membership.workspace_id == workspace_id, _covers(day))
        .order_by(col(Person.name), col(Person.id), col(Membership.started_on), col(Membership.id))
    ).all()


def coached_after(
    session: Session, workspace_id: int, coach_id: int, monday: date, *, statuses: Collection[PairingStatus]
) -> Sequence[Pairing]:
    """The coach's pairs of the weeks that begin after this Monday, in order."""
    return session.exec(
        select(Pairing)
        .where(
            Pairing.workspace_id == workspace_id,
            Pairing.coach_id == coach_id,
            Pairing.week > monday,
            col(Pairing.status).in_(statuses),
        )
        .order_by(col(Pairing.week), col(Pairing.id))
    ).all()


def _same_workspace(reference: int, table: type[Person] | type[Team]) -> sa.ColumnElement[bool]:
    return sa.and_(col(reference) == col(table.id), col(Membership.workspace_id) == col(table.workspace_id))


def _covers(day: date) -> sa.ColumnElement[bool]:
    ended = col(Membership.ended_on)
    return sa.and_(col(Membership.started_on) <= day, sa.or_(ended.is_(None), ended >= day))
