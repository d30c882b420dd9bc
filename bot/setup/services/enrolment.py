"""Slack users put on the roster, what they are there, and who hears first what this is."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.calendar.working_hours import Quiet
from bot.core.enums import Role
from bot.core.errors import BadInput, NotFound
from bot.core.i18n import gettext as _
from bot.people.domain.someone import Teammate
from bot.people.services import calendars, first_days, members, people, teams
from bot.people.services.members import Member
from bot.setup.domain import Enrolled
from bot.setup.services import setup
from storage.books import Books
from storage.queries.people import members as queries
from storage.queries.people import people as people_queries
from storage.tables import Membership, Team

_DAY = timedelta(days=1)


def team(books: Books, team_id: int) -> Team:
    """Raises NotFound."""
    found = next((one for one in people_queries.teams(books) if one.id == team_id), None)
    if found is None:
        raise NotFound(_("There is no such team."))
    return found


def enrol(
    books: Books, users: Iterable[Mapping[str, Any]], team_id: int, role: Role, *, today: date
) -> Enrolled:
    """Put Slack users (as `users.list` tells them) into a team; who has a role today keeps it. No bots, nobody
    gone, nobody of another workspace. A newcomer begins today, and whoever has records already began with the first."""
    added: list[str] = []
    known: list[str] = []
    new_ids: list[int] = []
    into = team(books, team_id)
    for user in users:
        if user.get("is_bot") or user.get("deleted") or user["id"] == "USLACKBOT":
            continue
        if members.is_foreign(books, user):
            continue
        person = setup.known_or_new(books, user)
        members.link(books, [user])
        if people.place_on(books, person.id, today) is None:
            since = first_days.of(books, person.id, ZoneInfo(into.time_zone), added_on=today)
            _add(books, person.id, into.id, role, since, since_added=True)
            added.append(person.name)
            new_ids.append(person.id)
        else:
            known.append(person.name)
    return Enrolled(added, known, tuple(new_ids))


def teammates(books: Books, team_id: int | None, today: date) -> list[Teammate]:
    """By name; without a team, everybody's."""
    return [
        Teammate(someone.id, someone.name, place.role)
        for someone, place in people.roster(books, today)
        if team_id in (None, place.team_id)
    ]


def put_right(books: Books, team_id: int, person_id: int, role: Role, *, today: date) -> bool:
    """The role was wrong from its first day, as happens while setting up; whether anything changed."""
    held = _held(books, person_id, today)
    here = next((one for one in held if one.team_id == team_id), None)
    if here is None:
        raise NotFound(_("Somebody was taken off this team meanwhile. Please open the form again."))
    if here.role is role or any(one.team_id == team_id and one.role is role for one in held):
        return False
    here.role = role
    books.session.flush()
    return True


def change(books: Books, person_id: int, *, team_id: int, role: Role, from_day: date) -> None:
    """From that day on in this team and role; what was before stays with the old one. Raises BadInput."""
    into = team(books, team_id)
    held = _all(books, person_id)
    if any(one.started_on > from_day and not one.since_added for one in held):
        raise BadInput(_("Something was changed after that day. Please pick a later one."), field="from_day")
    open_ones = [one for one in held if one.ended_on is None or one.ended_on >= from_day]
    here = [(one.team_id, one.role) for one in open_ones if one.started_on <= from_day]
    if len(open_ones) == 1 and here == [(into.id, role)]:
        return
    end(books, person_id, last_day=day_before(from_day))
    _add(books, person_id, into.id, role, from_day)


def day_before(day: date) -> date:
    return day - _DAY


def end(books: Books, person_id: int, *, last_day: date) -> None:
    """No role after that day; one that would begin later never was."""
    for one in _all(books, person_id):
        if one.started_on > last_day:
            books.session.delete(one)
        elif one.ended_on is None or one.ended_on > last_day:
            one.ended_on = last_day
    books.session.flush()


def _add(
    books: Books, person_id: int, team_id: int, role: Role, from_day: date, *, since_added: bool = False
) -> None:
    books.session.add(
        Membership(
            workspace_id=books.workspace_id,
            person_id=person_id,
            team_id=team_id,
            role=role,
            started_on=from_day,
            since_added=since_added,
        )
    )
    books.session.flush()


def _held(books: Books, person_id: int, day: date) -> list[Membership]:
    return [one for one, _team in queries.teams_on(books, person_id, day)]


def _all(books: Books, person_id: int) -> list[Membership]:
    return [one for one, _team in people_queries.memberships(books) if one.person_id == person_id]


def waiting(books: Books) -> list[Member]:
    """Who has to be told, is in a role and in Slack, and works now."""
    found = [members.member(books, id) for id in queries.welcome_due(books)]
    return [one for one in found if one.roles and calendars.is_at_work(books, one, welcoming=True)]


def take(books: Books, person_id: int, *, quiet: Sequence[Quiet] = ()) -> tuple[Member, str] | None:
    """The person and their team, whom the words are to be said to now; None where that has to wait, or was done."""
    person = queries.claim_welcome(books, person_id)
    if person is None:
        return None
    member = members.member(books, person_id)
    if not calendars.is_at_work(books, member, quiet=quiet, welcoming=True):
        return None
    person.welcome_due = False
    return member, teams.own(books, member).name


def nobody_is_new(books: Books) -> None:
    """Everybody on the roster knows already what this is."""
    for person_id in queries.welcome_due(books, everybody=True):
        person = queries.claim_welcome(books, person_id)
        if person is not None:
            person.welcome_due = False
