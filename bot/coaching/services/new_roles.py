"""What helps in a new role: a coach's first month, told weekly, and a new manager's first ninety days."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from bot.calendar import periods
from bot.calendar.periods import Period
from bot.calendar.wallclock import local_date
from bot.calendar.working_hours import Quiet
from bot.calls.services import budget
from bot.coaching.domain import new_roles as rules
from bot.coaching.domain.new_roles import NINETY, NUMBERS, OF_ALL, FirstMonth, NinetyDays, Peer, Talk
from bot.coaching.services import pairing_inputs
from bot.core.enums import AGREED, SELLING_ROLES, Metric, Role, Unasked
from bot.people.services import calendars, members, teams, unasked
from bot.people.services.members import Member
from bot.people.services.teams import Floor
from bot.pipeline.services import stuck as pipelines
from bot.scorecards.domain.evidence import is_ramping
from bot.scorecards.domain.targets import TeamGoal, Together
from bot.scorecards.services import team_goals
from storage.books import Books
from storage.queries.coaching import pairing as pair_queries
from storage.queries.coaching import sessions

YEAR = timedelta(weeks=52)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Told:
    coach: Member
    month: FirstMonth


def to_tell(books: Books) -> list[tuple[int, str | None]]:
    """Coaches who may have to be told now, and the Slack users they are."""
    today = books.now.date()
    new = sessions.new_coaches(books, today - rules.MONTH - _DAY)
    found = unasked.to_hear(books, Unasked.FIRST_MONTH, since=today - rules.BETWEEN + _DAY, among=new)
    return [
        (coach.id, coach.slack_user_id)
        for coach in found
        if _is_due(books, members.member(books, coach.id), new[coach.id])
    ]


def take(books: Books, coach_id: int, *, quiet: tuple[Quiet, ...]) -> Told | None:
    """Claimed: what comes back is to be said now; None for nothing."""
    coach = members.member(books, coach_id)
    today = local_date(books.now, coach.zone)
    days = sessions.new_coaches(books, today - rules.MONTH - _DAY).get(coach_id)
    if days is None or not _is_due(books, coach, days, quiet) or not budget.has_room(books, coach):
        return None
    if not unasked.claim(books, coach.id, Unasked.FIRST_MONTH, today):
        return None
    rated = sessions.ratings(books, since=days[0], until=today)
    own = [rating for one, rating in rated if one == coach.id]
    return Told(coach, rules.of(days[0], today, own, _peer(books, coach, today)))


def _is_due(books: Books, coach: Member, days: tuple[date, date], quiet: tuple[Quiet, ...] = ()) -> bool:
    today = local_date(books.now, coach.zone)
    last = unasked.last_sent(books, coach.id, Unasked.FIRST_MONTH)
    if not coach.roles or not unasked.may_be_sent(books, coach, Unasked.FIRST_MONTH):
        return False
    return rules.is_due(*days, last, today) and calendars.is_at_work(books, coach, quiet=quiet)


def _peer(books: Books, coach: Member, today: date) -> Peer | None:
    """Of those who offer to coach, of the coach's own team first, who did so most often; None where nobody did."""
    held = [one for one in teams.roster_on(books, today) if one[0].willing and one[0].id != coach.id]
    own = {team.id for person, _membership, team in teams.roster_on(books, today) if person.id == coach.id}
    names = {person.id: (person.name, team.id in own) for person, _membership, team in held}
    given = Counter(one for one, _day in sessions.as_coach(books, names, today - YEAR, today))
    if not given:
        return None
    best = max(given, key=lambda one: (names[one][1], given[one], -one))
    return Peer(names[best][0], given[best])


def page(books: Books, manager: Member, floor: Floor) -> NinetyDays:
    today = local_date(books.now, floor.zone)
    reps = pairing_inputs.reps_of(books, floor.id, today)
    held = [one for one in teams.roster_on(books, today) if floor.id in (None, one[2].id)]
    selling = [one for one in held if one[1].role in SELLING_ROLES]
    last = sessions.last_as_learner(books, reps.keys(), today)
    talks = [Talk(one, (today - last[id]).days if id in last else None) for id, one in reps.items()]
    talks.sort(key=lambda one: (one.days is not None, -(one.days or 0), one.person.name))
    quarter = periods.parse(periods.DEFAULT, now=books.now, zone=floor.zone)
    pipeline = pipelines.of_team(books, floor.id, quarter, as_of=books.now)
    began = [
        place.started_on
        for person, place, _team in held
        if person.id == manager.id and place.role is Role.MANAGER
    ]
    days = (today - max(began)).days if began else NINETY.days
    monday = today - timedelta(days=today.weekday())
    pairs = pair_queries.between(books, monday, monday)
    return NinetyDays(
        team=floor.name,
        day=days + 1 if days < NINETY.days else None,
        numbers=tuple(_numbers(books, floor, quarter, {place.role for _person, place, _team in selling})),
        stuck=pipeline.stuck,
        open=pipeline.open,
        talks=tuple(talks),
        coaches=tuple(sorted(person.name for person, _place, _team in held if person.willing)),
        new=tuple(
            sorted(person.name for person, place, _team in selling if is_ramping(place.started_on, today))
        ),
        pairs=sum(one.team_id == floor.id and one.status in AGREED for one in pairs),
    )


def _numbers(books: Books, floor: Floor, quarter: Period, roles: set[Role]) -> list[Together]:
    """Those that the team has; without a goal, so that nothing is promised."""
    asked: list[Metric] = [metric for role, metric in NUMBERS.items() if role in roles]
    found = [
        team_goals.pooled(books, floor, TeamGoal(metric, 1.0), quarter, as_of=books.now)
        for metric in (*asked, *OF_ALL)
    ]
    return [one for one in found if one.of]
