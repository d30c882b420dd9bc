"""Who is top of a role and who is named: the ranking's judgement, held against last week's and against overdue
deals.
"""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from bot.calendar.periods import Period
from bot.calendar.wallclock import local_date, start_of_day
from bot.core.enums import Role
from bot.core.session_cache import read_once
from bot.people.services import people
from bot.people.services import workspace as workspaces
from bot.pipeline.services import stuck as pipelines
from bot.scorecards.domain.estimates import RoleEstimates, estimate
from bot.scorecards.domain.evidence import RepTally, gather
from bot.scorecards.domain.inference.priors import History
from bot.scorecards.domain.league import Ranking, judged_again
from bot.scorecards.domain.naming import Overdue, counted_as_lost, overdue
from bot.scorecards.domain.ranking import Weights, rank_estimates, seed_of
from bot.scorecards.domain.scorecard import Board
from bot.scorecards.services import estimates as role_estimates
from bot.scorecards.services import targets
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
    used = weights or targets.weights_of_period(books, role, period, as_of=as_of)
    held = people.who_held(books, role, period, as_of=as_of)
    reps = {stint.rep.id: stint.rep for stint in held if team_id in (None, stint.rep.team_id)}
    ranking = judged(
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


MOST_WEEKS_BACK = 12
"""How far back a name that stands by having stood is followed: to where no day is left of those it was given for."""
_WEEK = timedelta(weeks=1)


def judged(
    books: Books,
    role: Role,
    period: Period,
    *,
    as_of: datetime,
    team_id: int | None,
    team: Collection[int],
    hidden: Collection[int],
    weights: Weights,
    weeks_back: int = 0,
) -> Ranking:
    """The ranking of a team's reps, and who of them is named.

    Names do not flicker: who was named in the weeks before, told from what is known now, stays with a part of the
    odds. So nothing need be kept, and the same question gets the same answer.
    """

    def ranked(estimates: RoleEstimates) -> Ranking:
        seed = seed_of_days(books, team_id, period)
        return rank_estimates(estimates, seed=seed, weights=weights, team=team, hidden=hidden)

    ranking = ranked(role_estimates.of_role(books, role, period, as_of=as_of))
    steady: Collection[int] = ()
    if ranking.nearly and period.label.endswith("w") and weeks_back < MOST_WEEKS_BACK:
        last_week = judged(books, role, _a_week_earlier(period), as_of=as_of, team_id=team_id, team=team,
            hidden=hidden, weights=weights, weeks_back=weeks_back + 1)  # fmt: skip
        steady = [row.rep for row in last_week.named]
        ranking = judged_again(ranking, steady=steady)
    if role is not Role.AE or not ranking.named:
        return ranking
    unkind = ranked(_unkind(books, period, as_of=as_of))
    holding = {row.rep for row in judged_again(unkind, steady=[row.rep for row in ranking.named]).named}
    refused = [row.rep for row in ranking.named if row.rep not in holding]
    return judged_again(ranking, steady=steady, refused=refused, survives_overdue=True)


def seed_of_days(books: Books, team_id: int | None, period: Period) -> int:
    """Of the draws: whoever asks about these days of a team has the same certainties."""
    return seed_of(books.workspace_id, team_id, f"{period.label} {period.end:%Y-%m-%d}")


@read_once
def _unkind(books: Books, period: Period, *, as_of: datetime) -> RoleEstimates:
    """What the AEs' figures were worth if every overdue deal was lost, for everybody."""
    rows = role_estimates.shown(books, Role.AE, period, as_of=as_of)
    late = _overdue(books, rows, period, as_of=as_of)
    cost = workspaces.settings(books).tool_cost
    evidence = gather(Role.AE, [counted_as_lost(row, late) for row in rows], monthly_tool_cost=cost)
    before = role_estimates.before_period(books, Role.AE, period, as_of=as_of)
    return estimate(evidence, history=History(before, evidence))


def _overdue(
    books: Books, rows: Collection[RepTally], period: Period, *, as_of: datetime
) -> Mapping[int, Overdue]:
    known = period.until(as_of)
    deals = pipelines.worked(books, [row.rep for row in rows], known, as_of=as_of)
    return overdue(
        deals, [days for row in rows for days in row.tally.won_after_days], known.last, period.zone
    )


def _a_week_earlier(period: Period) -> Period:
    def moved(instant: datetime) -> datetime:
        return start_of_day(local_date(instant, period.zone) - _WEEK, period.zone)

    return replace(period, start=moved(period.start), end=moved(period.end))
