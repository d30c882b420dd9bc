"""Questions about gathered messages: which kinds of them people want, and when they were sent some."""

from collections.abc import Collection, Sequence
from datetime import date

import sqlalchemy as sa
from sqlmodel import col, select

from bot.core.enums import Unasked
from storage.books import Books
from storage.tables import Gathered, Person, Unwanted


def unwanted(books: Books, person_id: int) -> Sequence[Unasked]:
    """The kinds that the person has turned off."""
    rows = books.session.exec(
        select(Unwanted).where(Unwanted.workspace_id == books.workspace_id, Unwanted.person_id == person_id)
    )
    return [row.kind for row in rows]


def wants_again(books: Books, person_id: int, kind: Unasked) -> None:
    rows = books.session.exec(
        select(Unwanted).where(
            Unwanted.workspace_id == books.workspace_id,
            Unwanted.person_id == person_id,
            Unwanted.kind == kind,
        )
    )
    for row in rows:
        books.session.delete(row)


def latest(books: Books, person_id: int, kind: Unasked) -> date | None:
    """The last day on which the person was sent one."""
    return books.session.exec(
        select(sa.func.max(Gathered.day)).where(
            Gathered.workspace_id == books.workspace_id,
            Gathered.person_id == person_id,
            Gathered.kind == kind,
        )
    ).one()


def on_day(books: Books, person_id: int, day: date) -> int:
    """How many of the kinds that interrupt the person was sent on the day."""
    return books.session.exec(
        select(sa.func.count())
        .select_from(Gathered)
        .where(
            Gathered.workspace_id == books.workspace_id,
            Gathered.person_id == person_id,
            Gathered.day == day,
            Gathered.kind != Unasked.OUR_ANSWER,
        )
    ).one()


def open_to(books: Books, kind: Unasked, since: date, among: Collection[int]) -> Sequence[Person]:
    """Those of the people whom Slack knows, who have not turned the kind off, and were sent none since the day."""
    off = sa.exists().where(
        col(Unwanted.workspace_id) == Person.workspace_id,
        col(Unwanted.person_id) == Person.id,
        col(Unwanted.kind) == kind,
    )
    sent = sa.exists().where(
        col(Gathered.workspace_id) == Person.workspace_id,
        col(Gathered.person_id) == Person.id,
        col(Gathered.kind) == kind,
        col(Gathered.day) >= since,
    )
    return books.session.exec(
        select(Person)
        .where(
            Person.workspace_id == books.workspace_id,
            col(Person.id).in_(among),
            col(Person.slack_user_id).is_not(None),
            ~off,
            ~sent,
        )
        .order_by(col(Person.id))
    ).all()
