"""Questions about what a rep keeps wanting to work on."""

from collections.abc import Sequence
from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import col, select

from storage.books import Books
from storage.tables import Debrief, DebriefTag, HabitTold


def chosen(books: Books, person_id: int, *, since: datetime) -> Sequence[tuple[str, datetime]]:
    """Each tag of the rep's debriefs of calls that started since then, with the call's start."""
    return books.session.exec(
        select(DebriefTag.tag, Debrief.call_started_at)
        .join(
            Debrief,
            sa.and_(
                col(Debrief.id) == DebriefTag.debrief_id,
                col(Debrief.workspace_id) == DebriefTag.workspace_id,
            ),
        )
        .where(
            DebriefTag.workspace_id == books.workspace_id,
            Debrief.person_id == person_id,
            col(Debrief.call_started_at) >= since,
        )
    ).all()


def told(books: Books, person_id: int, *, since: date) -> Sequence[HabitTold]:
    return books.session.exec(
        select(HabitTold).where(
            HabitTold.workspace_id == books.workspace_id,
            HabitTold.person_id == person_id,
            col(HabitTold.week) >= since,
        )
    ).all()
