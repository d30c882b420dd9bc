"""Setting it up: who begins, how far it is, and what an admin decides for the whole workspace."""

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

from bot.calendar.wallclock import local_date
from bot.core.currencies import is_currency
from bot.core.enums import SELLING_ROLES, AuditAct, Role
from bot.core.errors import BadInput, NotAllowed
from bot.core.i18n import gettext as _
from bot.digest.services import plan as digest_plans
from bot.handoffs.services import criteria
from bot.people.services import audit_log, members, people
from bot.people.services import workspace as workspaces
from bot.people.services.people import Place
from bot.scorecards.services import targets
from bot.setup.domain import Costs, Progress, Step
from storage.books import Books
from storage.queries.people import members as queries
from storage.queries.people import people as people_queries
from storage.tables import Person, Team, Workspace

COSTS, DIGEST = "costs and keeping", "digest"
"""What the audit log calls these settings."""
LONGEST_NAME = 80


def has_admin(books: Books) -> bool:
    return bool(queries.admins(books))


def begin(books: Books, user: Mapping[str, Any]) -> None:
    """An admin or owner of the Slack workspace becomes Cornerman's first admin; `user` is as `users.info` tells."""
    if not may_begin(user) or members.is_foreign(books, user):
        raise NotAllowed(
            _("An admin or owner of your Slack workspace has to begin. Ask one of them to open this tab.")
        )
    if has_admin(books):
        raise NotAllowed(_("Somebody has begun already. Ask them to make you an admin."))
    person = known_or_new(books, user)
    person.is_admin = True
    members.link(books, [user])
    audit_log.note(books, person.id, AuditAct.SET, whom_id=person.id, what="rights: – → first admin")


def may_begin(user: Mapping[str, Any]) -> bool:
    """Whether Slack says so of its user."""
    return bool(user.get("is_admin") or user.get("is_owner"))


def known_or_new(books: Books, user: Mapping[str, Any]) -> Person:
    """The person of a Slack user, by id, else by email; a new one where there is none.

    Raises BadInput where somebody else in Slack is linked to the person of that email.
    """
    profile = user.get("profile", {})
    email = str(profile.get("email") or "").strip().lower() or None
    known = queries.by_slack_user(books, str(user["id"]))
    if known is not None:
        return known
    known = queries.by_email(books, email) if email else None
    if known is not None and known.slack_user_id is not None:
        raise BadInput(
            _("The email of {name} belongs to another Slack account here.").format(name=known.name)
        )
    if known is not None:
        return known
    name = " ".join(str(profile.get("real_name") or user.get("real_name") or _("Somebody")).split())
    if email is None:
        name = _of_nobody_else(books, name)
    person = Person(workspace_id=books.workspace_id, name=name, email=email, slack_user_id=str(user["id"]))
    person.time_zone, person.locale = members.zone_of(user), user.get("locale")
    books.session.add(person)
    books.session.flush()
    return person


def _of_nobody_else(books: Books, name: str) -> str:
    """Without an email the name is the key: a second `Kim` is `Kim 2`."""
    spelt = (name if n == 1 else f"{name} {n}" for n in count(1))
    return next(one for one in spelt if not people_queries.by_name(books, one))


def progress(books: Books) -> Progress:
    teams = people_queries.teams(books)
    today = _today(books)
    places = [place for _someone, place in people.roster(books, today)]
    lacking = [one for one in teams if one.channel and _lacks_people(one.id, places)]
    team = max(lacking, key=lambda one: one.id) if lacking else next(iter(teams), None)
    roles = [place.role for place in places if not lacking or (team and place.team_id == team.id)]
    done = {
        Step.TEAM: any(one.channel for one in teams),
        Step.PEOPLE: sum(role in SELLING_ROLES for role in roles) > (0 if len(teams) > 1 else 1),
        Step.ROLES: Role.MANAGER in roles,
        Step.DIGEST: any(audit_log.version(books, DIGEST, team_id=one.id) for one in teams),
        Step.CHECKLIST: bool(criteria.checklist(books)),
        Step.TARGETS: any(targets.targets_on(books, role, today) for role in SELLING_ROLES),
        Step.COSTS: audit_log.version(books, COSTS) > 0,
    }
    return Progress(
        done,
        team.id if team else None,
        team.name if team else "",
        team.channel if team else None,
        len(places),
        is_one_of_several=len(teams) > 1,
    )


def _lacks_people(team_id: int, places: Sequence[Place]) -> bool:
    """Nobody sells in it yet, or nobody leads it."""
    roles = {place.role for place in places if place.team_id == team_id}
    return roles.isdisjoint(SELLING_ROLES) or Role.MANAGER not in roles


def found_team(books: Books, name: str, channel: str, *, zone: ZoneInfo) -> Team:
    """The team of that name, made where there is none, with its channel."""
    name = " ".join(name.split())
    if not 0 < len(name) <= LONGEST_NAME:
        raise BadInput(_("Please give the team a name."), field="name")
    team = people_queries.team_named(books, name)
    if team is None:
        team = Team(workspace_id=books.workspace_id, name=name, time_zone=zone.key)
        books.session.add(team)
        books.session.flush()
    weekday, at = team.digest_weekday, team.digest_time
    digest_plans.change(books, team.id, weekday=weekday, at=at, channel=channel)
    return team


def costs(books: Books) -> Costs:
    row = books.session.get_one(Workspace, books.workspace_id)
    return Costs(**{name: getattr(row, name) for name in Costs.__dataclass_fields__})


def set_costs(books: Books, wanted: Costs) -> None:
    """Raises BadInput for the first field to be mended."""
    for field in ("tool_cost", "credit_rate"):
        if not 0 <= getattr(wanted, field) <= 1_000_000:
            raise BadInput(_("Please give an amount from 0 to a million."), field=field)
    for field, most in (("keep_raw_days", 365), ("keep_messages_days", 365), ("keep_words_months", 120)):
        if not 1 <= getattr(wanted, field) <= most:
            raise BadInput(_("Please give a whole number from 1 to {most}.").format(most=most), field=field)
    if not is_currency(wanted.currency.upper()):
        raise BadInput(_("Please give a currency by its three letters, such as EUR."), field="currency")
    row = books.session.get_one(Workspace, books.workspace_id)
    for name in Costs.__dataclass_fields__:
        setattr(row, name, getattr(wanted, name))
    row.currency = wanted.currency.upper()
    books.session.flush()


def _today(books: Books) -> date:
    return local_date(books.now, ZoneInfo(workspaces.settings(books).time_zone))
