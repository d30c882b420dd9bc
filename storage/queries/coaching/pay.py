"""Questions about what coaching earned in a month, and what was said of it."""

from collections.abc import Collection, Sequence
from datetime import date

import sqlalchemy as sa
from sqlmodel import col, select

from storage.books import Books
from storage.tables import CoachingSession, Membership, PayMonth, Person, Team


def coaches(books: Books, first: date, last: date) -> Sequence[int]:
    """Who held a session as coach from the first to the last day, both included; without the forgotten."""
    return books.session.exec(
        select(CoachingSession.coach_id)
        .join(
            Person,
            sa.and_(
                col(Person.workspace_id) == CoachingSession.workspace_id,
                col(Person.id) == CoachingSession.coach_id,
            ),
        )
        .where(
            CoachingSession.workspace_id == books.workspace_id,
            col(CoachingSession.held_on).between(first, last),
            col(Person.is_former).is_(False),
        )
        .distinct()
        .order_by(col(CoachingSession.coach_id))
    ).all()


def spells(
    books: Books, people: Collection[int], first: date, last: date
) -> Sequence[tuple[int, int, str, date | None]]:
    """Person, team, its name and the last day there, of each membership that touches the days."""
    rows = books.session.execute(
        sa.select(col(Membership.person_id), col(Team.id), col(Team.name), col(Membership.ended_on))
        .join(
            Team,
            sa.and_(
                col(Team.workspace_id) == col(Membership.workspace_id),
                col(Team.id) == col(Membership.team_id),
            ),
        )
        .where(
            col(Membership.workspace_id) == books.workspace_id,
            col(Membership.person_id).in_(people),
            col(Membership.started_on) <= last,
            sa.or_(col(Membership.ended_on).is_(None), col(Membership.ended_on) >= first),
        )
        .order_by(col(Team.name), col(Membership.id))
    )
    return [(row[0], row[1], row[2], row[3]) for row in rows]


def of_month(books: Books, coaches: Collection[int], month: date) -> dict[int, PayMonth]:
    """By coach, what has been put to somebody."""
    rows = books.session.exec(
        select(PayMonth).where(
            PayMonth.workspace_id == books.workspace_id,
            PayMonth.month == month,
            col(PayMonth.coach_id).in_(coaches),
        )
    )
    return {row.coach_id: row for row in rows}


def claim(books: Books, pay_id: int) -> PayMonth | None:
    """Held by this transaction, so that two decisions come one after the other."""
    return books.session.exec(
        select(PayMonth)
        .where(PayMonth.workspace_id == books.workspace_id, PayMonth.id == pay_id)
        .with_for_update()
    ).first()
