"""What the pictures of a scorecard show."""

from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.domain.corners import Standing, standings
from bot.domain.course import WEEKS, Course, Map
from bot.domain.definitions import DEFINITIONS
from bot.domain.metrics import measures
from bot.domain.periods import Period, trailing_weeks, week_starting
from bot.domain.scorecard import CHIEF, Scorecard
from bot.domain.stints import Rep, Stint
from bot.services import rankings, scorecards, stints, tallies, workspaces
from bot.services.floors import Floor
from bot.words import SELLING_ROLES, Metric


def of(session: Session, workspace_id: int, person_id: int, zone: ZoneInfo, *, as_of: datetime) -> Course:
    """A rep's chief metric in the 13 weeks up to last Monday; raises NotFound for one without a role."""
    period = trailing_weeks(as_of, zone, WEEKS)
    card = scorecards.of(session, workspace_id, person_id, period, as_of=as_of)
    metric = CHIEF[card.rep.role]
    stint = stints.of_person(session, workspace_id, person_id, period, as_of=as_of)
    first = period.dates()[0]
    mondays = [first + timedelta(weeks=n) for n in range(WEEKS)]
    weeks = [
        (monday, _value(session, workspace_id, stint, metric, week_starting(monday, zone), as_of))
        for monday in mondays
    ]
    return Course(card.rep, metric, weeks, *_levels(card, metric), card.currency)


def map_of(
    session: Session,
    workspace_id: int,
    floor: Floor,
    period: Period,
    *,
    as_of: datetime,
    may_show: Callable[[Rep], bool],
) -> Map:
    """Those of a team (or of the workspace) whom the reader may see."""
    found: list[tuple[str, Standing]] = []
    for role in SELLING_ROLES:
        held = stints.of_role(session, workspace_id, role, period, as_of=as_of)
        shown = [stint.rep for stint in held if floor.id in (None, stint.rep.team_id) and may_show(stint.rep)]
        if shown:
            stand = standings(rankings.estimates(session, workspace_id, role, period, as_of=as_of))
            found += [(rep.name, stand[rep.id]) for rep in shown if stand[rep.id].corner]
    return Map(floor.name, found)


def _value(
    session: Session, workspace_id: int, stint: Stint, metric: Metric, week: Period, as_of: datetime
) -> float | None:
    [row] = tallies.of_stints(session, workspace_id, [stint], week, as_of=as_of)
    cost = workspaces.settings(session, workspace_id).tool_cost
    measured = measures(stint.rep.role, row.tally, row.presence, monthly_tool_cost=cost)
    return next(one.value for one in measured if one.key is metric)


def _levels(card: Scorecard, metric: Metric) -> tuple[float | None, float | None]:
    shown = card.figure(metric)
    if shown is None:
        return None, None
    middle, target = shown.role_middle if card.has_company else None, shown.target
    if not DEFINITIONS[metric].is_total:
        return middle, target
    return middle and middle / WEEKS, target and target / WEEKS
