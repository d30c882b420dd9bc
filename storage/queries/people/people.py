"""Questions about people: who there is, and who was what, where and when."""

from collections.abc import Collection, Sequence
from datetime import date

import sqlalchemy as sa
from sqlmodel import col, select

from bot.core.enums import PairingStatus
from storage.books import Books
from storage.tables import FormerEmail, Membership, Pairing, Person, Team


def everybody(books: Books) -> Sequence[Person]:
    return books.session.exec(
        select(Person).where(Person.workspace_id == books.workspace_id).order_by(col(Person.id))
    ).all()


def former_emails(books: Books) -> Sequence[tuple[str, int]]:
    """What emails were before, each with the person."""
    return books.session.exec(
        select(FormerEmail.email, FormerEmail.person_id).where(FormerEmail.workspace_id == books.workspace_id)
    ).all()


def by_name(books: Books, name: str) -> Sequence[Person]:
    """Everybody of exactly this name."""
    return books.session.exec(
        select(Person)
        .where(Person.workspace_id == books.workspace_id, Person.name == name)
        .order_by(col(Person.id))
    ).all()


def teams(books: Books) -> Sequence[Team]:
    """By name."""
    return books.session.exec(
        select(Team).where(Team.workspace_id == books.workspace_id).order_by(col(Team.name))
    ).all()


def team_named(books: Books, name: str) -> Team | None:
    return books.session.exec(
        select(Team).where(Team.workspace_id == books.workspace_id, Team.name == name)
    ).first()


def memberships(books: Books) -> Sequence[tuple[Membership, Team]]:
    """Of everybody, from the first day to the last, with the team."""
    return books.session.exec(
        select(Membership, Team)
        .join(Team, _same_workspace(Membership.team_id, Team))
        .where(Membership.workspace_id == books.workspace_id)
        .order_by(col(Membership.started_on), col(Membership.id))
    ).all()


def members_on(books: Books, day: date) -> Sequence[tuple[Person, Membership, Team]]:
    """Who was in which team and role on the day, by name."""
    return books.session.exec(
        select(Person, Membership, Team)
        .join(Membership, _same_workspace(Membership.person_id, Person))
        .join(Team, _same_workspace(Membership.team_id, Team))
        .where(Membership.workspace_id == books.workspace_id, _covers(day))
        .order_by(col(Person.name), col(Person.id), col(Membership.started_on), col(Membership.id))
    ).all()


def coached_after(
    books: Books, coach_id: int, monday: date, *, statuses: Collection[PairingStatus]
) -> Sequence[Pairing]:
    """The coach's pairs of the weeks that begin after this Monday, in order."""
    return books.session.exec(
        select(Pairing)
        .where(
            Pairing.workspace_id == books.workspace_id,
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
