"""Who held which role in which team, and who was away, over a whole workspace."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from functools import cache
from typing import NamedTuple

import sqlalchemy as sa
from sqlmodel import col

from bot.core.enums import Role
from storage.books import Books
from storage.tables import Leave, Membership, Person, Team

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


def roles_until(books: Books, day: date, *, person_id: int | None = None) -> Sequence[Held]:
    """Everything that people (or one person) held up to the day, oldest first."""
    given = {"workspace_id": books.workspace_id, "day": day, "person_id": person_id}
    return [Held(*row) for row in books.session.execute(_held(of_one=person_id is not None), given)]


def leave(books: Books, people: Sequence[int], first: date, last: date) -> Mapping[int, Sequence[Days]]:
    """Leave of these people that touches the days from `first` to `last`, by person."""
    given = {"workspace_id": books.workspace_id, "people": people, "first": first, "last": last}
    away: dict[int, list[Days]] = defaultdict(list)
    for person, start, end in books.session.connection().execute(_leave(), given):
        away[person].append((start, end))
    return away


@cache
def _held(*, of_one: bool) -> sa.Executable:
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
        .where(
            col(Membership.workspace_id) == sa.bindparam("workspace_id"),
            col(Membership.started_on) <= sa.bindparam("day"),
            *([col(Membership.person_id) == sa.bindparam("person_id")] if of_one else []),
        )
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
