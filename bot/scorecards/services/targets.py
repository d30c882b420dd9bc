"""Targets: what is to be reached, by a role or by one rep of it."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.calendar.periods import Period, trailing_weeks
from bot.calendar.working_hours import Presence
from bot.core.enums import Metric, Role
from bot.people.domain.stints import Rep
from bot.people.services import people
from bot.people.services import workspace as workspaces
from bot.scorecards.domain.aims import targets as rules
from bot.scorecards.domain.definitions import DEFINITIONS
from bot.scorecards.domain.money import relief as relief_rules
from bot.scorecards.services import estimates as role_estimates
from bot.scorecards.services import relief
from storage.books import Books
from storage.queries.scorecards import targets as queries
from storage.tables import Target


def on(
    books: Books, role: Role, day: date, *, team_id: int | None = None, person_id: int | None = None
) -> dict[Metric, float]:
    """In force on a day: a rep's own, where there is none the team's, and where there is none every team's."""
    rows = queries.targets(books, role, day, team_id=team_id, person_id=person_id)
    own = _latest(row for row in rows if row.person_id is not None)
    of_team = _latest(row for row in rows if row.team_id is not None)
    return _latest(row for row in rows if row.person_id is None and row.team_id is None) | of_team | own


def own(books: Books, role: Role, person_id: int, day: date) -> dict[Metric, float]:
    """Those of the rep alone."""
    rows = queries.targets(books, role, day, team_id=None, person_id=person_id)
    return _latest(row for row in rows if row.person_id is not None)


def of_period(
    books: Books, rep: Rep, period: Period, presence: Presence, *, as_of: datetime
) -> dict[Metric, float]:
    """What a rep was to reach in the period, by the targets of its last day; less for the time spent on coaching."""
    day = rules.day_reached(period, as_of)
    given = on(books, rep.role, day, team_id=rep.team_id, person_id=rep.id)
    if not given:
        return {}
    spent = relief.minutes(books, [rep.id], period, as_of=as_of)[rep.id]
    less = relief_rules.share(spent, presence.present)
    asked = {metric: rules.over(value, metric, presence) for metric, value in given.items()}
    return {
        metric: relief_rules.relieved(value, less) if DEFINITIONS[metric].takes_selling_time else value
        for metric, value in asked.items()
        if value is not None
    }


def suggested(books: Books, role: Role) -> dict[Metric, float]:
    zone = ZoneInfo(workspaces.settings(books).time_zone)
    weeks = trailing_weeks(books.now, zone, rules.WEEKS)
    shown = role_estimates.evidence(books, role, weeks, as_of=books.now)
    return rules.suggested(shown, weeks.days)


def change(
    books: Books,
    role: Role,
    given: Mapping[Metric, float | None],
    *,
    from_day: date,
    team_ids: Collection[int] = (),
    person_id: int | None = None,
) -> int:
    """Set what differs from the targets of that day; returns how many did. Raises BadInput.

    For one person, else for the role in these teams, else for the role in every team.
    """
    rules.require_known(role, given)
    changed: dict[Metric, float | None] = {}
    for team_id in team_ids or (None,):
        before = (
            on(books, role, from_day, team_id=team_id)
            if person_id is None
            else own(books, role, person_id, from_day)
        )
        differs = {metric: value for metric, value in given.items() if value != before.get(metric)}
        changed |= differs
        books.session.add_all(
            Target(
                workspace_id=books.workspace_id,
                role=role,
                team_id=team_id,
                person_id=person_id,
                metric=metric,
                value=value,
                from_day=from_day,
            )
            for metric, value in differs.items()
        )
    return len(changed)


def teams_with(books: Books, role: Role, day: date) -> frozenset[int]:
    """The teams in which somebody holds the role."""
    return frozenset(place.team_id for _someone, place in people.roster(books, day) if place.role is role)


def _latest(rows: Iterable[Target]) -> dict[Metric, float]:
    last = {row.metric: row.value for row in rows}
    return {metric: value for metric, value in last.items() if value is not None}
