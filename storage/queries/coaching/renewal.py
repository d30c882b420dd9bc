"""Questions about pairs that were asked whether to go on."""

from datetime import date

from sqlmodel import col, select

from storage.books import Books
from storage.tables import GoOn


def renewed(books: Books, *, since: date, until: date) -> dict[tuple[int, int], date]:
    """By coach and learner who both said so, the latest Monday in the span, ends included, from which they go on."""
    rows = books.session.exec(
        select(GoOn)
        .where(
            GoOn.workspace_id == books.workspace_id,
            col(GoOn.week).between(since, until),
            col(GoOn.coach_says).is_(True),
            col(GoOn.learner_says).is_(True),
        )
        .order_by(col(GoOn.week))
    )
    return {(row.coach_id, row.learner_id): row.week for row in rows}


def claim(books: Books, choice_id: int) -> GoOn | None:
    """The choice, held by this transaction, so that two answers come one after the other."""
    return books.session.exec(
        select(GoOn).where(GoOn.workspace_id == books.workspace_id, GoOn.id == choice_id).with_for_update()
    ).first()


def of_couple(books: Books, coach_id: int, learner_id: int, week: date) -> GoOn | None:
    return books.session.exec(
        select(GoOn).where(
            GoOn.workspace_id == books.workspace_id,
            GoOn.coach_id == coach_id,
            GoOn.learner_id == learner_id,
            GoOn.week == week,
        )
    ).first()
