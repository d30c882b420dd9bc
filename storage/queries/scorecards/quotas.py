"""Goals in money, as they stand."""

from collections.abc import Collection, Sequence
from decimal import Decimal

import sqlalchemy as sa
from sqlmodel import col, select

from bot.core.enums import Role
from storage.books import Books
from storage.tables import Quota


def of(books: Books, role: Role, people: Collection[int]) -> Sequence[Quota]:
    """Those of the role in any team, and those of these people."""
    return books.session.exec(
        select(Quota)
        .where(
            Quota.workspace_id == books.workspace_id,
            sa.or_(col(Quota.role) == role, col(Quota.person_id).in_(people)),
        )
        .order_by(col(Quota.period), col(Quota.id))
    ).all()


def of_whose(books: Books, whose: Collection[str]) -> Sequence[Quota]:
    """By how their owners are written down."""
    return books.session.exec(
        select(Quota).where(Quota.workspace_id == books.workspace_id, col(Quota.whose).in_(whose))
    ).all()


def put(
    books: Books,
    whose: str,
    period: str,
    *,
    person_id: int | None,
    role: Role | None,
    team_id: int | None,
    amount: Decimal,
    currency: str,
) -> bool:
    """Sets the goal; tells whether anything changed."""
    known = next((one for one in of_whose(books, [whose]) if one.period == period), None)
    if known is None:
        known = Quota(
            workspace_id=books.workspace_id,
            whose=whose,
            person_id=person_id,
            role=role,
            team_id=team_id,
            period=period,
            amount=amount,
        )
    elif (known.amount, known.currency) == (amount, currency):
        return False
    known.amount, known.currency = amount, currency
    books.session.add(known)
    return True
