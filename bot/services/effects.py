"""Whether the coaching worked: learners' figures before and after, beside reps of their role who had none."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.domain.definitions import DEFINITIONS
from bot.domain.effect import Effect, Observation, Window, comparison, effect, window
from bot.domain.metrics import measures
from bot.domain.periods import Period
from bot.domain.sessions import HeldSession, credit, credited
from bot.domain.wallclock import local_date, start_of_day
from bot.services import stints, tallies, workspaces
from bot.services.workspaces import WorkspaceSettings
from bot.words import SELLING_ROLES, Metric, Role
from storage.queries import sessions as queries
from storage.tables import CoachingSession

_Figures = Mapping[int, Mapping[Metric, float]]
"""Per rep and metric, of those that had data."""


def of(
    session: Session,
    workspace_id: int,
    *,
    as_of: datetime,
    team_id: int | None = None,
    metric: Metric | None = None,
) -> list[Effect]:
    """One report per metric that sessions were about, in the scorecard's order; of a team's learners, or of all."""
    settings = workspaces.settings(session, workspace_id)
    zone = ZoneInfo(settings.time_zone)
    today = local_date(as_of, zone)
    held = queries.held_until(session, workspace_id, today)
    wanted = [one for one in Metric if one in {row.metric for row in held} and metric in (None, one)]
    return [_of_metric(session, settings, one, held, zone, as_of=as_of, team_id=team_id) for one in wanted]


def _of_metric(
    session: Session,
    settings: WorkspaceSettings,
    metric: Metric,
    held: Sequence[CoachingSession],
    zone: ZoneInfo,
    *,
    as_of: datetime,
    team_id: int | None,
) -> Effect:
    observations: list[Observation] = []
    learners: set[int] = set()
    for role in SELLING_ROLES:
        if role in DEFINITIONS[metric].roles:
            found = _of_role(session, settings, role, metric, held, zone, as_of=as_of, team_id=team_id)
            observations += found
            learners |= {one.rep for one in found if one.coached}
    about = [row for row in held if row.metric is metric and row.learner_id in learners]
    return effect(metric, observations, cost=float(_cost(about, settings.credit_rate)))


def _of_role(
    session: Session,
    settings: WorkspaceSettings,
    role: Role,
    metric: Metric,
    held: Sequence[CoachingSession],
    zone: ZoneInfo,
    *,
    as_of: datetime,
    team_id: int | None,
) -> list[Observation]:
    now = Period("now", as_of, as_of, zone)
    peers = {
        stint.rep.id: stint.rep for stint in stints.of_role(session, settings.id, role, now, as_of=as_of)
    }
    windows = _windows(held, metric, peers.keys(), local_date(as_of, zone))
    observations: list[Observation] = []
    others: dict[int, list[tuple[float, float]]] = defaultdict(list)
    longest = 0
    for about, learners in windows.items():
        before, after = (
            _figures(session, settings, role, span, zone, as_of=as_of) for span in (about.before, about.after)
        )
        for rep in before.keys() & after.keys() & peers.keys():
            if metric not in before[rep] or metric not in after[rep]:
                continue
            pair = (before[rep][metric], after[rep][metric])
            if rep in learners and team_id in (None, peers[rep].team_id):
                observations.append(Observation(rep, *pair, True, about.weeks_after))
            elif not _had_sessions(held, rep, about):
                others[rep].append(pair)
        longest = max(longest, about.weeks_after)
    return observations + [comparison(rep, pairs, longest) for rep, pairs in sorted(others.items())]


def _windows(
    held: Iterable[CoachingSession], metric: Metric, peers: Iterable[int], today: date
) -> dict[Window, set[int]]:
    """The learners of each window: those whose first session on the metric fell into its week."""
    firsts: dict[int, date] = {}
    known = set(peers)
    for row in held:
        if row.metric is metric and row.learner_id in known:
            firsts.setdefault(row.learner_id, row.held_on)
    windows: dict[Window, set[int]] = defaultdict(set)
    for learner, first in firsts.items():
        about = window(first, today)
        if about.weeks_after:
            windows[about].add(learner)
    return windows


def _had_sessions(held: Iterable[CoachingSession], rep: int, about: Window) -> bool:
    first, beyond = about.before[0], about.after[1]
    return any(row.learner_id == rep and first <= row.held_on < beyond for row in held)


def _figures(
    session: Session,
    settings: WorkspaceSettings,
    role: Role,
    span: tuple[date, date],
    zone: ZoneInfo,
    *,
    as_of: datetime,
) -> _Figures:
    period = Period("window", *(start_of_day(day, zone) for day in span), zone)
    return {
        row.rep: {
            measure.key: measure.value
            for measure in measures(role, row.tally, row.presence, monthly_tool_cost=settings.tool_cost)
            if measure.value is not None
        }
        for row in tallies.of_role(session, settings.id, role, period, as_of=as_of)
    }


def _cost(held: Iterable[CoachingSession], rate: Decimal) -> Decimal:
    paid = credited(
        HeldSession(row.id, row.coach_id, row.learner_id, row.held_on, row.minutes, row.commitment)
        for row in held
    )
    return sum((credit(one.minutes, rate) for one in paid), Decimal(0))
