"""Questions about the people who talk to the bot: who a Slack user is, and where and when they work."""

from collections.abc import Collection, Sequence
from datetime import date

import sqlalchemy as sa
from sqlmodel import Session, col, select

from storage.tables import Leave, Membership, Person, Team


def by_slack_user(session: Session, workspace_id: int, slack_user_id: str) -> Person | None:
    return session.exec(
        select(Person).where(Person.workspace_id == workspace_id, Person.slack_user_id == slack_user_id)
    ).first()


def by_email(session: Session, workspace_id: int, email: str) -> Person | None:
    return session.exec(
        select(Person).where(Person.workspace_id == workspace_id, Person.email == email.strip().lower())
    ).first()


def by_ids(session: Session, workspace_id: int, ids: Collection[int]) -> Sequence[Person]:
    return session.exec(
        select(Person).where(Person.workspace_id == workspace_id, col(Person.id).in_(ids))
    ).all()


def unlinked_emails(session: Session, workspace_id: int) -> Sequence[str]:
    """Emails of people on the roster that no Slack user was matched to yet."""
    emails = session.exec(
        select(Person.email).where(
            Person.workspace_id == workspace_id,
            col(Person.slack_user_id).is_(None),
            col(Person.email).is_not(None),
        )
    )
    return [email for email in emails if email]


def teams_on(
    session: Session, workspace_id: int, person_id: int, day: date
) -> Sequence[tuple[Membership, Team]]:
    """The person's memberships on a day, each with its team, in the order they began."""
    return session.exec(
        select(Membership, Team)
        .join(
            Team,
            sa.and_(col(Team.id) == Membership.team_id, col(Team.workspace_id) == Membership.workspace_id),
        )
        .where(
            Membership.workspace_id == workspace_id,
            Membership.person_id == person_id,
            col(Membership.started_on) <= day,
            sa.or_(col(Membership.ended_on).is_(None), col(Membership.ended_on) >= day),
        )
        .order_by(col(Membership.started_on), col(Membership.id))
    ).all()


def leave_of(session: Session, workspace_id: int, person_id: int, *, since: date) -> Sequence[Leave]:
    """The person's leave that has not ended before `since`."""
    return session.exec(
        select(Leave).where(
            Leave.workspace_id == workspace_id, Leave.person_id == person_id, col(Leave.last_day) >= since
        )
    ).all()


def managers_of(session: Session, workspace_id: int, team_id: int, day: date) -> Sequence[Person]:
    """Who leads the team on a day."""
    return session.exec(
        select(Person)
        .join(
            Membership,
            sa.and_(
                col(Membership.person_id) == Person.id, col(Membership.workspace_id) == Person.workspace_id
            ),
        )
        .where(
            Membership.workspace_id == workspace_id,
            Membership.team_id == team_id,
            Membership.role == "manager",
            col(Membership.started_on) <= day,
            sa.or_(col(Membership.ended_on).is_(None), col(Membership.ended_on) >= day),
        )
        .order_by(col(Person.id))
    ).all()
