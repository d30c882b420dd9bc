"""Slack users put on the roster, and what they are there."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from sqlmodel import Session

from bot.domain.setup import Enrolled, Teammate
from bot.errors import BadInput, NotFound
from bot.language import gettext as _
from bot.services import members, people, setup
from bot.words import Role
from storage.queries import members as queries
from storage.queries import people as everyone
from storage.tables import EVER, Membership, Team

_DAY = timedelta(days=1)


def team(session: Session, workspace_id: int, team_id: int) -> Team:
    """Raises NotFound."""
    found = next((one for one in everyone.teams(session, workspace_id) if one.id == team_id), None)
    if found is None:
        raise NotFound(_("There is no such team."))
    return found


def enrol(
    session: Session,
    workspace_id: int,
    users: Iterable[Mapping[str, Any]],
    team_id: int,
    role: Role,
    *,
    today: date,
) -> Enrolled:
    """Put Slack users (as `users.list` tells them) into a team; who has a role today keeps it. No bots, nobody gone."""
    added, known = [], []
    into = team(session, workspace_id, team_id)
    for user in users:
        if user.get("is_bot") or user.get("deleted") or user["id"] == "USLACKBOT":
            continue
        person = setup.known_or_new(session, workspace_id, user)
        members.link(session, workspace_id, [user])
        if people.place_on(session, workspace_id, person.id, today) is None:
            _add(session, workspace_id, person.id, into.id, role, EVER)
            added.append(person.name)
        else:
            known.append(person.name)
    return Enrolled(added, known)


def teammates(session: Session, workspace_id: int, team_id: int | None, today: date) -> list[Teammate]:
    """By name; without a team, everybody's."""
    return [
        Teammate(someone.id, someone.name, place.role)
        for someone, place in people.roster(session, workspace_id, today)
        if team_id in (None, place.team_id)
    ]


def put_right(
    session: Session, workspace_id: int, team_id: int, person_id: int, role: Role, *, today: date
) -> bool:
    """The role was wrong from its first day, as happens while setting up; whether anything changed."""
    held = _held(session, workspace_id, person_id, today)
    here = next((one for one in held if one.team_id == team_id), None)
    if here is None:
        raise NotFound(_("Somebody was taken off this team meanwhile. Please open the form again."))
    if here.role is role or any(one.team_id == team_id and one.role is role for one in held):
        return False
    here.role = role
    session.flush()
    return True


def change(
    session: Session,
    workspace_id: int,
    person_id: int,
    *,
    team_id: int,
    role: Role,
    from_day: date,
) -> None:
    """From that day on in this team and role; what was before stays with the old one. Raises BadInput."""
    into = team(session, workspace_id, team_id)
    held = _all(session, workspace_id, person_id)
    if any(one.started_on > from_day for one in held):
        raise BadInput(_("Something was changed after that day. Please pick a later one."), field="from_day")
    open_ones = [one for one in held if one.ended_on is None or one.ended_on >= from_day]
    if [(one.team_id, one.role) for one in open_ones] == [(into.id, role)]:
        return
    end(session, workspace_id, person_id, last_day=day_before(from_day))
    _add(session, workspace_id, person_id, into.id, role, from_day)


def day_before(day: date) -> date:
    return day - _DAY


def end(session: Session, workspace_id: int, person_id: int, *, last_day: date) -> None:
    """No role after that day; one that would begin later never was."""
    for one in _all(session, workspace_id, person_id):
        if one.started_on > last_day:
            session.delete(one)
        elif one.ended_on is None or one.ended_on > last_day:
            one.ended_on = last_day
    session.flush()


def _add(
    session: Session, workspace_id: int, person_id: int, team_id: int, role: Role, from_day: date
) -> None:
    session.add(
        Membership(
            workspace_id=workspace_id, person_id=person_id, team_id=team_id, role=role, started_on=from_day
        )
    )
    session.flush()


def _held(session: Session, workspace_id: int, person_id: int, day: date) -> list[Membership]:
    return [one for one, _team in queries.teams_on(session, workspace_id, person_id, day)]


def _all(session: Session, workspace_id: int, person_id: int) -> list[Membership]:
    return [one for one, _team in everyone.memberships(session, workspace_id) if one.person_id == person_id]
