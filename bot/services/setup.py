"""Setting it up: who begins, how far it is, and what an admin decides for the whole workspace."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.domain.setup import Costs, Progress, Step
from bot.domain.wallclock import local_date
from bot.errors import BadInput, NotAllowed
from bot.language import gettext as _
from bot.services import audit, criteria, digest_plans, members, people, targets, workspaces
from bot.words import SELLING_ROLES, AuditAct, Role
from storage.queries import keepers as admins
from storage.queries import members as queries
from storage.queries import people as everyone
from storage.tables import Person, Team, Workspace

COSTS, DIGEST = "costs and keeping", "digest"
"""What the audit log calls these settings."""
LONGEST_NAME = 80


def has_admin(session: Session, workspace_id: int) -> bool:
    return bool(admins.admins(session, workspace_id))


def begin(session: Session, workspace_id: int, user: Mapping[str, Any], *, now: datetime) -> None:
    """An admin or owner of the Slack workspace becomes Cornerman's first admin; `user` is as `users.info` tells."""
    if not (user.get("is_admin") or user.get("is_owner")):
        raise NotAllowed(
            _("An admin or owner of your Slack workspace has to begin. Ask one of them to open this tab.")
        )
    if has_admin(session, workspace_id):
        raise NotAllowed(_("Somebody has begun already. Ask them to make you an admin."))
    person = known_or_new(session, workspace_id, user)
    person.is_admin = True
    members.link(session, workspace_id, [user])
    audit.note(session, workspace_id, person.id, AuditAct.SET, now=now, whom_id=person.id, what="first admin")


def known_or_new(session: Session, workspace_id: int, user: Mapping[str, Any]) -> Person:
    """The person of a Slack user, by id, else by email; a new one where there is none."""
    profile = user.get("profile", {})
    email = str(profile.get("email") or "").strip().lower() or None
    known = queries.by_slack_user(session, workspace_id, str(user["id"]))
    known = known or (queries.by_email(session, workspace_id, email) if email else None)
    if known is not None:
        return known
    name = " ".join(str(profile.get("real_name") or user.get("real_name") or user["id"]).split())
    if email is None and everyone.by_name(session, workspace_id, name):
        name = f"{name} ({user['id']})"  # without an email the name is the key
    person = Person(workspace_id=workspace_id, name=name, email=email, slack_user_id=str(user["id"]))
    person.time_zone, person.locale = members.zone_of(user), user.get("locale")
    session.add(person)
    session.flush()
    return person


def progress(session: Session, workspace_id: int, *, now: datetime) -> Progress:
    teams = everyone.teams(session, workspace_id)
    today = _today(session, workspace_id, now)
    roles = [place.role for _someone, place in people.roster(session, workspace_id, today)]
    team = next(iter(teams), None)
    done = {
        Step.TEAM: any(team.channel for team in teams),
        Step.PEOPLE: sum(role in SELLING_ROLES for role in roles) > 1,
        Step.ROLES: Role.MANAGER in roles,
        Step.DIGEST: any(audit.version(session, workspace_id, DIGEST, team_id=team.id) for team in teams),
        Step.CHECKLIST: bool(criteria.checklist(session, workspace_id)),
        Step.TARGETS: any(targets.on(session, workspace_id, role, today) for role in SELLING_ROLES),
        Step.COSTS: audit.version(session, workspace_id, COSTS) > 0,
    }
    return Progress(
        done, team.id if team else None, team.name if team else "", team.channel if team else None, len(roles)
    )


def found_team(
    session: Session, workspace_id: int, name: str, channel: str, *, zone: ZoneInfo, now: datetime
) -> Team:
    """The team of that name, made where there is none, with its channel."""
    name = " ".join(name.split())
    if not 0 < len(name) <= LONGEST_NAME:
        raise BadInput(_("Please give the team a name."), field="name")
    team = everyone.team_named(session, workspace_id, name)
    if team is None:
        team = Team(workspace_id=workspace_id, name=name, time_zone=zone.key)
        session.add(team)
        session.flush()
    weekday, at = team.digest_weekday, team.digest_time
    digest_plans.change(session, workspace_id, team.id, weekday=weekday, at=at, channel=channel, now=now)
    return team


def costs(session: Session, workspace_id: int) -> Costs:
    row = session.get_one(Workspace, workspace_id)
    return Costs(**{name: getattr(row, name) for name in Costs.__dataclass_fields__})


def set_costs(session: Session, workspace_id: int, wanted: Costs) -> None:
    """Raises BadInput for the first field to be mended."""
    for field in ("tool_cost", "credit_rate"):
        if not 0 <= getattr(wanted, field) <= 1_000_000:
            raise BadInput(_("Please give an amount from 0 to a million."), field=field)
    for field, most in (("keep_raw_days", 365), ("keep_messages_days", 365), ("keep_words_months", 120)):
        if not 1 <= getattr(wanted, field) <= most:
            raise BadInput(_("Please give a whole number from 1 to {most}.").format(most=most), field=field)
    if not (len(wanted.currency) == 3 and wanted.currency.isascii() and wanted.currency.isalpha()):
        raise BadInput(_("Please give a currency by its three letters, such as EUR."), field="currency")
    row = session.get_one(Workspace, workspace_id)
    for name in Costs.__dataclass_fields__:
        setattr(row, name, getattr(wanted, name))
    row.currency = wanted.currency.upper()
    session.flush()


def _today(session: Session, workspace_id: int, now: datetime) -> date:
    return local_date(now, ZoneInfo(workspaces.settings(session, workspace_id).time_zone))
