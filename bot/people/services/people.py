"""Who somebody is, found by whatever people call them; and who held which role where, on a day and over a period."""

import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.calendar.periods import Period
from bot.calendar.wallclock import local_date
from bot.core.enums import AGREED, Metric, Role
from bot.core.errors import BadInput, NotFound
from bot.core.i18n import gettext as _
from bot.core.session_cache import read_once
from bot.people.domain.access import CYCLE, Viewer
from bot.people.domain.someone import Someone
from bot.people.domain.stints import Rep, Stint, foremost, in_role, standing
from bot.people.services import members
from bot.people.services import workspace as workspaces
from storage.books import Books
from storage.queries.people import members as member_queries
from storage.queries.people import people as queries
from storage.queries.people.people import Held
from storage.tables import Membership, Person, Team


@dataclass(frozen=True, slots=True)
class Place:
    """A role in a team, from the first to the last day, both included; None: until further notice."""

    role: Role
    team_id: int
    team: str
    zone: ZoneInfo
    started_on: date
    ended_on: date | None


def someone(person: Person) -> Someone:
    """The person of a row, without what is the row's own business."""
    return Someone(
        person.id, person.name, person.email, person.named_publicly, person.slack_user_id, person.is_admin
    )


def find(books: Books, who: str) -> Someone:
    """The person of an email, a Slack user id or an exact name.

    Raises NotFound for nobody, BadInput for a name that several people bear.
    """
    said = " ".join(unicodedata.normalize("NFC", who).split())  # as the import keeps names
    person = member_queries.by_email(books, said) or member_queries.by_slack_user(books, said)
    called = [person] if person else queries.by_name(books, said)
    if len(called) > 1:
        raise BadInput(_("Several people are called {name}; use an email.").format(name=said))
    if not called:
        raise NotFound(_("Nobody on the roster is called {name}.").format(name=said))
    return someone(called[0])


def roster(books: Books, day: date) -> list[tuple[Someone, Place]]:
    """Everybody with each of their places on the day, by name."""
    held = queries.members_on(books, day)
    return [(someone(person), _place(membership, team)) for person, membership, team in held]


def place_on(books: Books, person_id: int, day: date) -> Place | None:
    """What the person stands in on the day (see `foremost` of `bot.people.domain.stints`)."""
    found = foremost(members.held_on(books, person_id, day), lambda one: one[0].role)
    return _place(*found) if found else None


def teams_led(books: Books, person_id: int, day: date) -> frozenset[int]:
    """The ids of the teams that the person leads on the day."""
    held = members.held_on(books, person_id, day)
    return frozenset(team.id for membership, team in held if membership.role is Role.MANAGER)


@read_once
def viewer(books: Books, person_id: int) -> Viewer:
    """What decides what a person may see at this moment; raises NotFound for nobody."""
    person = members.person(books, person_id)
    today = local_date(books.now, ZoneInfo(workspaces.settings(books).time_zone))
    return Viewer(
        person_id=person_id,
        is_admin=person.is_admin,
        managed_team_ids=teams_led(books, person_id, today),
        learners=_learners(books, person_id, today),
    )


def _learners(books: Books, coach_id: int, today: date) -> dict[int, Metric]:
    """Those the coach has agreed to coach, in the four weeks of a cycle, with the metric agreed on last."""
    monday = today - timedelta(days=today.weekday())
    pairs = queries.coached_after(books, coach_id, monday - CYCLE, statuses=AGREED)
    return {pair.learner_id: pair.metric for pair in pairs}


def _place(membership: Membership, team: Team) -> Place:
    return Place(
        membership.role,
        team.id,
        team.name,
        ZoneInfo(team.time_zone),
        membership.started_on,
        membership.ended_on,
    )


def who_held(books: Books, role: Role, period: Period, *, as_of: datetime) -> list[Stint]:
    """Whoever holds the role at the period's end (at `as_of`, where it still runs), with their time in it."""
    _first, last = _days(period, as_of)
    return _on(books, role, last)


def ever_in_role(books: Books, role: Role, period: Period, *, as_of: datetime) -> list[Stint]:
    """Whoever held the role at any time of the period, with their time in it."""
    first, last = _days(period, as_of)
    found = []
    for stints in _until(books, last):
        held = [stint for stint in stints if stint.rep.role is role and stint.touches(first, last)]
        if held:
            found.append(in_role(stints, held[-1]))
    return found


@read_once
def stints_of(books: Books, person_id: int, period: Period, *, as_of: datetime) -> Stint:
    """The role and team that a person held at the period's end, or held latest in it; raises NotFound."""
    first, last = _days(period, as_of)
    ever = [_stint(one) for one in ever_held(books, person_id)]
    stints = _begun(ever, last)
    now = standing(stints, first, last)
    if now is None:
        raise NotFound(_no_numbers(begins_later=bool(_begun(ever, books.now.date()))))
    return in_role(stints, now)


def _no_numbers(*, begins_later: bool) -> str:
    if begins_later:
        return _(
            "There are no numbers for that period: it ended before this role began. They come with the next one."
        )
    return _("There are no numbers for that period: nobody had given this person a role yet.")


@read_once
def _on(books: Books, role: Role, day: date) -> list[Stint]:
    held = ((stints, standing(stints, day, day)) for stints in _until(books, day))
    return [in_role(stints, now) for stints, now in held if now and now.rep.role is role]


def _days(period: Period, as_of: datetime) -> tuple[date, date]:
    """The period's first day and the last one that has begun."""
    first = local_date(period.start, period.zone)
    return first, max(first, local_date(period.until(as_of).last, period.zone))


def _until(books: Books, day: date) -> Iterator[list[Stint]]:
    """By person, whatever had begun by the day, oldest first."""
    return (_begun(stints, day) for stints in _everybody(books))


@read_once
def _everybody(books: Books) -> list[list[Stint]]:
    people: dict[int, list[Stint]] = defaultdict(list)
    for row in queries.roles(books):
        people[row.person_id].append(_stint(row))
    return list(people.values())


def ever_held(books: Books, person_id: int) -> list[Held]:
    """Whatever the person was, is and will be, oldest first."""
    return [queries.held(*place) for place in members.places(books, person_id)]


def _begun(stints: Sequence[Stint], day: date) -> list[Stint]:
    return [stint for stint in stints if stint.started_on <= day]


def _stint(held: Held) -> Stint:
    rep = Rep(
        held.person_id,
        held.name,
        held.email,
        held.slack_user_id,
        held.named_publicly,
        held.role,
        held.team_id,
        held.team,
    )
    return Stint(rep, ZoneInfo(held.time_zone), held.country, held.started_on, held.ended_on)
