"""Targets: what is to be reached, by a role or by one rep of it."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.domain import targets as rules
from bot.domain.access import Subject
from bot.domain.periods import Period, trailing_weeks
from bot.domain.tally import Presence
from bot.services import people, rankings, workspaces
from bot.words import Metric, Role
from storage.queries import goals as queries
from storage.tables import Target


def on(
    session: Session, workspace_id: int, role: Role, day: date, *, person_id: int | None = None
) -> dict[Metric, float]:
    """In force on a day: a rep's own, and where there is none the role's."""
    rows = queries.targets(session, workspace_id, role, person_id, day)
    found = _latest(row for row in rows if row.person_id is None)
    return found | _latest(row for row in rows if row.person_id is not None)


def own(session: Session, workspace_id: int, role: Role, person_id: int, day: date) -> dict[Metric, float]:
    """Those of the rep alone."""
    rows = queries.targets(session, workspace_id, role, person_id, day)
    return _latest(row for row in rows if row.person_id is not None)


def of_period(
    session: Session,
    workspace_id: int,
    role: Role,
    person_id: int,
    period: Period,
    presence: Presence,
    *,
    as_of: datetime,
) -> dict[Metric, float]:
    """What a rep was to reach in the period, by the targets of its last day."""
    day = rules.day_reached(period, as_of)
    given = on(session, workspace_id, role, day, person_id=person_id)
    asked = {metric: rules.over(value, metric, presence) for metric, value in given.items()}
    return {metric: value for metric, value in asked.items() if value is not None}


def suggested(session: Session, workspace_id: int, role: Role, *, now: datetime) -> dict[Metric, float]:
    zone = ZoneInfo(workspaces.settings(session, workspace_id).time_zone)
    weeks = trailing_weeks(now, zone, rules.WEEKS)
    shown = rankings.evidence(session, workspace_id, role, weeks, as_of=now)
    return rules.suggested(shown, weeks.days)


def change(
    session: Session,
    workspace_id: int,
    role: Role,
    given: Mapping[Metric, float | None],
    *,
    from_day: date,
    person_id: int | None = None,
) -> int:
    """Set what differs from the targets of that day; returns how many did. Raises BadInput."""
    rules.require_known(role, given)
    if person_id is None:
        before = on(session, workspace_id, role, from_day)
    else:
        before = own(session, workspace_id, role, person_id, from_day)
    changed = {metric: value for metric, value in given.items() if value != before.get(metric)}
    session.add_all(
        Target(
            workspace_id=workspace_id,
            role=role,
            person_id=person_id,
            metric=metric,
            value=value,
            from_day=from_day,
        )
        for metric, value in changed.items()
    )
    return len(changed)


def teams_with(session: Session, workspace_id: int, role: Role, day: date) -> Subject:
    """The teams in which somebody holds the role: who leads one of them has a say in what the role should reach."""
    roster = people.roster(session, workspace_id, day)
    return Subject(team_ids=frozenset(place.team_id for _someone, place in roster if place.role is role))


def _latest(rows: Iterable[Target]) -> dict[Metric, float]:
    last = {row.metric: row.value for row in rows}
    return {metric: value for metric, value in last.items() if value is not None}
