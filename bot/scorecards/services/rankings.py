"""Who is top of a role, of a team or of the workspace, with the certainty of it."""

from datetime import datetime

from bot.calendar.periods import Period
from bot.core.enums import Role
from bot.people.services import people
from bot.scorecards.domain.ranking import Weights
from bot.scorecards.domain.scorecard import Board
from bot.scorecards.services import names
from bot.scorecards.services import weights as weight_sets
from storage.books import Books


def board_of(
    books: Books,
    role: Role,
    period: Period,
    *,
    as_of: datetime,
    team_id: int | None = None,
    public: bool = False,
    weights: Weights | None = None,
) -> Board:
    """The ranking of a role in a team, or in the workspace.

    A `public` one leaves out whoever does not want to be named, as if they were not ranked. Other `weights`
    than those in force show what these would make of it.
    """
    used = weights or weight_sets.of_period(books, role, period, as_of=as_of)
    held = people.who_held(books, role, period, as_of=as_of)
    reps = {stint.rep.id: stint.rep for stint in held if team_id in (None, stint.rep.team_id)}
    ranking = names.judged(
        books,
        role,
        period,
        as_of=as_of,
        team_id=team_id,
        team=reps.keys(),
        hidden=[id for id, rep in reps.items() if public and not rep.named_publicly],
        weights=used,
    )
    team = next((rep.team for rep in reps.values()), "") if team_id is not None else None
    return Board(team, period, ranking, reps, used)
