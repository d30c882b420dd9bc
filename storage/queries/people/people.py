"""Questions about people: who there is, who was what, where and when, and who was away."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from functools import cache
from typing import NamedTuple

import sqlalchemy as sa
from sqlmodel import col, select

from bot.core.enums import PairingStatus, Role
from storage.books import Books
from storage.tables import FormerEmail, Leave, Membership, Pairing, Person, Team


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
    return _members(books, _covers(day))


def members_ever(books: Books) -> Sequence[tuple[Person, Membership, Team]]:
    """Who ever was in which team and role, by name."""
    return _members(books)


def _members(books: Books, *conditions: sa.ColumnElement[bool]) -> Sequence[tuple[Person, Membership, Team]]:
    return books.session.exec(
        select(Person, Membership, Team)
        .join(Membership, _same_workspace(Membership.person_id, Person))
        .join(Team, _same_workspace(Membership.team_id, Team))
        .where(Membership.workspace_id == books.workspace_id, *conditions)
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


Days = tuple[date, date]
"""A first and a last day, both included."""


class Held(NamedTuple):
    """A role that a person held in a team; `ended_on` is the last day, included."""

    person_id: int
    name: str
    email: str | None
    slack_user_id: str | None
    named_publicly: bool
    role: Role
    team_id: int
    team: str
    time_zone: str
    country: str | None
    started_on: date
    ended_on: date | None


def roles(books: Books) -> Sequence[Held]:
    """Everything that anybody ever holds, oldest first."""
    return [Held(*row) for row in books.session.execute(_held(), {"workspace_id": books.workspace_id})]


def held(person: Person, membership: Membership, team: Team) -> Held:
    return Held(
        person.id,
        person.name,
        person.email,
        person.slack_user_id,
        person.named_publicly,
        membership.role,
        team.id,
        team.name,
        team.time_zone,
        team.country,
        membership.started_on,
        membership.ended_on,
    )


def leave(books: Books, people: Sequence[int], first: date, last: date) -> Mapping[int, Sequence[Days]]:
    """Leave of these people that touches the days from `first` to `last`, by person."""
    given = {"workspace_id": books.workspace_id, "people": people, "first": first, "last": last}
    away: dict[int, list[Days]] = defaultdict(list)
    for person, start, end in books.session.connection().execute(_leave(), given):
        away[person].append((start, end))
    return away


@cache
def _held() -> sa.Executable:
    return (
        sa.select(
            col(Person.id),
            col(Person.name),
            col(Person.email),
            col(Person.slack_user_id),
            col(Person.named_publicly),
            col(Membership.role),
            col(Team.id),
            col(Team.name),
            col(Team.time_zone),
            col(Team.country),
            col(Membership.started_on),
            col(Membership.ended_on),
        )
        .select_from(Membership)
        .join(
            Person,
            (col(Person.workspace_id) == Membership.workspace_id) & (col(Person.id) == Membership.person_id),
        )
        .join(
            Team,
            (col(Team.workspace_id) == Membership.workspace_id) & (col(Team.id) == Membership.team_id),
        )
        .where(col(Membership.workspace_id) == sa.bindparam("workspace_id"))
        .order_by(col(Membership.started_on), col(Membership.id))
    )


@cache
def _leave() -> sa.Executable:
    return (
        sa.select(col(Leave.person_id), col(Leave.first_day), col(Leave.last_day))
        .where(
            col(Leave.workspace_id) == sa.bindparam("workspace_id"),
            col(Leave.person_id).in_(sa.bindparam("people", expanding=True)),
            col(Leave.first_day) <= sa.bindparam("last"),
            col(Leave.last_day) >= sa.bindparam("first"),
        )
        .order_by(col(Leave.first_day))
    )


def began_after(books: Books, people: Collection[int], day: date) -> set[int]:
    """Those of the people whose first place of all began after the day."""
    first = sa.func.min(Membership.started_on)
    rows = books.session.execute(
        sa.select(col(Membership.person_id))
        .where(col(Membership.workspace_id) == books.workspace_id, col(Membership.person_id).in_(people))
        .group_by(col(Membership.person_id))
        .having(first > day)
    )
    return set(rows.scalars())
