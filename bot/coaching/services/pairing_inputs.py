"""What a week's pairing is made of: who may coach and learn, how strong they are, and what binds them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.calendar.periods import Period, trailing_weeks
from bot.calendar.wallclock import start_of_day
from bot.calls.services import conversations
from bot.coaching.domain.cycles import Cycles
from bot.coaching.domain.focus import Focus, Skill, focuses, skills, weighed
from bot.coaching.domain.matching import Coach, Learner, WorkDay, work_day
from bot.coaching.domain.pairs import Cycle, PairingRules
from bot.coaching.services import coach_record, coaching_debt
from bot.coaching.services.pairing_rules import bonds
from bot.coaching.services.preferences import offers
from bot.core.enums import SELLING_ROLES, Metric, Role
from bot.core.session_cache import read_once
from bot.people.domain.someone import Someone
from bot.people.services import calendars, teams
from bot.people.services import workspace as workspaces
from bot.people.services.people import someone
from bot.people.services.workspace import WorkspaceSettings
from bot.pipeline.domain.feeds import Silence
from bot.pipeline.services import feeds
from bot.scorecards.domain.definitions import stopped, worked_on
from bot.scorecards.domain.estimates import RoleEstimates, with_share
from bot.scorecards.services import estimates as role_estimates
from bot.scorecards.services import targets
from storage.books import Books
from storage.tables import Pairing, Person, Team

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
    told: Mapping[tuple[int, int], Pairing]
    """By coach and learner, the pairs of the week that stand."""
    silences: tuple[Silence, ...]


@dataclass(frozen=True, slots=True, eq=False)
class _Figures:
    """What every rep can do and should work on, of which metrics, and what came of coaches; blank where unknown."""

    skills: Mapping[Role, Mapping[int, Mapping[Metric, Skill]]]
    focuses: Mapping[Role, Mapping[int, Focus]]
    ratings: Mapping[int, tuple[int, ...]]
    lifts: Mapping[int, tuple[float, ...]]
    weighed: Mapping[Role, Collection[Metric]] = field(default_factory=dict)
    silences: tuple[Silence, ...] = ()


def pairing_inputs(
    books: Books, team: Team, week: date, *, as_of: datetime, anew: int | None = None
) -> Inputs:
    """What the pairs of the week are made of, as known at `as_of`; `anew`: who declined, and is matched again."""
    return _inputs(books, team, week, _figures(books, team, week, as_of=as_of), anew)


def inputs_without_figures(books: Books, team: Team, week: date) -> Inputs:
    """The same without anybody's figures: enough to know what the rules forbid, and quick."""
    return _inputs(books, team, week, _Figures({}, {}, {}, {}))


def _inputs(books: Books, team: Team, week: date, figures: "_Figures", anew: int | None = None) -> Inputs:
    common = _common(books, week)
    roster, make = common.roster, _Makers(common, figures, week)
    own = {id for id, rep in roster.items() if rep.team.id == team.id}
    learners = {id for id in own if roster[id].role in SELLING_ROLES}
    bound = bonds(books, team.id, week, by_lot=team.draws_lots, anew=anew)
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
        told={(one.coach_id, one.learner_id): one for one in bound.this_week},
        silences=figures.silences,
    )


def reps_of(books: Books, team_id: int | None, day: date) -> dict[int, Someone]:
    """Those who sell in the team that day, or anywhere (None), by id."""
    return {
        id: rep.someone
        for id, rep in _roster(books, day).items()
        if rep.role in SELLING_ROLES and team_id in (None, rep.team.id)
    }


def _fits(cycle: Cycle, roster: Mapping[int, OnRoster]) -> bool:
    """Who changed roles has nothing left to learn for the old one's metric."""
    learner = roster.get(cycle.learner)
    return learner is not None and cycle.metric in worked_on(learner.role)


@dataclass(frozen=True, slots=True, eq=False)
class _Common:
    """What the pairings of all teams in a week share."""

    roster: Mapping[int, OnRoster]
    settings: WorkspaceSettings
    away: Collection[int]
    topics: Mapping[int, frozenset[Metric]]


@read_once
def _common(books: Books, week: date) -> _Common:
    roster = _roster(books, _day_of(week, books.now.date()))
    return _Common(
        roster,
        workspaces.settings(books),
        calendars.away_all_week(books, {id: rep.team.country for id, rep in roster.items()}, week),
        offers(books),
    )


def _day_of(week: date, today: date) -> date:
    """On which the week finds its people: a running one those who are still here, any other those of its Monday."""
    return today if week <= today < week + timedelta(weeks=1) else week


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
        focus = self.figures.focuses.get(rep.role, {}).get(id)
        asked = [focus.metric] if focus else self.figures.weighed.get(rep.role, ())
        return Learner(
            rep=id,
            role=rep.role,
            day=self._day(rep),
            focus=focus,
            skills=self.figures.skills.get(rep.role, {}).get(id, {}),
            opted_out=not rep.person.wants_coaching,
            away=id in self.common.away,
            silent=stopped(rep.role, asked, self.figures.silences),
        )

    def _day(self, rep: OnRoster) -> WorkDay:
        return work_day(
            self.week,
            rep.person.work_starts or self.common.settings.work_starts,
            rep.person.work_ends or self.common.settings.work_ends,
            ZoneInfo(rep.person.time_zone or rep.team.time_zone),
        )


def _roster(books: Books, day: date) -> dict[int, OnRoster]:
    """People by id; who holds several roles that day stands in the selling one held longest.

    Managers who coach are there too: they have no figures, and take whom nobody of the team who is strong there can.
    """
    held = sorted(
        teams.roster_on(books, day),
        key=lambda row: (row[1].role not in SELLING_ROLES, row[1].started_on),
    )
    found: dict[int, OnRoster] = {}
    for person, membership, team in held:
        if person.id not in found and (membership.role in SELLING_ROLES or person.willing):
            found[person.id] = OnRoster(someone(person), membership.role, person, team)
    return found


def _figures(books: Books, team: Team, week: date, *, as_of: datetime) -> _Figures:
    zone = ZoneInfo(team.time_zone)
    period = trailing_weeks(min(as_of, start_of_day(week, zone)), zone, WEEKS)
    return replace(_over(books, period, as_of), silences=feeds.silences(books.at(as_of), team))


@read_once
def _over(books: Books, period: Period, as_of: datetime) -> _Figures:
    least = coaching_debt.rules(books).least_gap
    role_estimates.read_ahead(books, [(role, period) for role in SELLING_ROLES], as_of=as_of)
    estimates: dict[Role, RoleEstimates] = {
        role: with_share(
            role_estimates.of_role(books, role, period, as_of=as_of),
            Metric.TALK_BALANCE,
            conversations.balance(books, role, period),
        )
        for role in SELLING_ROLES
    }
    weights = {role: targets.weights_of_period(books, role, period, as_of=as_of) for role in estimates}
    return _Figures(
        {role: skills(found) for role, found in estimates.items()},
        {role: focuses(found, weights[role], least=least) for role, found in estimates.items()},
        coach_record.ratings(books, until=as_of.date()),
        coach_record.lifts(books, as_of=as_of),
        {role: weighed(role, own) for role, own in weights.items()},
    )


def _room(rep: OnRoster, busy: Mapping[int, int]) -> int:
    return max(rep.person.coach_capacity - busy.get(rep.someone.id, 0), 0)
