"""Rows to be erased, found by the schema itself: a table that refers to people cannot be forgotten here."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, SQLModel, col, select

from bot.core.enums import FormerCount, Role
from storage.books import Books
from storage.tables import BOTS, INSTALLATIONS, Erasure, FormerSum, Membership, Person, Workspace

_KEPT_BY_A_WORKSPACE = frozenset({"workspace", "erasure", "audit_entry"})
"""Emptied of names, the receipt, and the log of numbers that lead nowhere any more."""


def references(target: str) -> list[tuple[sa.Table, str, bool]]:
    """Every column that refers to `target`, and whether weakly; tables that refer to others come before those."""
    return [
        (table, column, key.ondelete == "NO ACTION")
        for table in reversed(SQLModel.metadata.sorted_tables)
        for key in sorted(table.foreign_key_constraints, key=lambda key: str(key.name))
        if key.referred_table.name == target
        for column in key.column_keys
        if column != "workspace_id"
    ]


def owned() -> list[sa.Table]:
    """Every table whose rows go with their workspace; those that refer to others come before these."""
    return [
        table
        for table in reversed(SQLModel.metadata.sorted_tables)
        if table.name not in _KEPT_BY_A_WORKSPACE and "workspace_id" in table.columns
    ]


def table(name: str) -> sa.Table:
    return SQLModel.metadata.tables[name]


def rows(books: Books, table: sa.Table, limit: int, **equal: int) -> Sequence[Mapping[str, Any]]:
    """Newest first: what refers to an earlier row of its own table comes before that.

    They are held by this transaction, so that what is counted of them is what goes.
    """
    found = books.session.execute(
        sa.select(table)
        .where(
            table.c.workspace_id == books.workspace_id,
            *(table.c[name] == value for name, value in equal.items()),
        )
        .order_by(table.c.id.desc())
        .limit(limit)
        .with_for_update()
    )
    return [dict(row) for row in found.mappings()]


def delete(books: Books, table: sa.Table, ids: Collection[int]) -> None:
    """What refers to the rows weakly lets go of them first; what refers to them otherwise goes along."""
    for other, column, is_weak in references(table.name):
        if is_weak:
            books.session.execute(
                sa.update(other)
                .where(other.c.workspace_id == books.workspace_id, other.c[column].in_(ids))
                .values({column: None})
            )
    books.session.execute(
        sa.delete(table).where(table.c.workspace_id == books.workspace_id, table.c.id.in_(ids))
    )


def update(books: Books, table: sa.Table, ids: Collection[int], values: Mapping[str, Any]) -> None:
    books.session.execute(
        sa.update(table)
        .where(table.c.workspace_id == books.workspace_id, table.c.id.in_(ids))
        .values(dict(values))
    )


def called(books: Books, name: str) -> Sequence[Person]:
    """The erased of this name."""
    return books.session.exec(
        select(Person).where(
            Person.workspace_id == books.workspace_id, Person.name == name, col(Person.is_former).is_(True)
        )
    ).all()


def held_in(books: Books, role: Role, first: date, last: date, *, team_id: int | None) -> int:
    """How many people held the role on any of these days, in the team or (None) anywhere."""
    asked = sa.select(sa.func.count(sa.distinct(col(Membership.person_id)))).where(
        col(Membership.workspace_id) == books.workspace_id,
        col(Membership.role) == role,
        col(Membership.started_on) <= last,
        sa.or_(col(Membership.ended_on).is_(None), col(Membership.ended_on) >= first),
    )
    return (
        books.session.scalar(asked if team_id is None else asked.where(col(Membership.team_id) == team_id))
        or 0
    )


def former_sum(
    books: Books, team_id: int | None, role: Role, month: date, counted: FormerCount
) -> FormerSum | None:
    return books.session.exec(
        select(FormerSum).where(
            FormerSum.workspace_id == books.workspace_id,
            FormerSum.team_id == team_id,
            FormerSum.role == role,
            FormerSum.month == month,
            FormerSum.counted == counted,
        )
    ).first()


def former_sums(
    books: Books, team_id: int | None, first: date, last: date
) -> dict[tuple[Role, FormerCount], int]:
    """Over the months that begin on these days; without a team, over the whole workspace."""
    asked = (
        sa.select(col(FormerSum.role), col(FormerSum.counted), sa.func.sum(col(FormerSum.amount)))
        .where(
            col(FormerSum.workspace_id) == books.workspace_id,
            col(FormerSum.month) >= first,
            col(FormerSum.month) <= last,
        )
        .group_by(col(FormerSum.role), col(FormerSum.counted))
    )
    found = books.session.execute(
        asked if team_id is None else asked.where(col(FormerSum.team_id) == team_id)
    )
    return {(Role(role), FormerCount(counted)): int(amount) for role, counted, amount in found}


def open_erasures(books: Books) -> Sequence[Erasure]:
    return books.session.exec(
        select(Erasure)
        .where(Erasure.workspace_id == books.workspace_id, col(Erasure.done_at).is_(None))
        .order_by(col(Erasure.id))
    ).all()


def by_id(books: Books, erasure_id: int) -> Erasure | None:
    return books.session.exec(
        select(Erasure).where(Erasure.workspace_id == books.workspace_id, Erasure.id == erasure_id)
    ).first()


def held(books: Books, erasure_id: int) -> Erasure | None:
    """The erasure, held by this transaction; None where another works it."""
    return books.session.exec(
        select(Erasure)
        .where(Erasure.workspace_id == books.workspace_id, Erasure.id == erasure_id)
        .with_for_update(skip_locked=True)
    ).first()


def hold_workspace(books: Books) -> None:
    """One erasure of a workspace after the other, in whatever process; rows that refer to it may be added meanwhile.

    They add to the same sums and leave the same nameless person behind.
    """
    books.session.execute(
        sa.select(col(Workspace.id))
        .where(col(Workspace.id) == books.workspace_id)
        .with_for_update(key_share=True)
    )


def delete_installations(session: Session, slack_team_id: str | None) -> int:
    """What is kept of the app's installs into this Slack, tokens included; returns how many there were."""
    found = [
        session.execute(sa.delete(table).where(table.c.team_id == slack_team_id))
        for table in (INSTALLATIONS, BOTS)
    ]
    return sum(rows.rowcount for rows in found)  # type: ignore[attr-defined]  # a DELETE tells how many
