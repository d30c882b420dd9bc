"""Questions about whom managers heard of as the week began."""

from collections.abc import Sequence
from datetime import date

from sqlmodel import col, select

from storage.books import Books
from storage.tables import MondayPick


def picked(books: Books, manager_id: int, since: date) -> Sequence[int]:
    """Of whom the manager heard in weeks that began on or after the day."""
    return books.session.exec(
        select(MondayPick.person_id).where(
            MondayPick.workspace_id == books.workspace_id,
            MondayPick.manager_id == manager_id,
            col(MondayPick.week) >= since,
        )
    ).all()
