"""A new manager's first ninety days, from their own team's records."""

from datetime import timedelta

from bot.calendar import periods
from bot.calendar.periods import Period
from bot.calendar.wallclock import local_date
from bot.coaching.domain.new_roles.ninety_days import NINETY, NUMBERS, OF_ALL, NinetyDays, Talk
from bot.coaching.services import pairing_inputs
from bot.core.enums import AGREED, SELLING_ROLES, Metric, Role
from bot.people.services import teams
from bot.people.services.members import Member
from bot.people.services.teams import Floor
from bot.pipeline.services import stuck as pipelines
from bot.scorecards.domain.aims.team_goal import TeamGoal, Together
from bot.scorecards.domain.evidence import is_ramping
from bot.scorecards.services import team_goals
from storage.books import Books
from storage.queries.coaching import pairing as pair_queries
from storage.queries.coaching import sessions


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
