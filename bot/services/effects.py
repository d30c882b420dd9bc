"""Did the coaching work: learners after their sessions against before, beside reps of their role without any."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.domain.definitions import metrics_of
from bot.domain.effect import FEWEST_WEEKS, Effect, Observation, Window, comparison, effect, window
from bot.domain.metrics import measures
from bot.domain.periods import Period
from bot.domain.sessions import HeldSession, credit, credited
from bot.domain.stints import Stint
from bot.domain.wallclock import local_date, start_of_day
from bot.services import stints, tallies, workspaces
from bot.services.workspaces import WorkspaceSettings
from bot.words import SELLING_ROLES, Metric, Role
from storage.queries import effects as queries
from storage.queries.effects import Held

_Days = tuple[date, date]
_Figures = Mapping[int, Mapping[Metric, float | None]]
"""Raw figures by rep."""


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
        team = _Team(session, settings, role, as_of)
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


@dataclass(slots=True)
class _Team:
    """Everybody who holds a role; what they showed is counted once for each span of days."""

    session: Session
    settings: WorkspaceSettings
    role: Role
    as_of: datetime
    held: dict[int, Stint] = field(init=False)
    counted: dict[_Days, _Figures] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        now = self.period((self.as_of.date(), self.as_of.date()))
        found = stints.of_role(self.session, self.settings.id, self.role, now, as_of=self.as_of)
        self.held = {stint.rep.id: stint for stint in found}

    def period(self, days: _Days) -> Period:
        zone = ZoneInfo(self.settings.time_zone)
        first, beyond = days
        return Period(f"{first}..{beyond}", start_of_day(first, zone), start_of_day(beyond, zone), zone)

    def figures(self, days: _Days) -> _Figures:
        if days not in self.counted:
            self.counted[days] = self._count(self.period(days))
        return self.counted[days]

    def _count(self, period: Period) -> _Figures:
        stints_held = list(self.held.values())
        rows = tallies.of_stints(self.session, self.settings.id, stints_held, period, as_of=self.as_of)
        cost = self.settings.tool_cost
        return {
            row.rep: {
                one.key: one.value
                for one in measures(self.role, row.tally, row.presence, monthly_tool_cost=cost)
            }
            for row in rows
        }

    def pair(self, rep: int, metric: Metric, weeks: Window) -> tuple[float, float] | None:
        """A rep's figure before and after; None where one of them is missing."""
        before = self.figures(weeks.before)[rep].get(metric)
        after = self.figures(weeks.after)[rep].get(metric)
        return None if before is None or after is None else (before, after)


def _observations(
    team: _Team, metric: Metric, own: Iterable[Held], held: Iterable[Held], today: date
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
        free = [weeks for weeks in ready if not _was_coached(met.get(rep, ()), weeks)]
        pairs = [pair for weeks in free if (pair := team.pair(rep, metric, weeks))]
        if pairs:
            yield comparison(rep, pairs, min(weeks.weeks_after for weeks in free))


def _met(held: Iterable[Held]) -> dict[int, list[date]]:
    """The days of each learner's sessions, on whatever metric."""
    met: dict[int, list[date]] = {}
    for one in held:
        met.setdefault(one.learner, []).append(one.held_on)
    return met


def _was_coached(days: Collection[date], weeks: Window) -> bool:
    return any(weeks.before[0] <= day < weeks.after[1] for day in days)


def _cost(own: Sequence[Held], settings: WorkspaceSettings) -> float:
    """The coaches' minutes at the credit rate."""
    given = [
        HeldSession(one.id, one.coach, one.learner, one.held_on, one.minutes, one.commitment) for one in own
    ]
    return float(credit(sum(one.minutes for one in credited(given)), settings.credit_rate))
