"""Questions about the workbooks that managers are sent each month."""

from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa
from sqlmodel import col, select

from bot.core.enums import Role
from storage.books import Books
from storage.tables import Membership, MonthlyWorkbook, Person


def managers_without(books: Books, *, month: date, today: date) -> Sequence[int]:
    """People in Slack who lead a team today and were not sent this month's workbook."""
    sent = sa.exists().where(
        col(MonthlyWorkbook.workspace_id) == Person.workspace_id,
        col(MonthlyWorkbook.person_id) == Person.id,
        col(MonthlyWorkbook.month) == month,
    )
    leads = sa.exists().where(
        col(Membership.workspace_id) == Person.workspace_id,
        col(Membership.person_id) == Person.id,
        col(Membership.role) == Role.MANAGER,
        col(Membership.started_on) <= today,
        sa.or_(col(Membership.ended_on).is_(None), col(Membership.ended_on) >= today),
    )
    return books.session.exec(
        select(Person.id)
        .where(
            Person.workspace_id == books.workspace_id, col(Person.slack_user_id).is_not(None), leads, ~sent
        )
        .order_by(col(Person.id))
    ).all()
