"""Questions about what teams want to reach together."""

from sqlmodel import select

from storage.books import Books
from storage.tables import TeamGoal


def of_period(books: Books, team_id: int, period: str) -> TeamGoal | None:
    return books.session.exec(
        select(TeamGoal).where(
            TeamGoal.workspace_id == books.workspace_id,
            TeamGoal.team_id == team_id,
            TeamGoal.period == period,
        )
    ).first()
