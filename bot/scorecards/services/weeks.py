"""A team's 13 weeks, role by role."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from bot.calendar.periods import trailing_weeks, week_starting
from bot.core.enums import SELLING_ROLES, Role
from bot.people.services import people
from bot.people.services import workspace as workspaces
from bot.people.services.teams import Floor
from bot.scorecards.domain.definitions.counting import Measure
from bot.scorecards.domain.metrics import measures
from bot.scorecards.domain.over_time import weeks as rules
from bot.scorecards.domain.over_time.weeks import RoleWeeks
from bot.scorecards.domain.ranking import CHIEF
from bot.scorecards.services import tallies
from storage.books import Books


def of_team(books: Books, floor: Floor, *, as_of: datetime) -> list[RoleWeeks]:
    """The 13 weeks up to last Monday, by role; each week of whoever held the role in the team as it ended.

    Without a team's id, of everybody.
    """
    first = trailing_weeks(as_of, floor.zone, rules.WEEKS).dates()[0]
    mondays = [first + timedelta(weeks=n) for n in range(rules.WEEKS)]
    found = [_of_role(books, role, floor, mondays, as_of=as_of) for role in SELLING_ROLES]
    return [one for one in found if one.reps]


def _of_role(
    books: Books, role: Role, floor: Floor, mondays: Sequence[date], *, as_of: datetime
) -> RoleWeeks:
    weekly = [_week(books, role, floor, monday, as_of=as_of) for monday in mondays]
    lines = [
        rules.line(
            metric,
            [
                rules.pooled(metric, monday, told)
                for monday, (_reps, told) in zip(mondays, weekly, strict=True)
            ],
        )
        for metric in rules.told_of(role)
    ]
    return RoleWeeks(role, weekly[-1][0], tuple(lines), CHIEF[role])


def _week(
    books: Books, role: Role, floor: Floor, monday: date, *, as_of: datetime
) -> tuple[int, list[Measure]]:
    """How many held the role, and every figure of theirs."""
    week = week_starting(monday, floor.zone)
    held = [
        stint
        for stint in people.who_held(books, role, week, as_of=as_of)
        if floor.id in (None, stint.rep.team_id)
    ]
    if not held:
        return 0, []
    cost = workspaces.settings(books).tool_cost
    rows = tallies.of_stints(books, held, week, as_of=as_of)
    return len(held), [
        one for row in rows for one in measures(role, row.tally, row.presence, monthly_tool_cost=cost)
    ]
