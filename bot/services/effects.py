"""Did the coaching work: learners after their sessions against before, beside reps of their role without any."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.domain.definitions import metrics_of
from bot.domain.effect import FEWEST_WEEKS, Effect, Observation, comparison, effect, window
from bot.domain.sessions import HeldSession, credit, credited
from bot.domain.wallclock import local_date
from bot.services import workspaces
from bot.services.histories import RoleHistory, was_coached
from bot.services.workspaces import WorkspaceSettings
from bot.words import SELLING_ROLES, Metric, Role
from storage.queries import effects as queries
from storage.queries.effects import Held


@dataclass(frozen=True, slots=True)
class RoleEffect:
    """What coaching on a metric did for the learners of one role."""

    role: Role
    effect: Effect


def of(
    session: Session, workspace_id: int, *, as_of: datetime, learners: Collection[int] | None = None
) -> list[RoleEffect]:
    """For every role and metric that somebody was coached on; `learners` are those to look at, else everybody.

    They are compared with the whole workspace's reps of the role.
    """
    settings = workspaces.settings(session, workspace_id)
    today = local_date(as_of, ZoneInfo(settings.time_zone))
    held = queries.held(session, workspace_id, today)
    found: list[RoleEffect] = []
    for role in SELLING_ROLES:
        team = RoleHistory(session, settings, role, as_of)
        for metric in metrics_of(role):
            own = [
                one
                for one in held
                if one.metric is metric
                and one.learner in team.held
                and (learners is None or one.learner in learners)
            ]
            if own:
                observed = list(_observations(team, metric, own, held, today))
                found.append(RoleEffect(role, effect(metric, observed, cost=_cost(own, settings))))
    return found


def currency(session: Session, workspace_id: int) -> str:
    """What the cost is in."""
    return workspaces.settings(session, workspace_id).currency


def _observations(
    team: RoleHistory, metric: Metric, own: Iterable[Held], held: Iterable[Held], today: date
) -> Iterator[Observation]:
    first: dict[int, date] = {}
    for one in own:
        first.setdefault(one.learner, one.held_on)
    windows = {learner: window(day, today) for learner, day in first.items()}
    for learner, weeks in windows.items():
        if pair := team.pair(learner, metric, weeks):
            yield Observation(learner, *pair, coached=True, weeks_after=weeks.weeks_after)
    distinct = sorted(set(windows.values()), key=lambda weeks: weeks.before)
    ready = [weeks for weeks in distinct if weeks.weeks_after >= FEWEST_WEEKS] or distinct
    met = _met(held)
    for rep in sorted(team.held.keys() - windows.keys()):
        free = [weeks for weeks in ready if not was_coached(met.get(rep, ()), weeks)]
        pairs = [pair for weeks in free if (pair := team.pair(rep, metric, weeks))]
        if pairs:
            yield comparison(rep, pairs, min(weeks.weeks_after for weeks in free))


def _met(held: Iterable[Held]) -> dict[int, list[date]]:
    """The days of each learner's sessions, on whatever metric."""
    met: dict[int, list[date]] = {}
    for one in held:
        met.setdefault(one.learner, []).append(one.held_on)
    return met


def _cost(own: Sequence[Held], settings: WorkspaceSettings) -> float:
    """The coaches' minutes at the credit rate."""
    given = [
        HeldSession(one.id, one.coach, one.learner, one.held_on, one.minutes, one.commitment) for one in own
    ]
    return float(credit(sum(one.minutes for one in credited(given)), settings.credit_rate))
