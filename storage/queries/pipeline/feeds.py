"""Questions about the days on which a team's records came."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import col

from storage.books import Books
from storage.tables import Call, Deal, Handoff


def calls(books: Books, reps: Collection[int], since: datetime) -> set[date]:
    return _days(books, Call, Call.person_id, Call.started_at, reps, since)


def leads(books: Books, reps: Collection[int], since: datetime) -> set[date]:
    return _days(books, Handoff, Handoff.sdr_id, Handoff.passed_at, reps, since)


def deals(books: Books, reps: Collection[int], since: datetime) -> set[date]:
    """On which one opened, closed, or was worked on."""
    moments = (Deal.opened_at, Deal.closed_at, Deal.last_activity_at)
    return {day for at in moments for day in _days(books, Deal, Deal.ae_id, at, reps, since)}


def _days(
    books: Books, table: type[Any], person: int, at: datetime | None, reps: Collection[int], since: datetime
) -> set[date]:
    found = books.session.scalars(
        sa.select(sa.func.date(col(at)))
        .where(
            table.workspace_id == books.workspace_id,
            col(person).in_(reps),
            col(at) >= since,
            col(at) <= books.now,
        )
        .distinct()
    )
    return {day if isinstance(day, date) else date.fromisoformat(str(day)) for day in found}
