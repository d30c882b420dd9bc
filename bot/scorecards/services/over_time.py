"""Figures week by week: what the pictures of a scorecard show, and a team's 13 weeks, role by role."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.calendar.periods import Period, trailing_weeks, week_starting
from bot.core.enums import SELLING_ROLES, Metric, Role
from bot.people.domain.stints import Rep, Stint
from bot.people.services import people
from bot.people.services import workspace as workspaces
from bot.people.services.teams import Floor
from bot.scorecards.domain import over_time as rules
from bot.scorecards.domain.definitions import DEFINITIONS, measures
from bot.scorecards.domain.definitions.counting import Measure
from bot.scorecards.domain.over_time import WEEKS, Course, Map, RoleWeeks
from bot.scorecards.domain.quadrant import Standing, standings
from bot.scorecards.domain.ranking import CHIEF
from bot.scorecards.domain.scorecard import Scorecard
from bot.scorecards.services import estimates as role_estimates
from bot.scorecards.services import scorecard as scorecards
from bot.scorecards.services import tallies, targets
from bot.scorecards.services.tallies import Window
from storage.books import Books


def trend_of(books: Books, person_id: int, zone: ZoneInfo, *, as_of: datetime) -> Course:
    """A rep's chief metric in the 13 weeks up to last Monday; raises NotFound for one without a role."""
    period = trailing_weeks(as_of, zone, WEEKS)
    card = scorecards.scorecard_of(books, person_id, period, as_of=as_of)
    metric = CHIEF[card.rep.role]
    stint = people.stints_of(books, person_id, period, as_of=as_of)
    first = period.dates()[0]
    mondays = [first + timedelta(weeks=n) for n in range(WEEKS)]
    told = _measured(books, stint, metric, [week_starting(monday, zone) for monday in mondays], as_of)
    weeks = [(monday, one.value) for monday, one in zip(mondays, told, strict=True)]
    is_counted = not DEFINITIONS[metric].is_total and not DEFINITIONS[metric].is_of_value
    counts = [one.denominator for one in told] if is_counted else None
    return Course(card.rep, metric, weeks, counts, *_levels(card, metric), card.currency)


def map_of(
    books: Books, floor: Floor, period: Period, *, as_of: datetime, may_show: Callable[[Rep], bool]
) -> Map:
    """Those of a team (or of the workspace) whom the reader may see."""
    found: list[tuple[str, Standing]] = []
    for role in SELLING_ROLES:
        held = people.who_held(books, role, period, as_of=as_of)
        shown = [stint.rep for stint in held if floor.id in (None, stint.rep.team_id) and may_show(stint.rep)]
        if shown:
            stand = standings(
                role_estimates.of_role(books, role, period, as_of=as_of),
                targets.weights_of_period(books, role, period, as_of=as_of),
            )
            found += [(rep.name, stand[rep.id]) for rep in shown if stand[rep.id].is_placed]
    return Map(floor.name, found)


def _measured(
    books: Books, stint: Stint, metric: Metric, weeks: Sequence[Period], as_of: datetime
) -> list[Measure]:
    windows = [Window([stint], week) for week in weeks]
    cost = workspaces.settings(books).tool_cost
    measured = (
        measures(stint.rep.role, row.tally, row.presence, monthly_tool_cost=cost)
        for [row] in tallies.of_windows(books, windows, as_of=as_of)
    )
    return [next(one for one in told if one.key is metric) for told in measured]


def _levels(card: Scorecard, metric: Metric) -> tuple[float | None, float | None]:
    shown = card.figure(metric)
    if shown is None:
        return None, None
    middle, target = shown.role_middle if card.has_company else None, shown.target
    if not DEFINITIONS[metric].is_total:
        return middle, target
    return middle and middle / WEEKS, target and target / WEEKS


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
    windows = [_week(books, role, floor, monday, as_of=as_of) for monday in mondays]
    cost = workspaces.settings(books).tool_cost
    weekly = [
        [one for row in rows for one in measures(role, row.tally, row.presence, monthly_tool_cost=cost)]
        for rows in tallies.of_windows(books, windows, as_of=as_of)
    ]
    lines = [
        rules.line(
            metric,
            [rules.pooled(metric, monday, told) for monday, told in zip(mondays, weekly, strict=True)],
        )
        for metric in rules.told_of(role)
    ]
    return RoleWeeks(role, len(windows[-1].held), tuple(lines), CHIEF[role])


def _week(books: Books, role: Role, floor: Floor, monday: date, *, as_of: datetime) -> Window:
    """Of those who held the role in it."""
    week = week_starting(monday, floor.zone)
    held = people.who_held(books, role, week, as_of=as_of)
    return Window([one for one in held if floor.id in (None, one.rep.team_id)], week)
