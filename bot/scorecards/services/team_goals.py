"""A team's goal of the quarter: set by who leads it, and what its reps have come to together."""

from datetime import datetime

from bot.calendar import periods
from bot.calendar.periods import Period
from bot.core.enums import SELLING_ROLES
from bot.people.domain import access
from bot.people.domain.access import Right, Viewer
from bot.people.services import teams
from bot.people.services import workspace as workspaces
from bot.people.services.teams import Floor
from bot.scorecards.domain import targets as rules
from bot.scorecards.domain.definitions import DEFINITIONS
from bot.scorecards.domain.definitions.counting import Given, Measure
from bot.scorecards.domain.targets import TeamGoal, Together
from bot.scorecards.services import estimates as role_estimates
from storage.books import Books
from storage.queries.scorecards import targets as queries
from storage.tables import TeamGoal as Row


def quarter_of(floor: Floor, moment: datetime) -> Period:
    """The team's own."""
    return periods.parse("quarter", now=moment, zone=floor.zone, fiscal_start=floor.fiscal_start)


def given(books: Books, floor: Floor, period: Period) -> TeamGoal | None:
    row = queries.of_period(books, floor.id, period.label) if floor.id is not None else None
    return TeamGoal(row.metric, row.value) if row else None


def put(books: Books, viewer: Viewer, floor: Floor, period: Period, goal: TeamGoal | None) -> None:
    """Of a team that the viewer leads; None takes it away. Raises NotAllowed."""
    access.require(viewer, Right.SET_TARGETS, floor.subject)
    if floor.id is None:
        return
    row = queries.of_period(books, floor.id, period.label)
    if goal is None:
        if row is not None:
            books.session.delete(row)
        return
    row = row or Row(
        workspace_id=books.workspace_id,
        team_id=floor.id,
        period=period.label,
        metric=goal.metric,
        value=goal.value,
        set_at=books.now,
    )
    row.metric, row.value, row.set_at = goal.metric, goal.value, books.now
    books.session.add(row)
    books.session.flush()


def together(books: Books, floor: Floor, period: Period, *, as_of: datetime) -> Together | None:
    """How far the team is, by what was known at `as_of`; None without a goal for the quarter."""
    goal = given(books, floor, period)
    if goal is None:
        return None
    return pooled(books, floor, goal, period, as_of=as_of)


def pooled(books: Books, floor: Floor, goal: TeamGoal, period: Period, *, as_of: datetime) -> Together:
    """What the team's reps have come to together, whether anybody has set the goal or not."""
    known = period.until(min(as_of, period.last))
    return rules.together(goal, period, _figures(books, floor, goal, known, as_of=as_of))


def _figures(books: Books, floor: Floor, goal: TeamGoal, known: Period, *, as_of: datetime) -> list[Measure]:
    definition, cost = DEFINITIONS[goal.metric], workspaces.settings(books).tool_cost
    held = teams.roster_by_team(books, known.dates()[-1]).get(floor.id or 0, ())
    mates = {person.id: membership.role for person, membership, _team in held}
    return [
        definition.counted(goal.metric, Given(role, row.tally, row.presence, cost))
        for role in SELLING_ROLES
        if role in definition.roles
        for row in role_estimates.shown(books, role, known, as_of=as_of)
        if mates.get(row.rep) is role
    ]
