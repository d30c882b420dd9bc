"""Who somebody is: found by whatever people call them, and what they were, and where, on a day."""

import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.domain.access import Viewer
from bot.domain.cycles import AGREED, CYCLE
from bot.domain.stints import foremost
from bot.domain.wallclock import local_date
from bot.errors import BadInput, NotFound
from bot.language import gettext as _
from bot.services import workspaces
from bot.words import Metric, Role
from storage.queries import members
from storage.queries import people as queries
from storage.tables import Membership, Person, Team


@dataclass(frozen=True, slots=True)
class Someone:
    """A person of the roster."""

    id: int
    name: str
    email: str | None
    slack_user_id: str | None
    is_admin: bool


@dataclass(frozen=True, slots=True)
class Place:
    """A role in a team, from the first to the last day, both included; None: until further notice."""

    role: Role
    team_id: int
    team: str
    zone: ZoneInfo
    started_on: date
    ended_on: date | None


def find(session: Session, workspace_id: int, who: str) -> Someone:
    """The person of an email, a Slack user id or an exact name.

    Raises NotFound for nobody, BadInput for a name that several people bear.
    """
    said = " ".join(unicodedata.normalize("NFC", who).split())  # as the import keeps names
    person = members.by_email(session, workspace_id, said) or members.by_slack_user(
        session, workspace_id, said
    )
    called = [person] if person else queries.by_name(session, workspace_id, said)
    if len(called) > 1:
        raise BadInput(_("Several people are called {name}; use an email.").format(name=said))
    if not called:
        raise NotFound(_("Nobody on the roster is called {name}.").format(name=said))
    return _someone(called[0])


def roster(session: Session, workspace_id: int, day: date) -> list[tuple[Someone, Place]]:
    """Everybody with each of their places on the day, by name."""
    held = queries.members_on(session, workspace_id, day)
    return [(_someone(person), _place(membership, team)) for person, membership, team in held]


def place_on(session: Session, workspace_id: int, person_id: int, day: date) -> Place | None:
    """What the person stands in on the day (see `domain.stints.foremost`)."""
    held = members.teams_on(session, workspace_id, person_id, day)
    found = foremost(held, lambda one: one[0].role)
    return _place(*found) if found else None


def teams_led(session: Session, workspace_id: int, person_id: int, day: date) -> frozenset[int]:
    """The ids of the teams that the person leads on the day."""
    held = members.teams_on(session, workspace_id, person_id, day)
    return frozenset(team.id for membership, team in held if membership.role is Role.MANAGER)


def viewer(session: Session, workspace_id: int, person_id: int, *, now: datetime) -> Viewer:
    """What decides what a person may see at this moment; raises NotFound for nobody."""
    person = next(iter(members.by_ids(session, workspace_id, [person_id])), None)
    if person is None:
        raise NotFound(_("That person is not on the roster any more."))
    today = local_date(now, ZoneInfo(workspaces.settings(session, workspace_id).time_zone))
    return Viewer(
        person_id=person_id,
        is_admin=person.is_admin,
        managed_team_ids=teams_led(session, workspace_id, person_id, today),
        learners=_learners(session, workspace_id, person_id, today),
    )


def _learners(session: Session, workspace_id: int, coach_id: int, today: date) -> dict[int, Metric]:
    """Those the coach has agreed to coach, in the four weeks of a cycle, with the metric agreed on last."""
    monday = today - timedelta(days=today.weekday())
    pairs = queries.coached_after(session, workspace_id, coach_id, monday - CYCLE, statuses=AGREED)
    return {pair.learner_id: pair.metric for pair in pairs}


def _someone(person: Person) -> Someone:
    return Someone(person.id, person.name, person.email, person.slack_user_id, person.is_admin)


def _place(membership: Membership, team: Team) -> Place:
    return Place(
        membership.role,
        team.id,
        team.name,
        ZoneInfo(team.time_zone),
        membership.started_on,
        membership.ended_on,
    )
