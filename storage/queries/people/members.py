"""Questions about the people who talk to the bot: who a Slack user is, where and when they work, who are admins."""

from collections.abc import Collection, Sequence
from datetime import date
from functools import cache

import sqlalchemy as sa
from sqlmodel import col, select

from storage.books import Books
from storage.tables import FormerEmail, Leave, Membership, Person, Team


def by_slack_user(books: Books, slack_user_id: str) -> Person | None:
    given = {"workspace_id": books.workspace_id, "slack_user_id": slack_user_id}
    return books.session.scalars(_by_slack_user(), given).first()


def by_email(books: Books, email: str) -> Person | None:
    """Whose email it is, else whose it was."""
    given = {"workspace_id": books.workspace_id, "email": email.strip().lower()}
    return books.session.scalars(_by_email(), given).first()


def by_ids(books: Books, ids: Collection[int]) -> Sequence[Person]:
    return books.session.scalars(_by_ids(), {"workspace_id": books.workspace_id, "ids": list(ids)}).all()


def unlinked_emails(books: Books) -> Sequence[str]:
    """Emails of people on the roster that no Slack user was matched to yet."""
    emails = books.session.exec(
        select(Person.email).where(
            Person.workspace_id == books.workspace_id,
            col(Person.slack_user_id).is_(None),
            col(Person.email).is_not(None),
        )
    )
    return [email for email in emails if email]


Placed = tuple[Person, Membership | None, Team | None]


def with_places(
    books: Books, *, person_id: int | None = None, slack_user_id: str | None = None
) -> Sequence[Placed]:
    """The person with every place they ever have, in the order they begin; without one, alone."""
    given = {"workspace_id": books.workspace_id, "person_id": person_id, "slack_user_id": slack_user_id}
    rows = books.session.execute(_with_places(by_slack=slack_user_id is not None), given)
    return [(person, membership, team) for person, membership, team in rows]


def teams_on(books: Books, person_id: int, day: date) -> Sequence[tuple[Membership, Team]]:
    """The person's memberships on a day, each with its team, in the order they began."""
    given = {"workspace_id": books.workspace_id, "person_id": person_id, "day": day}
    return [(membership, team) for membership, team in books.session.execute(_teams_on(), given)]


def leave_of(books: Books, person_id: int, *, since: date) -> Sequence[Leave]:
    """The person's leave that has not ended before `since`."""
    return books.session.exec(
        select(Leave).where(
            Leave.workspace_id == books.workspace_id,
            Leave.person_id == person_id,
            col(Leave.last_day) >= since,
        )
    ).all()


def managers_of(books: Books, team_id: int, day: date) -> Sequence[Person]:
    """Who leads the team on a day."""
    return books.session.exec(
        select(Person)
        .join(
            Membership,
            sa.and_(
                col(Membership.person_id) == Person.id, col(Membership.workspace_id) == Person.workspace_id
            ),
        )
        .where(
            Membership.workspace_id == books.workspace_id,
            Membership.team_id == team_id,
            Membership.role == "manager",
            col(Membership.started_on) <= day,
            sa.or_(col(Membership.ended_on).is_(None), col(Membership.ended_on) >= day),
        )
        .order_by(col(Person.id))
    ).all()


def admins(books: Books) -> Sequence[Person]:
    """Admins who are in Slack."""
    return books.session.exec(
        select(Person)
        .where(
            Person.workspace_id == books.workspace_id,
            col(Person.is_admin).is_(True),
            col(Person.slack_user_id).is_not(None),
        )
        .order_by(col(Person.id))
    ).all()


def leave_by_id(books: Books, leave_id: int) -> Leave | None:
    return books.session.exec(
        select(Leave).where(Leave.workspace_id == books.workspace_id, Leave.id == leave_id)
    ).first()


@cache
def _by_slack_user() -> sa.Select[Person]:
    """Built once, as the next: whatever is said to somebody begins with them."""
    return sa.select(Person).where(
        col(Person.workspace_id) == sa.bindparam("workspace_id"),
        col(Person.slack_user_id) == sa.bindparam("slack_user_id"),
    )


@cache
def _by_email() -> sa.Select[Person]:
    had = sa.select(col(FormerEmail.person_id)).where(
        col(FormerEmail.workspace_id) == sa.bindparam("workspace_id"),
        col(FormerEmail.email) == sa.bindparam("email"),
    )
    has = col(Person.email) == sa.bindparam("email")
    return (
        sa.select(Person)
        .where(col(Person.workspace_id) == sa.bindparam("workspace_id"), sa.or_(has, col(Person.id).in_(had)))
        .order_by(has.desc())
    )


@cache
def _by_ids() -> sa.Select[Person]:
    return sa.select(Person).where(
        col(Person.workspace_id) == sa.bindparam("workspace_id"),
        col(Person.id).in_(sa.bindparam("ids", expanding=True)),
    )


@cache
def _with_places(*, by_slack: bool) -> sa.Select[Person, Membership, Team]:
    place = sa.and_(
        col(Membership.workspace_id) == Person.workspace_id, col(Membership.person_id) == Person.id
    )
    team = sa.and_(col(Team.workspace_id) == Membership.workspace_id, col(Team.id) == Membership.team_id)
    whose = (
        col(Person.slack_user_id) == sa.bindparam("slack_user_id")
        if by_slack
        else col(Person.id) == sa.bindparam("person_id")
    )
    return (
        sa.select(Person, Membership, Team)
        .outerjoin(Membership, place)
        .outerjoin(Team, team)
        .where(col(Person.workspace_id) == sa.bindparam("workspace_id"), whose)
        .order_by(col(Membership.started_on), col(Membership.id))
    )


@cache
def _teams_on() -> sa.Select[Membership, Team]:
    day = sa.bindparam("day", type_=sa.Date)
    return (
        sa.select(Membership, Team)
        .join(
            Team,
            sa.and_(col(Team.id) == Membership.team_id, col(Team.workspace_id) == Membership.workspace_id),
        )
        .where(
            col(Membership.workspace_id) == sa.bindparam("workspace_id"),
            col(Membership.person_id) == sa.bindparam("person_id"),
            col(Membership.started_on) <= day,
            sa.or_(col(Membership.ended_on).is_(None), col(Membership.ended_on) >= day),
        )
        .order_by(col(Membership.started_on), col(Membership.id))
    )


def welcome_due(books: Books, *, everybody: bool = False) -> Sequence[int]:
    """Whom nobody has welcomed yet, and Slack knows (unless `everybody` is meant), in the order in which they came."""
    in_slack = sa.true() if everybody else col(Person.slack_user_id).is_not(None)
    return books.session.exec(
        select(Person.id)
        .where(Person.workspace_id == books.workspace_id, col(Person.welcome_due), in_slack)
        .order_by(col(Person.id))
    ).all()


def claim_welcome(books: Books, person_id: int) -> Person | None:
    """The person, held by this transaction; None where they were welcomed meanwhile."""
    return books.session.exec(
        select(Person)
        .where(Person.workspace_id == books.workspace_id, Person.id == person_id, col(Person.welcome_due))
        .with_for_update()
    ).first()
