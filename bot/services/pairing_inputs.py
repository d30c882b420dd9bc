"""What a week's pairing is made of: who may coach and learn, how strong they are, and what binds them."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.domain import topics
from bot.domain.cycles import Cycles
from bot.domain.definitions import metrics_of
from bot.domain.estimates import RoleEstimates
from bot.domain.focus import Focus, Skill, focuses, skills
from bot.domain.matching import Coach, Learner, WorkDay
from bot.domain.pairing import Cycle, PairingRules
from bot.domain.periods import Period, trailing_weeks
from bot.domain.plans import Someone
from bot.domain.wallclock import first_valid, start_of_day
from bot.services import absences, rankings, records, rosters, weights, workspaces
from bot.services.pairing_rules import bonds
from bot.services.remembered import once
from bot.services.workspaces import WorkspaceSettings
from bot.words import SELLING_ROLES, Metric, Role
from storage.queries import coach_topics, sessions
from storage.tables import Person, Team

WEEKS = 13
"""Weeks of figures that a pairing looks at."""


@dataclass(frozen=True, slots=True)
class OnRoster:
    """A rep or a manager as the week finds them."""

    someone: Someone
    role: Role
    person: Person
    team: Team


@dataclass(frozen=True, slots=True, eq=False)
class Inputs:
    """`own` may coach the team's learners; `others` are coaches of other teams, for learners nobody here can help.

    Capacities are what is left beside the pairs of other teams.
    """

    roster: Mapping[int, OnRoster]
    own: Sequence[Coach]
    others: Sequence[Coach]
    learners: Sequence[Learner]
    rules: PairingRules
    cycles: Cycles


@dataclass(frozen=True, slots=True, eq=False)
class _Figures:
    """What every rep can do and should work on, and what came of each coach's work; blank where nothing is known."""

    skills: Mapping[Role, Mapping[int, Mapping[Metric, Skill]]]
    focuses: Mapping[Role, Mapping[int, Focus]]
    ratings: Mapping[int, tuple[int, ...]]
    lifts: Mapping[int, tuple[float, ...]]


def gather(session: Session, workspace_id: int, team: Team, week: date, *, as_of: datetime) -> Inputs:
    """Everything for the pairs of the week that begins on `week`, from what is known at `as_of`."""
    figures = _figures(session, workspace_id, team, week, as_of=as_of)
    return _inputs(session, workspace_id, team, week, figures)


def bare(session: Session, workspace_id: int, team: Team, week: date) -> Inputs:
    """The same without anybody's figures, which is enough to know what the rules forbid, and quick."""
    return _inputs(session, workspace_id, team, week, _Figures({}, {}, {}, {}))


def _inputs(session: Session, workspace_id: int, team: Team, week: date, figures: "_Figures") -> Inputs:
    common = once(session, ("in common", workspace_id, week), lambda: _common(session, workspace_id, week))
    roster, make = common.roster, _Makers(common, figures, week)
    own = {id for id, rep in roster.items() if rep.team.id == team.id}
    learners = {id for id in own if roster[id].role in SELLING_ROLES}
    bound = bonds(session, workspace_id, team.id, week)
    busy, guests = bound.learners_elsewhere(learners), bound.guests(own)
    return Inputs(
        roster,
        own=[
            *(make.coach(id, _room(rep, busy)) for id, rep in roster.items() if id in own),
            *(make.coach(id, min(n, _room(roster[id], busy))) for id, n in guests.items() if id in roster),
        ],
        others=[
            make.coach(id, _room(rep, busy))
            for id, rep in roster.items()
            if rep.person.willing and rep.role in SELLING_ROLES and id not in own and id not in guests
        ],
        learners=[make.learner(id) for id in learners],
        rules=replace(bound.rules, running=[one for one in bound.rules.running if _fits(one, roster)]),
        cycles=bound.cycles,
    )


def reps_of(session: Session, workspace_id: int, team_id: int | None, day: date) -> dict[int, Someone]:
    """Those who sell in the team that day, or anywhere (None), by id."""
    return {
        id: rep.someone
        for id, rep in _roster(session, workspace_id, day).items()
        if rep.role in SELLING_ROLES and team_id in (None, rep.team.id)
    }


def _fits(cycle: Cycle, roster: Mapping[int, OnRoster]) -> bool:
    """Who changed roles has nothing left to learn for the old one's metric."""
    learner = roster.get(cycle.learner)
    return learner is not None and cycle.metric in metrics_of(learner.role)


@dataclass(frozen=True, slots=True, eq=False)
class _Common:
    """What the pairings of all teams in a week share."""

    roster: Mapping[int, OnRoster]
    settings: WorkspaceSettings
    away: Collection[int]
    topics: Mapping[int, frozenset[Metric]]


def _common(session: Session, workspace_id: int, week: date) -> _Common:
    roster = _roster(session, workspace_id, week)
    return _Common(
        roster,
        workspaces.settings(session, workspace_id),
        absences.all_week(session, workspace_id, {id: rep.team.country for id, rep in roster.items()}, week),
        _offers(session, workspace_id),
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Makers:
    """Makes coaches and learners of people on the roster."""

    common: _Common
    figures: _Figures
    week: date

    def coach(self, id: int, capacity: int) -> Coach:
        rep = self.common.roster[id]
        return Coach(
            rep=id,
            role=rep.role,
            capacity=capacity,
            day=self._day(rep),
            skills=self.figures.skills.get(rep.role, {}).get(id, {}),
            willing=rep.person.willing,
            away=id in self.common.away,
            ratings=self.figures.ratings.get(id, ()),
            lifts=self.figures.lifts.get(id, ()),
            only=self.common.topics.get(id),
        )

    def learner(self, id: int) -> Learner:
        rep = self.common.roster[id]
        return Learner(
            rep=id,
            role=rep.role,
            day=self._day(rep),
            focus=self.figures.focuses.get(rep.role, {}).get(id),
            skills=self.figures.skills.get(rep.role, {}).get(id, {}),
            opted_out=not rep.person.wants_coaching,
            away=id in self.common.away,
        )

    def _day(self, rep: OnRoster) -> WorkDay:
        return _work_day(
            self.week,
            rep.person.work_starts or self.common.settings.work_starts,
            rep.person.work_ends or self.common.settings.work_ends,
            ZoneInfo(rep.person.time_zone or rep.team.time_zone),
        )


@lru_cache(maxsize=1024)
def _work_day(day: date, starts: time, ends: time, zone: ZoneInfo) -> WorkDay:
    """Most people share their hours, which are counted once."""
    opens, closes = (first_valid(day, at, zone) for at in (starts, ends))
    hours = (closes - opens) / timedelta(hours=1)
    return WorkDay(opens.hour + opens.minute / 60, hours if hours > 0 else hours + 24)


def _roster(session: Session, workspace_id: int, day: date) -> dict[int, OnRoster]:
    """People by id; who holds several roles that day stands in the selling one held longest.

    Managers who coach are there too: they have no figures to be chosen by, and coach whom they are pinned with.
    """
    held = sorted(
        rosters.on(session, workspace_id, day),
        key=lambda row: (row[1].role not in SELLING_ROLES, row[1].started_on),
    )
    found: dict[int, OnRoster] = {}
    for person, membership, team in held:
        if person.id not in found and (membership.role in SELLING_ROLES or person.willing):
            found[person.id] = OnRoster(someone(person), membership.role, person, team)
    return found


def someone(person: Person) -> Someone:
    return Someone(person.id, person.name, person.email, person.named_publicly)


def _figures(session: Session, workspace_id: int, team: Team, week: date, *, as_of: datetime) -> _Figures:
    zone = ZoneInfo(team.time_zone)
    period = trailing_weeks(min(as_of, start_of_day(week, zone)), zone, WEEKS)
    return once(
        session, ("pairing", workspace_id, period, as_of), lambda: _over(session, workspace_id, period, as_of)
    )


def _over(session: Session, workspace_id: int, period: Period, as_of: datetime) -> _Figures:
    estimates: dict[Role, RoleEstimates] = {
        role: rankings.estimates(session, workspace_id, role, period, as_of=as_of) for role in SELLING_ROLES
    }
    return _Figures(
        {role: skills(found) for role, found in estimates.items()},
        {
            role: focuses(found, weights.of_period(session, workspace_id, role, period, as_of=as_of))
            for role, found in estimates.items()
        },
        _ratings(session, workspace_id, as_of.date()),
        records.lifts(session, workspace_id, as_of=as_of),
    )


def _ratings(session: Session, workspace_id: int, until: date) -> dict[int, tuple[int, ...]]:
    found: dict[int, list[int]] = defaultdict(list)
    for coach, rating in sessions.ratings(session, workspace_id, since=until - records.RECORD, until=until):
        found[coach].append(rating)
    return {coach: tuple(ratings) for coach, ratings in found.items()}


def _offers(session: Session, workspace_id: int) -> dict[int, frozenset[Metric]]:
    """What those coaches help with who have named topics."""
    named: dict[int, list[str]] = defaultdict(list)
    for person, topic in coach_topics.of_all(session, workspace_id):
        named[person].append(topic)
    return {person: topics.metrics_of(told) for person, told in named.items()}


def _room(rep: OnRoster, busy: Mapping[int, int]) -> int:
    return max(rep.person.coach_capacity - busy.get(rep.someone.id, 0), 0)
